import { NodeApiError, NodeOperationError, UserError, type INode } from 'n8n-workflow';
import { ProgenyError, type ErrorCode } from './error';
import { quote } from '../util/quote';
import { asRecord } from '../util/values';

/** What was wrong with the item itself, before Progeny was asked. */
const INPUT_CODES: ReadonlySet<ErrorCode> = new Set([
	'INVALID_UUID',
	'NO_IMAGE',
	'EMPTY_IMAGE',
	'UNSUPPORTED_IMAGE',
	'IMAGE_TOO_LARGE',
	'SAME_IMAGE',
	'INVALID_DOCUMENT_TYPE',
	'INVALID_NAME',
	'INVALID_DATE',
	'INVALID_OPTIONS',
	'INVALID_RECEIPT',
]);

/** The error n8n shows for an item: the sentence, below it the code, the task ID and the remedy. Other errors are passed on as they are. */
export function nodeError(
	node: INode,
	thrown: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (!(thrown instanceof ProgenyError)) return new NodeOperationError(node, thrown as Error, { itemIndex });
	const { message, description, status, code } = thrown;
	if (INPUT_CODES.has(code)) return new NodeOperationError(node, message, { description, itemIndex });
	const httpCode = status === undefined ? {} : { httpCode: String(status) };
	return new NodeApiError(node, {}, { message, description, itemIndex, ...httpCode });
}

/** The two texts of a failed item under "continue": what happened, and what to do. */
export function errorTexts(thrown: unknown): { error: string; message?: string } {
	if (thrown instanceof ProgenyError) return { error: thrown.message, message: thrown.description };
	const { message, description } = asRecord(thrown);
	return {
		error: quote(String(message ?? '')) || 'The item could not be processed',
		...(typeof description === 'string' && description !== '' ? { message: quote(description) } : {}),
	};
}

/** An error of the credential, in the only form whose texts n8n keeps: message and description (n8n-core 1.122 and 2.41). */
export function userError({ message, description }: ProgenyError): UserError {
	return new UserError(message, { description });
}

/** Gives what `check` gives; a ProgenyError that it throws becomes a UserError. */
export function asUserError<T>(check: () => T): T {
	try {
		return check();
	} catch (error) {
		throw error instanceof ProgenyError ? userError(error) : error;
	}
}
