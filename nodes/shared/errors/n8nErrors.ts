import { NodeApiError, NodeOperationError, UserError, type INode } from 'n8n-workflow';
import { INPUT_CODES, ProgenyError, type ErrorCode } from './error';
import { quote } from '../util/quote';
import { asRecord } from '../util/values';

const isOfInput = (code: ErrorCode): boolean => (INPUT_CODES as readonly ErrorCode[]).includes(code);

/** Returns the error that n8n shows for an item: the sentence, and below it the code, the task ID and the remedy. Wraps any other error. */
export function nodeError(
	node: INode,
	thrown: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (!(thrown instanceof ProgenyError)) return new NodeOperationError(node, thrown as Error, { itemIndex });
	const { message, description, status, code } = thrown;
	if (isOfInput(code)) return new NodeOperationError(node, message, { description, itemIndex });
	const httpCode = status === undefined ? {} : { httpCode: String(status) };
	return new NodeApiError(node, {}, { message, description, itemIndex, ...httpCode });
}

/** Returns the two texts of a failed item under "continue": what happened, and what to do. */
export function errorTexts(thrown: unknown): { error: string; message?: string } {
	if (thrown instanceof ProgenyError) return { error: thrown.message, message: thrown.description };
	const { message, description } = asRecord(thrown);
	return {
		error: quote(String(message ?? '')) || 'The item could not be processed',
		...(typeof description === 'string' && description !== '' ? { message: quote(description) } : {}),
	};
}

/** Returns a credential's error in the only form whose texts n8n keeps: message and description (n8n-core 1.122 and 2.41). */
export function userError({ message, description }: ProgenyError): UserError {
	return new UserError(message, { description });
}

/** Returns what `check` returns. Turns a ProgenyError that it throws into a UserError. */
export function asUserError<T>(check: () => T): T {
	try {
		return check();
	} catch (error) {
		throw error instanceof ProgenyError ? userError(error) : error;
	}
}
