import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { errorFromTexts } from '../errors/n8nErrors';
import { quote } from '../util/quote';
import { asRecord, isRecord } from '../util/values';
import { dropBody } from './body';
import { isRefusedTunnel, neverLeft, reasonOf } from './connection';
import type { Reply } from './reply';

let keeps: boolean | undefined;
/** True if n8n's errors keep the HTTP client's error as their cause: from 2.41 on. */
export const keepsCause = (): boolean =>
	(keeps ??= isRecord(new NodeApiError({} as INode, new Error('x') as unknown as JsonObject).cause));

/** All failures except 401: throwing a 401 makes n8n log in again. */
const FAILURES = Array.from({ length: 300 }, (_, i) => 300 + i).filter((status) => status !== 401);

/**
 * The option with which n8n hands over every answer in full: as an error if that keeps the client's error, which shows the
 * socket; otherwise as a response, for such errors have lost headers and text.
 */
export const statusErrors = () => (keepsCause() ? { ignore: true as const, except: FAILURES } : true);

/** Turns a response that n8n's helpers gave with `returnFullResponse` into a reply. */
export function replyFromResponse(response: unknown): Reply {
	const { statusCode, body, headers } = asRecord(response);
	return answer(Number(statusCode), body, headers);
}

/**
 * Turns what n8n's helpers throw into a reply. `httpRequest` throws the HTTP client's error; `httpRequestWithAuthentication`
 * wraps it in a NodeApiError with `httpCode` and `context.data` (n8n-core 1.122 and 2.41), and the cause from 2.41 on. A
 * success status that is thrown belongs to an answer that was cut before its end.
 */
export function replyFromFailure(thrown: unknown): Reply {
	const failure = asRecord(thrown);
	const cause = isRecord(failure.cause) && failure.isAxiosError !== true ? failure.cause : failure;
	const response = asRecord(cause.response);
	const code = String(failure.httpCode ?? cause.code ?? '');
	const status = Number(response.status ?? (/^\d{3}$/.test(code) ? code : NaN));
	const body = response.data ?? asRecord(failure.context).data;
	if (status >= 300) {
		if (isRefusedTunnel(cause)) {
			dropBody(body);
			return refusedTunnel(status);
		}
		return answer(status, body, response.headers);
	}
	const message = thrown instanceof Error ? thrown.message : '';
	const isOfLogin = Number.isNaN(status) && body === undefined;
	const error = isOfLogin ? errorFromTexts(message, failure.description) : undefined;
	if (error !== undefined) return { kind: 'refusal', error };
	return silence({ code: String(cause.code ?? code), failure, cause }, message);
}

function silence(broken: Parameters<typeof neverLeft>[0], message: string): Reply {
	const { code, cause } = broken;
	if (OF_DATABASE.test(code)) {
		return { kind: 'refusal', error: messages.credentialUnreadable(quote(message)), isTransient: true };
	}
	const sent = !neverLeft(broken);
	if (code === '' && sent && (DECLINED.test(message) || isOfN8n(cause))) {
		return { kind: 'refusal', error: messages.notSent(quote(message)) };
	}
	return { kind: 'silence', sent, ...reasonOf(broken) };
}

/** n8n's words if a host is not allowed. */
const DECLINED = /^(Domain not allowed|No allowed domains)/;
/** n8n's own errors have a level; so has its NodeApiError, which may stand for anything. */
const isOfN8n = (error: Record<string, unknown>) => 'level' in error && !('httpCode' in error);
/** Codes of SQLite and PostgreSQL: n8n could not read or store the credential. */
const OF_DATABASE = /^(SQLITE_\w+|(?=[A-Z]*\d)[0-9A-Z]{5})$/;

/** A proxy that asks for credentials does so each time; another refusal may be over soon. */
const refusedTunnel = (status: number): Reply => ({
	kind: 'refusal',
	error: messages.proxyRefused(status),
	...(status === 407 ? {} : { isTransient: true }),
});

function answer(status: number, body: unknown, headers: unknown): Reply {
	const { 'retry-after': retryAfter, date } = asRecord(headers);
	return {
		kind: 'answer',
		status,
		body,
		...(typeof retryAfter === 'string' ? { retryAfter } : {}),
		...(typeof date === 'string' ? { date } : {}),
	};
}
