import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { errorFromTexts } from '../errors/n8nErrors';
import { quote } from '../util/quote';
import { asRecord, isRecord } from '../util/values';
import { dropBody } from './body';
import { isRefusedTunnel, provablyNotSent, reasonOf } from './connection';
import type { Reply } from './reply';

let cached: boolean | undefined;
/** True if n8n's errors keep the HTTP client's error as their cause: n8n 2.41 and later. */
export const keepsCause = (): boolean =>
	(cached ??= isRecord(new NodeApiError({} as INode, new Error('x') as unknown as JsonObject).cause));

/** All failures except 401: throwing a 401 makes n8n log in again. */
const FAILURES = Array.from({ length: 300 }, (_, i) => 300 + i).filter((status) => status !== 401);

/**
 * Returns the option that makes n8n pass on every answer in full: as an error if that keeps the client's error, which has the socket;
 * otherwise as a response, since n8n's errors lose headers and text.
 */
export const statusErrors = () => (keepsCause() ? { ignore: true as const, except: FAILURES } : true);

/** Turns a response of n8n's helpers, with `returnFullResponse`, into a reply. */
export function replyFromResponse(response: unknown): Reply {
	const { statusCode, body, headers } = asRecord(response);
	return answer(Number(statusCode), body, headers);
}

/**
 * Turns an error of n8n's helpers into a reply. `httpRequest` throws the HTTP client's error; `httpRequestWithAuthentication` wraps it
 * in a NodeApiError with `httpCode` and `context.data` (n8n-core 1.122 and 2.41), and the cause from 2.41 on. An error with a success
 * status belongs to an answer that broke off.
 */
export function replyFromFailure(thrown: unknown): Reply {
	const failure = asRecord(thrown);
	const cause = isRecord(failure.cause) && failure.isAxiosError !== true ? failure.cause : failure;
	const response = asRecord(cause.response);
	const code = String(failure.httpCode ?? cause.code ?? '');
	const status = Number(response.status ?? (/^\d{3}$/.test(code) ? code : NaN));
	const body = response.data ?? asRecord(failure.context).data;
	const message = thrown instanceof Error ? thrown.message : '';
	const hasAnswer = response.status !== undefined || body !== undefined;
	const error = hasAnswer ? undefined : errorFromTexts(message, failure.description);
	if (error !== undefined) return { kind: 'notSent', error };
	if (status >= 300) {
		if (isRefusedTunnel(cause)) {
			dropBody(body);
			return refusedTunnel(status);
		}
		return answer(status, body, response.headers);
	}
	return withoutAnswer({ code: String(cause.code ?? code), failure, cause }, message);
}

function withoutAnswer(broken: Parameters<typeof provablyNotSent>[0], message: string): Reply {
	const { code, cause } = broken;
	if (OF_DATABASE.test(code)) {
		return { kind: 'notSent', error: messages.credentialUnreadable(quote(message)), isTransient: true };
	}
	const sent = !provablyNotSent(broken);
	if (code === '' && sent && (DECLINED.test(message) || isOfN8n(cause))) {
		return { kind: 'notSent', error: messages.notSent(quote(message)) };
	}
	return { kind: 'noAnswer', sent, ...reasonOf(broken) };
}

/** n8n's messages for a host that is not allowed. */
const DECLINED = /^(Domain not allowed|No allowed domains)/;
/** n8n's own errors have a level. So has its NodeApiError, which may wrap anything. */
const isOfN8n = (error: Record<string, unknown>) => 'level' in error && !('httpCode' in error);
/** Codes of SQLite and PostgreSQL: n8n could not read or store the credential. */
const OF_DATABASE = /^(SQLITE_\w+|(?=[A-Z]*\d)[0-9A-Z]{5})$/;

/** A proxy asks for credentials each time; another refusal may be transient. */
const refusedTunnel = (status: number): Reply => ({
	kind: 'notSent',
	error: messages.proxyRefused(status),
	isTransient: status !== 407,
});

function answer(status: number, body: unknown, headers: unknown): Reply {
	const { 'retry-after': retryAfter, date } = asRecord(headers);
	return {
		kind: 'answer',
		status,
		body,
		retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
		date: typeof date === 'string' ? date : undefined,
	};
}
