import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { Fault, type FaultCode } from './faults';
import { quote } from './quote';
import { asRecord } from './values';

/** What was wrong with the item itself, before Progeny was asked. */
const INPUT_CODES: ReadonlySet<FaultCode> = new Set([
	'INVALID_UUID',
	'NO_IMAGE',
	'EMPTY_IMAGE',
	'UNSUPPORTED_IMAGE',
	'IMAGE_TOO_LARGE',
]);

/** The error n8n shows for an item: the sentence, below it the code, the task ID and the remedy. Other errors are passed on as they are. */
export function nodeError(
	node: INode,
	thrown: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (!(thrown instanceof Fault)) return new NodeOperationError(node, thrown as Error, { itemIndex });
	const { message, description, status, code } = thrown;
	if (INPUT_CODES.has(code)) return new NodeOperationError(node, message, { description, itemIndex });
	const httpCode = status === undefined ? {} : { httpCode: String(status) };
	return new NodeApiError(node, {}, { message, description, itemIndex, ...httpCode });
}

/** The two texts of a failed item under "continue": what happened, and what to do. */
export function faultTexts(thrown: unknown): { error: string; message?: string } {
	if (thrown instanceof Fault) return { error: thrown.message, message: thrown.description };
	const { message, description } = asRecord(thrown);
	return {
		error: quote(String(message ?? '')) || 'The item could not be processed',
		...(typeof description === 'string' && description !== '' ? { message: quote(description) } : {}),
	};
}
