import { faults, type Fault } from './faults';
import { isTaskId } from './paths';
import { isPage, kindOf, wordsOf } from './quote';
import { retryAfterMs, type Reply } from './reply';
import { asRecord, isRecord } from './values';

/** What an upload came to. */
export type SubmitOutcome =
	| { kind: 'accepted'; taskId: string }
	/** Certainly not taken: it may be sent again, after `waitMs` where the server asked for that. */
	| { kind: 'notTaken'; fault: Fault; waitMs: number | undefined }
	| { kind: 'failed'; fault: Fault };

/** What one question about a task came to. */
export type PollOutcome =
	/** The job ran; `task` is Progeny's answer with its `httpStatus`. Whether the person passed is another question. */
	| { kind: 'finished'; task: Record<string, unknown> }
	| { kind: 'unfinished' }
	/** Progeny does not know the task, or not yet: it may store one only when it has ended. */
	| { kind: 'unknownTask'; fault: Fault }
	/** No answer this time, `reason` in words; worth another try, after `waitMs` where the server asked for that. */
	| { kind: 'trouble'; reason: string; waitMs: number | undefined }
	/** An answer of another shape: final when it keeps coming. */
	| { kind: 'unreadable'; fault: Fault }
	| { kind: 'failed'; fault: Fault };

const isRedirect = (status: number) => status >= 300 && status < 400;
const isSuccess = (status: number) => status >= 200 && status < 300;

/** Reads the reply to an upload. `now` in ms since 1970. */
export function submitOutcome(reply: Reply, now: number): SubmitOutcome {
	if (reply.kind === 'refusal') {
		const { fault } = reply;
		return isPassing(fault) ? { kind: 'notTaken', fault, waitMs: undefined } : { kind: 'failed', fault };
	}
	if (reply.kind === 'silence') {
		if (reply.sent) return { kind: 'failed', fault: faults.outcomeUnknown(reply.reason) };
		return { kind: 'notTaken', fault: faults.unreachable(reply.reason), waitMs: undefined };
	}
	const { status, body } = reply;
	if (isSuccess(status)) return accepted(status, body);
	const waitMs = retryAfterMs(reply.retryAfter, now);
	if (status === 429) return { kind: 'notTaken', fault: faults.rateLimited(wordsOf(body)), waitMs };
	if (status === 503) return { kind: 'notTaken', fault: faults.unavailable(status), waitMs };
	return { kind: 'failed', fault: submitFault(status, body) };
}

/** Progeny answers an accepted upload with its task ID under `id`, a string (documented). */
function accepted(status: number, body: unknown): SubmitOutcome {
	const { id } = asRecord(body);
	if (isTaskId(id)) return { kind: 'accepted', taskId: id };
	return { kind: 'failed', fault: faults.badSubmitResponse(status, kindOf(body)) };
}

function submitFault(status: number, body: unknown): Fault {
	const words = wordsOf(body);
	if (status === 401) return faults.tokenRejected(words);
	if (status === 403) return faults.forbidden(words);
	if (status === 413) return faults.photoRefusedAsTooLarge();
	if (isRedirect(status)) return faults.redirected(status);
	if (status >= 500) return faults.outcomeUnknown(`HTTP ${status}`);
	if (isPage(body)) return faults.noApi(status);
	return faults.submitRejected(status, words === '' ? kindOf(body) : words);
}

/** Faults of a login that may be gone a moment later. */
const isPassing = (fault: Fault) => fault.code === 'UNREACHABLE' || fault.code === 'RATE_LIMITED';

/** Reads the reply to a question about a task. `now` in ms since 1970. */
export function pollOutcome(reply: Reply, now: number): PollOutcome {
	if (reply.kind === 'silence')
		return { kind: 'trouble', reason: `Progeny could not be reached (${reply.reason})`, waitMs: undefined };
	if (reply.kind === 'refusal') {
		const { fault } = reply;
		return isPassing(fault)
			? { kind: 'trouble', reason: fault.message, waitMs: undefined }
			: { kind: 'failed', fault };
	}
	const { status, body } = reply;
	if (isSuccess(status) || (status === 400 && isTask(body))) return taskOutcome(status, body);
	if (status === 404) return { kind: 'unknownTask', fault: faults.taskNotFound(wordsOf(body)) };
	if (status === 408 || status === 425 || status === 429 || status >= 500) {
		return {
			kind: 'trouble',
			reason: `Progeny answered with HTTP ${status}`,
			waitMs: retryAfterMs(reply.retryAfter, now),
		};
	}
	return { kind: 'failed', fault: pollFault(status, body) };
}

/** Celery's final states without a result (inferred for Progeny, whose documentation shows SUCCESS alone). */
const FAILED_STATES = new Set(['FAILURE', 'REVOKED', 'REJECTED', 'IGNORED']);

/** Any state but SUCCESS and the failed ones counts as unfinished, an empty answer too; the deadline ends the wait. */
function taskOutcome(status: number, body: unknown): PollOutcome {
	if (isTask(body)) {
		if (body.status === 'SUCCESS') return { kind: 'finished', task: { ...body, httpStatus: status } };
		if (FAILED_STATES.has(body.status))
			return { kind: 'failed', fault: faults.taskFailed(body.status, failureWords(body.result)) };
		return { kind: 'unfinished' };
	}
	const isEmpty =
		body === undefined || body === null || body === '' || (Array.isArray(body) && body.length === 0);
	if (isEmpty || isRecord(body)) return { kind: 'unfinished' };
	return { kind: 'unreadable', fault: faults.badTaskResponse(status, kindOf(body)) };
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

function pollFault(status: number, body: unknown): Fault {
	const words = wordsOf(body);
	if (status === 401) return faults.tokenRejected(words);
	if (status === 403) return faults.forbidden(words);
	if (isRedirect(status)) return faults.redirected(status);
	if (status === 400 && 'id' in asRecord(body)) return faults.taskNotFound(words);
	return faults.badTaskResponse(status, words === '' ? kindOf(body) : words);
}
