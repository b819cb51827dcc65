import { errorFromTexts } from '../errors/error';
import { messages } from '../errors/messages';
import { quote } from '../util/quote';
import { asRecord, isRecord } from '../util/values';
import type { Reply } from './reply';

/** The headers of a response that n8n's helpers gave with `returnFullResponse`. */
export const headersOf = (response: unknown): Record<string, unknown> => asRecord(asRecord(response).headers);

/** Turns a response that n8n's helpers gave with `returnFullResponse` into a reply. */
export function replyFromResponse(response: unknown): Reply {
	const { statusCode, body } = asRecord(response);
	return answer(Number(statusCode), body, headersOf(response)['retry-after']);
}

/**
 * Turns what n8n's helpers throw into a reply. They wrap an HTTP answer or a network failure in a NodeApiError with
 * `httpCode` and `context.data` (n8n-core 1.122 and 2.41), and with the cause itself in 2.x only. What has neither a status
 * nor a code never reached the network: n8n declined it, e.g. for a domain that the credential does not allow. A success
 * status that is thrown belongs to an answer that was cut before its end.
 */
export function replyFromFailure(thrown: unknown): Reply {
	const failure = asRecord(thrown);
	const cause = isRecord(failure.cause) ? failure.cause : failure;
	const response = asRecord(cause.response);
	const code = String(failure.httpCode ?? cause.code ?? '');
	const status = Number(response.status ?? (/^\d{3}$/.test(code) ? code : NaN));
	const body = response.data ?? asRecord(failure.context).data;
	if (status >= 300) return answer(status, body, asRecord(response.headers)['retry-after']);

	const message = thrown instanceof Error ? thrown.message : '';
	const isOfLogin = Number.isNaN(status) && body === undefined;
	const error = isOfLogin ? errorFromTexts(message, failure.description) : undefined;
	if (error !== undefined) return { kind: 'refusal', error };

	const networkCode = String(cause.code ?? code);
	if (networkCode === '') return { kind: 'refusal', error: messages.notSent(quote(message)) };
	const neverSent = NEVER_CONNECTED.test(networkCode) || cause.syscall === 'connect';
	return { kind: 'silence', sent: !neverSent, reason: reasonOf(networkCode, message) };
}

function answer(status: number, body: unknown, retryAfter: unknown): Reply {
	return { kind: 'answer', status, body, ...(typeof retryAfter === 'string' ? { retryAfter } : {}) };
}

/** Codes of connections that were never made: name resolution, refusal, and certificates that are not trusted. */
const NEVER_CONNECTED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EPROTO|CERT_\w+|UNABLE_TO_\w+|\w*SELF_SIGNED\w*|ERR_TLS_\w+)$/;

const REASONS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'its host name was not found',
	EAI_AGAIN: 'its host name could not be looked up',
	ECONNABORTED: 'it took too long',
	ERR_CANCELED: 'it took too long',
	ETIMEDOUT: 'it took too long',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
};

function reasonOf(code: string, message: string): string {
	const known = REASONS[code];
	if (known !== undefined) return known;
	return NEVER_CONNECTED.test(code) ? `its certificate was not accepted, ${quote(code)}` : quote(message);
}
