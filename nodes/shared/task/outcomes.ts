import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { isTaskId } from '../progeny/endpoints';
import {
	isBrokenJson,
	isPage,
	isRedirect,
	isTransientStatus,
	kindOf,
	retryAfterMs,
	type Reply,
} from '../progeny/reply';
import { messageOf, wordsOf } from '../progeny/words';
import { asRecord, isRecord } from '../util/values';
import { isNeverAccepted, isRefusedFor503 } from './notAccepted';

/** What an upload came to. */
export type SubmitOutcome =
	| { kind: 'accepted'; taskId: string }
	/** Certainly not accepted, nor read: it may be sent again. */
	| { kind: 'notAccepted'; error: ProgenyError }
	/** Certainly not accepted, because of too many requests: the run's uploads wait, `waitMs` if the server asked for that. */
	| { kind: 'throttled'; error: ProgenyError; waitMs: number | undefined }
	| { kind: 'failed'; error: ProgenyError };

/** What one poll of a task came to. */
export type PollOutcome =
	/**
	 * The job ran; `task` is Progeny's answer with its `httpStatus`, `date` its Date header. Whether the person passed is another
	 * matter.
	 */
	| { kind: 'finished'; task: Record<string, unknown>; date?: string }
	/** Not yet ended; `words` is what the answer says of itself, sanitized. */
	| { kind: 'unfinished'; words?: string }
	/** Progeny does not know the task, or not yet: it may store one only when it has ended. */
	| { kind: 'unknownTask'; error: ProgenyError }
	/**
	 * No answer this time; worth another try, after `waitMs` if the server asked for that. `reason` is our own text, `words` what n8n
	 * said.
	 */
	| { kind: 'trouble'; reason: string; words?: string; waitMs: number | undefined; status?: number }
	/** An answer of another shape: final when it keeps coming. */
	| { kind: 'unreadable'; error: ProgenyError }
	| { kind: 'failed'; error: ProgenyError };

const isSuccess = (status: number) => status >= 200 && status < 300;

/** What a service tells of an upload. */
export interface UploadTraits {
	/** True if the path is only inferred from Progeny's documentation. */
	isUndocumented?: boolean;
	/** True if an accepted upload leaves a record at Progeny, which a second one would double. */
	leavesRecord?: boolean;
}

/** Reads the reply to an upload. `now` in ms since 1970. */
export function submitOutcome(reply: Reply, now: number, traits: UploadTraits = {}): SubmitOutcome {
	if (reply.kind === 'refusal') {
		const { error, isTransient } = reply;
		return { kind: isTransient ? 'notAccepted' : 'failed', error };
	}
	if (reply.kind === 'silence') {
		if (reply.sent) return { kind: 'failed', error: messages.outcomeUnknown(reply.reason, reply.words) };
		return { kind: 'notAccepted', error: messages.unreachable(reply.reason, reply.words) };
	}
	if (reply.kind === 'unreadable')
		return { kind: 'failed', error: messages.outcomeUnknown(`it was ${reply.reason}`) };
	const { status, body } = reply;
	if (isSuccess(status)) return accepted(status, body);
	const waitMs = retryAfterMs(reply, now);
	if (status === 429) return { kind: 'throttled', error: messages.rateLimited(wordsOf(body)), waitMs };
	if (status === 503 && !traits.leavesRecord && isRefusedFor503(reply))
		return { kind: 'throttled', error: messages.unavailable(status), waitMs };
	if (isNeverAccepted(status)) return { kind: 'notAccepted', error: messages.unavailable(status) };
	const error =
		status === 404 && traits.isUndocumented ? messages.noSuchService() : submitError(status, body);
	return { kind: 'failed', error };
}

/** Progeny answers an accepted upload with its task ID under `id`, a string (documented). */
function accepted(status: number, body: unknown): SubmitOutcome {
	const { id } = asRecord(body);
	if (isTaskId(id)) return { kind: 'accepted', taskId: id };
	return { kind: 'failed', error: messages.badSubmitResponse(status, kindOf(body)) };
}

function submitError(status: number, body: unknown): ProgenyError {
	const words = wordsOf(body);
	if (isRedirect(status)) return messages.redirected(status);
	if (status === 407) return messages.proxyRefused(status);
	if (status === 408 || status >= 500) return messages.outcomeUnknown(`HTTP ${status}`);
	if (status === 413) return messages.photoRefusedAsTooLarge();
	if (isPage(body)) return messages.pageInFront(status, body);
	if (status === 401) return messages.tokenRejected(words);
	if (status === 403) return messages.forbidden(words);
	return messages.submitRejected(status, words === '' ? kindOf(body) : words);
}

/**
 * Reads the reply to a poll of a task. `now` in ms since 1970; `unwrappedField` as the service tells it; `hasNoContent` tells of a
 * finished task whether it says nothing of anybody.
 */
export function pollOutcome(
	reply: Reply,
	now: number,
	unwrappedField?: string,
	hasNoContent?: (task: Record<string, unknown>) => boolean,
): PollOutcome {
	if (reply.kind === 'silence') return troubleOf(messages.unreachable(reply.reason, reply.words));
	if (reply.kind === 'refusal')
		return reply.isTransient ? troubleOf(reply.error) : { kind: 'failed', error: reply.error };
	if (reply.kind === 'unreadable')
		return { kind: 'unreadable', error: messages.badTaskResponse(reply.status, reply.reason) };
	const { status, body } = reply;
	if ((isSuccess(status) && !isPage(body)) || (status === 400 && isTask(body))) {
		const outcome = taskOutcome(
			status,
			isBareResult(body, unwrappedField) ? { status: 'SUCCESS', ...body } : body,
		);
		if (outcome.kind !== 'finished') return outcome;
		if (hasNoContent?.(outcome.task)) return { kind: 'unreadable', error: messages.emptyTaskResult(status) };
		return reply.date === undefined ? outcome : { ...outcome, date: reply.date };
	}
	const waitMs = retryAfterMs(reply, now);
	if (isPage(body) && !isRedirect(status) && status !== 407) {
		const reason = `a web page came instead of Progeny's answer (HTTP ${status})`;
		return { kind: 'trouble', reason, waitMs, status };
	}
	if (status === 404) return { kind: 'unknownTask', error: messages.taskNotFound(wordsOf(body)) };
	if (isTransientStatus(status)) {
		return { kind: 'trouble', reason: `Progeny answered with HTTP ${status}`, waitMs, status };
	}
	return { kind: 'failed', error: pollError(status, body) };
}

const troubleOf = ({ sentence, serverWords }: ProgenyError): PollOutcome => ({
	kind: 'trouble',
	reason: sentence,
	words: serverWords,
	waitMs: undefined,
});

/** Celery's final states without a result (inferred for Progeny, whose documentation shows SUCCESS alone). */
const FAILED_STATES = new Set(['FAILURE', 'REVOKED', 'REJECTED', 'IGNORED']);
/** The two of them after which nothing of the task can come. */
const OVER = new Set(['FAILURE', 'REVOKED']);
/** States of other queues and gateways. They end a task only beside a `result`: a gateway says ERROR of a request as well. */
const FAILED_ELSEWHERE = new Set(['FAILED', 'ERROR', 'CANCELED', 'CANCELLED']);

/** Any state but SUCCESS and the failed ones counts as unfinished, an empty answer too; the deadline ends the wait. */
function taskOutcome(status: number, body: unknown): PollOutcome {
	if (isTask(body)) {
		if (body.status === 'SUCCESS') return { kind: 'finished', task: { ...body, httpStatus: status } };
		const { status: state, result } = body;
		if (FAILED_STATES.has(state) || (FAILED_ELSEWHERE.has(state) && 'result' in body))
			return {
				kind: 'failed',
				error: messages.taskFailed(state, failureWords(result) || messageOf(body), OVER.has(state)),
			};
		return unfinished(body);
	}
	const isEmpty =
		body === undefined || body === null || body === '' || (Array.isArray(body) && body.length === 0);
	if (isEmpty) return { kind: 'unfinished' };
	if (isRecord(body)) return unfinished(body);
	const error = isBrokenJson(body)
		? messages.brokenTaskJson(status)
		: messages.badTaskResponse(status, kindOf(body));
	return { kind: 'unreadable', error };
}

/** An answer that is the result alone is that of a task that has ended. */
const isBareResult = (body: unknown, field: string | undefined): body is Record<string, unknown> =>
	field !== undefined && isRecord(body) && isRecord(body[field]) && Object.keys(body).length === 1;

function unfinished(body: Record<string, unknown>): PollOutcome {
	const { status, state = status, result } = body;
	const said = messageOf(body) || (typeof result === 'string' ? wordsOf({ detail: result }) : '');
	const words = wordsOf({
		detail: [state, said].filter((text) => typeof text === 'string' && text !== '').join(': '),
	});
	return { kind: 'unfinished', ...(words === '' ? {} : { words }) };
}

const isTask = (body: unknown): body is { status: string; result?: unknown; [key: string]: unknown } =>
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
	if (status === 407) return messages.proxyRefused(status);
	if (status === 400 && 'id' in asRecord(body)) return messages.taskNotFound(words);
	return messages.badTaskResponse(status, kindOf(body), words);
}
