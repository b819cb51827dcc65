import { NodeApiError, NodeOperationError, UserError, type INode } from 'n8n-workflow';
import { LruMap } from '../util/lru';
import { quote } from '../util/quote';
import { asRecord, withoutUndefined } from '../util/values';
import { INPUT_CODES, ProgenyError, type ErrorCode } from './error';

const isOfInput = (code: ErrorCode): boolean => (INPUT_CODES as readonly ErrorCode[]).includes(code);

/** Returns the error that n8n shows for an item: the message, and below it the code, the task ID and the remedy. Wraps any other error. */
export function nodeError(
	node: INode,
	thrown: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (!(thrown instanceof ProgenyError)) return new NodeOperationError(node, thrown as Error, { itemIndex });
	const { message, description, status, code } = thrown;
	if (isOfInput(code)) return new NodeOperationError(node, message, { description, itemIndex });
	return new NodeApiError(node, {}, { message, description, itemIndex, httpCode: String(status ?? '') });
}

/** Returns the two texts of an error item: what happened, and what to do. */
export function errorTexts(thrown: unknown): { error: string; message?: string } {
	if (thrown instanceof ProgenyError) return { error: thrown.message, message: thrown.description };
	const { message, description } = asRecord(thrown);
	return withoutUndefined({
		error: quote(String(message ?? '')) || 'The item could not be processed',
		message: typeof description === 'string' && description !== '' ? quote(description) : undefined,
	});
}

/** The latest errors that a credential threw, by the texts that n8n keeps of them: both, or the description alone. */
const thrownByCredential = new LruMap<ProgenyError>(200);

const keyOf = (...texts: unknown[]): string => JSON.stringify(texts);

/** Returns a credential's error in the only form whose texts n8n keeps: message and description (n8n-core 1.122 and 2.41). */
export function userError(error: ProgenyError): UserError {
	const { message, description } = error;
	thrownByCredential.set(keyOf(message, description), error);
	thrownByCredential.set(keyOf(description), error);
	return new UserError(message, { description });
}

/**
 * Returns the error that a credential threw, by the two texts that n8n kept of it; undefined for any other error. A message that n8n
 * changed counts as server text as a whole, since our words and a server's cannot be told apart in it.
 */
export function errorFromTexts(message: string, description: unknown): ProgenyError | undefined {
	const thrown = thrownByCredential.get(keyOf(message, description));
	const changed = thrownByCredential.get(keyOf(description));
	if (thrown !== undefined || changed === undefined) return thrown;
	return new ProgenyError(changed.code, 'n8n could not use the Progeny credential', changed.remedy, {
		serverWords: quote(message),
	});
}

/** Returns what `check` returns. Turns a ProgenyError that it throws into a UserError. */
export function asUserError<T>(check: () => T): T {
	try {
		return check();
	} catch (error) {
		throw error instanceof ProgenyError ? userError(error) : error;
	}
}
