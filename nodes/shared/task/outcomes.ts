import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { isTaskId } from '../progeny/endpoints';
import { isPage, kindOf, retryAfterMs, wordsOf, type Reply } from '../progeny/reply';
import { asRecord, isRecord } from '../util/values';

/** What an upload came to. */
export type SubmitOutcome =
	| { kind: 'accepted'; taskId: string }
	/** Certainly not taken: it may be sent again, after `waitMs` where the server asked for that. */
	| { kind: 'notAccepted'; error: ProgenyError; waitMs: number | undefined }
	| { kind: 'failed'; error: ProgenyError };

/** What one question about a task came to. */
export type PollOutcome =
	/** The job ran; `task` is Progeny's answer with its `httpStatus`. Whether the person passed is another question. */
	| { kind: 'finished'; task: Record<string, unknown> }
	| { kind: 'unfinished' }
	/** Progeny does not know the task, or not yet: it may store one only when it has ended. */
	| { kind: 'unknownTask'; error: ProgenyError }
	/** No answer this time, `reason` in words; worth another try, after `waitMs` where the server asked for that. */
	| { kind: 'trouble'; reason: string; waitMs: number | undefined }
	/** An answer of another shape: final when it keeps coming. */
	| { kind: 'unreadable'; error: ProgenyError }
	| { kind: 'failed'; error: ProgenyError };

const isRedirect = (status: number) => status >= 300 && status < 400;
const isSuccess = (status: number) => status >= 200 && status < 300;

/** Reads the reply to an upload. `now` in ms since 1970. */
export function submitOutcome(reply: Reply, now: number): SubmitOutcome {
	if (reply.kind === 'refusal') {
		const { error } = reply;
		return isTransient(error) ? { kind: 'notAccepted', error, waitMs: undefined } : { kind: 'failed', error };
	}
	if (reply.kind === 'silence') {
		if (reply.sent) return { kind: 'failed', error: messages.outcomeUnknown(reply.reason) };
		return { kind: 'notAccepted', error: messages.unreachable(reply.reason), waitMs: undefined };
	}
	const { status, body } = reply;
	if (isSuccess(status)) return accepted(status, body);
	const waitMs = retryAfterMs(reply.retryAfter, now);
	if (status === 429) return { kind: 'notAccepted', error: messages.rateLimited(wordsOf(body)), waitMs };
	if (status === 503) return { kind: 'notAccepted', error: messages.unavailable(status), waitMs };
	return { kind: 'failed', error: submitError(status, body) };
}

/** Progeny answers an accepted upload with its task ID under `id`, a string (documented). */
function accepted(status: number, body: unknown): SubmitOutcome {
	const { id } = asRecord(body);
	if (isTaskId(id)) return { kind: 'accepted', taskId: id };
	return { kind: 'failed', error: messages.badSubmitResponse(status, kindOf(body)) };
}

function submitError(status: number, body: unknown): ProgenyError {
	const words = wordsOf(body);
	if (status === 401) return messages.tokenRejected(words);
	if (status === 403) return messages.forbidden(words);
	if (status === 413) return messages.photoRefusedAsTooLarge();
	if (isRedirect(status)) return messages.redirected(status);
	if (status >= 500) return messages.outcomeUnknown(`HTTP ${status}`);
	if (isPage(body)) return messages.noApi(status);
	return messages.submitRejected(status, words === '' ? kindOf(body) : words);
}

/** Faults of a login that may be gone a moment later. */
const isTransient = (error: ProgenyError) => error.code === 'UNREACHABLE' || error.code === 'RATE_LIMITED';

/** Reads the reply to a question about a task. `now` in ms since 1970. */
export function pollOutcome(reply: Reply, now: number): PollOutcome {
	if (reply.kind === 'silence')
		return { kind: 'trouble', reason: `Progeny could not be reached (${reply.reason})`, waitMs: undefined };
	if (reply.kind === 'refusal') {
		const { error } = reply;
		return isTransient(error)
			? { kind: 'trouble', reason: error.message, waitMs: undefined }
			: { kind: 'failed', error };
	}
	const { status, body } = reply;
	if (isSuccess(status) || (status === 400 && isTask(body))) return taskOutcome(status, body);
	if (status === 404) return { kind: 'unknownTask', error: messages.taskNotFound(wordsOf(body)) };
	if (status === 408 || status === 425 || status === 429 || status >= 500) {
		return {
			kind: 'trouble',
			reason: `Progeny answered with HTTP ${status}`,
			waitMs: retryAfterMs(reply.retryAfter, now),
		};
	}
	return { kind: 'failed', error: pollError(status, body) };
}

/** Celery's final states without a result (inferred for Progeny, whose documentation shows SUCCESS alone). */
const FAILED_STATES = new Set(['FAILURE', 'REVOKED', 'REJECTED', 'IGNORED']);

/** Any state but SUCCESS and the failed ones counts as unfinished, an empty answer too; the deadline ends the wait. */
function taskOutcome(status: number, body: unknown): PollOutcome {
	if (isTask(body)) {
		if (body.status === 'SUCCESS') return { kind: 'finished', task: { ...body, httpStatus: status } };
		if (FAILED_STATES.has(body.status))
			return { kind: 'failed', error: messages.taskFailed(body.status, failureWords(body.result)) };
		return { kind: 'unfinished' };
	}
	const isEmpty =
		body === undefined || body === null || body === '' || (Array.isArray(body) && body.length === 0);
	if (isEmpty || isRecord(body)) return { kind: 'unfinished' };
	return { kind: 'unreadable', error: messages.badTaskResponse(status, kindOf(body)) };
}

const isTask = (body: unknown): body is { status: string; result?: unknown } =>
	typeof asRecord(body).status === 'string';

/** A failed job's `result` may be a text, Celery's form of an exception, or nothing (inferred). */
function failureWords(result: unknown): string {
	if (typeof result === 'string') return wordsOf({ detail: result });
	const { exc_type: type, exc_message: message } = asRecord(result);
	const texts = [type, ...[message].flat()].filter((text) => typeof text === 'string');
	return texts.length > 0 ? wordsOf({ detail: texts.join(': ') }) : wordsOf(result);
}

function pollError(status: number, body: unknown): ProgenyError {
	const words = wordsOf(body);
	if (status === 401) return messages.tokenRejected(words);
	if (status === 403) return messages.forbidden(words);
	if (isRedirect(status)) return messages.redirected(status);
	if (status === 400 && 'id' in asRecord(body)) return messages.taskNotFound(words);
	return messages.badTaskResponse(status, words === '' ? kindOf(body) : words);
}
