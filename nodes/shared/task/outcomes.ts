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
	type Answer,
	type Reply,
} from '../progeny/reply';
import { messageOf, serverText } from '../progeny/serverText';
import { asRecord, isRecord } from '../util/values';

/** The outcome of an upload. */
export type SubmitOutcome =
	| { kind: 'accepted'; taskId: string }
	/** Certainly not accepted: it may be sent again. */
	| { kind: 'notAccepted'; error: ProgenyError }
	/** Certainly not accepted, because of too many requests. The run's uploads wait, for `waitMs` if the server asked for that. */
	| { kind: 'throttled'; error: ProgenyError; waitMs: number | undefined }
	| { kind: 'failed'; error: ProgenyError };

/** The outcome of one poll of a task. */
export type PollOutcome =
	/** The task has ended, with a pass or not. `task` is Progeny's answer with its `httpStatus`, `date` its Date header. */
	| { kind: 'finished'; task: Record<string, unknown>; date?: string | undefined }
	/** Not yet ended. `words` are the state and text of the answer, sanitized. */
	| { kind: 'unfinished'; words?: string }
	/** Progeny does not know the task, or not yet: it may store a task only when it has ended. */
	| { kind: 'unknownTask'; error: ProgenyError }
	/**
	 * No readable answer this time. Worth another poll, after `waitMs` if the server asked for that. `reason` is our own text, `words`
	 * are n8n's.
	 */
	| { kind: 'pollFailed'; reason: string; words?: string; waitMs: number | undefined; status?: number }
	/** An unreadable answer: final if it keeps coming. */
	| { kind: 'badBody'; error: ProgenyError }
	| { kind: 'failed'; error: ProgenyError };

const isSuccess = (status: number) => status >= 200 && status < 300;

/** The properties of an upload that its service defines. */
export interface UploadTraits {
	/** True if the path is only inferred from Progeny's documentation. */
	isUndocumented?: boolean;
	/** True if an accepted upload creates a permanent record with Progeny, so a second one would create another. */
	leavesRecord?: boolean;
}

/**
 * Statuses of an upload that was certainly not accepted: the server says so (421, 425: RFC 9110, 8470), or a CDN says that it did
 * not reach the server (Cloudflare's 521, 523, 525, 526). After a 408 or any other 5xx it may have been, except for the 503s below.
 */
const NOT_ACCEPTED = new Set([421, 425, 521, 523, 525, 526]);

/** Reads the reply to an upload. `now` is in ms since 1970. */
export function submitOutcome(reply: Reply, now: number, traits: UploadTraits = {}): SubmitOutcome {
	if (reply.kind === 'notSent') {
		const { error, isTransient } = reply;
		return { kind: isTransient ? 'notAccepted' : 'failed', error };
	}
	if (reply.kind === 'noAnswer') {
		if (reply.sent) return { kind: 'failed', error: messages.outcomeUnknown(reply.reason, reply.words) };
		return { kind: 'notAccepted', error: messages.unreachable(reply.reason, reply.words) };
	}
	if (reply.kind === 'badBody')
		return { kind: 'failed', error: messages.outcomeUnknown(`it was ${reply.reason}`) };
	const { status, body } = reply;
	if (isSuccess(status)) return accepted(status, body);
	const waitMs = retryAfterMs(reply, now);
	if (status === 429) return { kind: 'throttled', error: messages.rateLimited(serverText(body)), waitMs };
	if (status === 503 && !traits.leavesRecord && isRefusedBy503(reply))
		return { kind: 'throttled', error: messages.unavailable(status), waitMs };
	if (NOT_ACCEPTED.has(status)) return { kind: 'notAccepted', error: messages.unavailable(status) };
	const error =
		status === 404 && traits.isUndocumented ? messages.noSuchService() : submitError(status, body);
	return { kind: 'failed', error };
}

/** Only the beginning of a page is read. */
const MAX_PAGE_LENGTH = 2_000;

/** Bodies of a 503 that a server in front of Progeny writes, and only if it did not forward the request. */
const NOT_FORWARDED = [
	// nginx, e.g. by limit_req: ngx_http_error_503_page in src/http/ngx_http_special_response.c. OpenResty changes the name only.
	/^<html>\s{0,9}<head><title>503 Service Temporarily Unavailable<\/title><\/head>\s{0,9}<body[^>]{0,99}>\s{0,9}<center><h1>503 Service Temporarily Unavailable<\/h1><\/center>\s{0,9}<hr><center>(nginx|openresty)\b/,
	// Apache: get_canned_error_string in modules/http/http_protocol.c.
	/^<!DOCTYPE HTML PUBLIC "-\/\/IETF\/\/DTD HTML 2\.0\/\/EN">\s{0,9}<html><head>\s{0,9}<title>503 Service Unavailable<\/title>\s{0,9}<\/head><body>\s{0,9}<h1>Service Unavailable<\/h1>\s{0,9}<p>The server is temporarily unable to service your\s{1,9}request due to maintenance downtime or capacity\s{1,9}problems\./,
	// HAProxy: http_err_msgs[HTTP_ERR_503] in src/http.c.
	/^<html><body><h1>503 Service Unavailable<\/h1>\s{0,9}No server is available to handle this request\.\s{0,9}<\/body><\/html>\s{0,9}$/,
	// Envoy: source/common/router/router.cc, and resetReasonToString in source/common/http/utility.cc. With any other reason, or
	// "retried and the latest reset reason", the request may have been forwarded (envoyproxy/envoy#14981, #17432).
	/^no healthy upstream\s{0,9}$/,
	/^upstream connect error or disconnect\/reset before headers\. reset reason: ((local |remote )?connection failure|overflow)(,|\s|$)/,
];

/**
 * True if a 503 proves that the upload was not accepted: one of the bodies above, or JSON with `detail` and a Retry-After, which
 * Django REST Framework sends before a view runs (rest_framework/views.py, exception_handler). After any other 503 it may have been.
 */
function isRefusedBy503(answer: Answer): boolean {
	const { body } = answer;
	if (typeof body === 'string') {
		const page = body.slice(0, MAX_PAGE_LENGTH);
		return NOT_FORWARDED.some((pattern) => pattern.test(page));
	}
	const hasDetail = isRecord(body) && typeof body.detail === 'string' && body.detail.trim() !== '';
	return hasDetail && retryAfterMs(answer, 0) !== undefined;
}

/** Progeny answers an accepted upload with its task ID under `id`, a string (documented). */
function accepted(status: number, body: unknown): SubmitOutcome {
	const { id } = asRecord(body);
	if (isTaskId(id)) return { kind: 'accepted', taskId: id };
	return { kind: 'failed', error: messages.badSubmitResponse(status, kindOf(body)) };
}

function submitError(status: number, body: unknown): ProgenyError {
	const words = serverText(body);
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
 * Reads the reply to a poll of a task. `now` is in ms since 1970, `unwrappedField` is the service's. `hasNoContent` is true for a
 * finished task without content.
 */
export function pollOutcome(
	reply: Reply,
	now: number,
	unwrappedField?: string,
	hasNoContent?: (task: Record<string, unknown>) => boolean,
): PollOutcome {
	if (reply.kind === 'noAnswer') return pollFailed(messages.unreachable(reply.reason, reply.words));
	if (reply.kind === 'notSent')
		return reply.isTransient ? pollFailed(reply.error) : { kind: 'failed', error: reply.error };
	if (reply.kind === 'badBody')
		return { kind: 'badBody', error: messages.badTaskResponse(reply.status, reply.reason) };
	const { status, body } = reply;
	if ((isSuccess(status) && !isPage(body)) || (status === 400 && isTask(body))) {
		const outcome = taskOutcome(
			status,
			isBareResult(body, unwrappedField) ? { status: 'SUCCESS', ...body } : body,
		);
		if (outcome.kind !== 'finished') return outcome;
		if (hasNoContent?.(outcome.task)) return { kind: 'badBody', error: messages.emptyTaskResult(status) };
		return { ...outcome, date: reply.date };
	}
	const waitMs = retryAfterMs(reply, now);
	if (isPage(body) && !isRedirect(status) && status !== 407) {
		const reason = `a web page arrived instead of Progeny's answer (HTTP ${status})`;
		return { kind: 'pollFailed', reason, waitMs, status };
	}
	if (status === 404) return { kind: 'unknownTask', error: messages.taskNotFound(serverText(body)) };
	if (isTransientStatus(status)) {
		return { kind: 'pollFailed', reason: `Progeny answered with HTTP ${status}`, waitMs, status };
	}
	return { kind: 'failed', error: pollError(status, body) };
}

const pollFailed = ({ sentence, serverWords }: ProgenyError): PollOutcome => ({
	kind: 'pollFailed',
	reason: sentence,
	words: serverWords,
	waitMs: undefined,
});

/** Celery's final states without a result (inferred: Progeny documents only SUCCESS). */
const FAILED_STATES = new Set(['FAILURE', 'REVOKED', 'REJECTED', 'IGNORED']);
/** The states after which no result can follow. */
const OVER = new Set(['FAILURE', 'REVOKED']);
/** States of other queues and gateways. They end a task only beside a `result`, since a gateway uses ERROR for a request, too. */
const FAILED_ELSEWHERE = new Set(['FAILED', 'ERROR', 'CANCELED', 'CANCELLED']);

/** Any state but SUCCESS and the failed ones counts as unfinished, and so does an empty answer: the deadline ends the wait. */
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
	return { kind: 'badBody', error };
}

/** True for an answer that is nothing but the result, which ends the task. */
const isBareResult = (body: unknown, field: string | undefined): body is Record<string, unknown> =>
	field !== undefined && isRecord(body) && isRecord(body[field]) && Object.keys(body).length === 1;

function unfinished(body: Record<string, unknown>): PollOutcome {
	const { status, state = status, result } = body;
	const said = messageOf(body) || (typeof result === 'string' ? serverText({ detail: result }) : '');
	const words = serverText({
		detail: [state, said].filter((text) => typeof text === 'string' && text !== '').join(': '),
	});
	return { kind: 'unfinished', ...(words === '' ? {} : { words }) };
}

const isTask = (body: unknown): body is { status: string; result?: unknown; [key: string]: unknown } =>
	typeof asRecord(body).status === 'string';

/** Returns the words of a failed task's `result`: a text, Celery's form of an exception, or nothing (inferred). */
function failureWords(result: unknown): string {
	if (typeof result === 'string') return serverText({ detail: result });
	const { exc_type: type, exc_message: message } = asRecord(result);
	const texts = [type, ...[message].flat()].filter((text) => typeof text === 'string');
	return texts.length > 0 ? serverText({ detail: texts.join(': ') }) : serverText(result);
}

function pollError(status: number, body: unknown): ProgenyError {
	const words = serverText(body);
	if (status === 401) return messages.tokenRejected(words);
	if (status === 403) return messages.forbidden(words);
	if (isRedirect(status)) return messages.redirected(status);
	if (status === 407) return messages.proxyRefused(status);
	if (status === 400 && 'id' in asRecord(body)) return messages.taskNotFound(words);
	return messages.badTaskResponse(status, kindOf(body), words);
}
