import { quote } from '../util/quote';
import { asRecord, isRecord } from '../util/values';

/** A request without an answer. `failure` is the error of n8n's helper, `cause` the HTTP client's own error if n8n keeps it. */
export interface BrokenConnection {
	code: string;
	failure: Record<string, unknown>;
	cause: Record<string, unknown>;
}

/** Codes that prove no connection was made (EHOSTUNREACH does not). */
const NO_CONNECTION = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EADDRNOTAVAIL)$/;

/** Codes of untrusted certificates (Node's X509 codes): the request is sent only after the certificate is verified. */
const BAD_CERTIFICATE =
	/^(CERT_\w+|UNABLE_TO_\w+|\w*SELF_SIGNED\w*|ERR_TLS_CERT\w+|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|ERROR_IN_CERT\w+|CRL_\w+|PATH_LENGTH_EXCEEDED)$/;

/** Node's messages for a connection that was not established; n8n 1.x keeps only messages. */
const NOT_CONNECTED =
	/^(connect E(?!CONNRESET)|getaddrinfo E)|before secure TLS connection was established|ended before receiving CONNECT/;

/** OpenSSL's messages for a failed handshake, in Node 20 and 24. */
const HANDSHAKE =
	/wrong version number|http request|alert (handshake failure|protocol version|unrecognized name)|unsupported protocol|no protocols available|no shared cipher|packet length too long/i;

/**
 * True if no byte of a request can have left on an established (TLS) connection. Before 2.41, n8n hides the client's error: only codes
 * and messages are left. If these prove nothing, the request counts as sent.
 */
export function provablyNotSent({ code, failure, cause }: BrokenConnection): boolean {
	if (NO_CONNECTION.test(code) || BAD_CERTIFICATE.test(code)) return true;
	const attempts = attemptsOf(cause);
	if (attempts.length > 0 && attempts.every(failedToConnect)) return true;
	if (isRecord(cause.request)) return hadNoConnection(cause.request);
	// n8n joins the messages of several addresses by a bar.
	const isNotConnected = (text: string) => text.split(' | ').every((part) => NOT_CONNECTED.test(part));
	return textsOf(failure).some((text) => isNotConnected(text) || (code === 'EPROTO' && HANDSHAKE.test(text)));
}

/** Returns the errors of all addresses that were tried (Node's AggregateError), or the one error below the client's own. */
function attemptsOf(cause: Record<string, unknown>): Array<Record<string, unknown>> {
	const inner = isRecord(cause.cause) ? cause.cause : cause;
	const errors = Array.isArray(inner.errors) ? inner.errors : [inner];
	return errors.filter(isRecord).filter(({ syscall }) => typeof syscall === 'string');
}

/** Node also reports `connect ECONNRESET` for a connection that was made and reset at once. */
const failedToConnect = ({ syscall, code }: Record<string, unknown>) =>
	syscall === 'connect' && code !== 'ECONNRESET';

/** True if Node's request never got a socket (a refused tunnel), or only one with an unfinished TLS handshake. */
function hadNoConnection(request: Record<string, unknown>): boolean {
	if (!('socket' in request)) return false;
	return !isRecord(request.socket) || request.socket.secureConnecting === true;
}

/**
 * True if a proxy refused the tunnel: the request is https, its socket is not (Node 20 and 24 with n8n's proxy agent). `cause` is the
 * client's error for the answer.
 */
export function isRefusedTunnel(cause: Record<string, unknown>): boolean {
	const { protocol, socket } = asRecord(cause.request);
	return protocol === 'https:' && isRecord(socket) && socket.encrypted !== true;
}

const REASONS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'its host name was not found',
	EAI_AGAIN: 'its host name could not be looked up',
	EHOSTUNREACH: 'there is no route to its host',
	ENETUNREACH: 'there is no route to its host',
	ECONNABORTED: 'it took too long',
	ERR_CANCELED: 'it took too long',
	ETIMEDOUT: 'it took too long',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut',
	ERR_BAD_RESPONSE: 'the connection was cut',
};

/** Returns why a request has no answer: `reason` is our own text, `words` n8n's or the HTTP client's, for a reason we do not know. */
export function reasonOf({ code, failure }: BrokenConnection): { reason: string; words?: string } {
	const texts = textsOf(failure);
	const isSaid = (pattern: RegExp) => texts.some((text) => pattern.test(text));
	if (BAD_CERTIFICATE.test(code)) return { reason: `its certificate was not accepted, ${quote(code)}` };
	if (isSaid(/ended before receiving CONNECT/))
		return { reason: 'the proxy in between closed the connection' };
	if (isSaid(/wrong version number|http request/i))
		return { reason: 'its port does not speak https, but perhaps plain http' };
	if (isSaid(/before secure TLS|SSL routines/))
		return { reason: 'no secure connection could be established' };
	const reason = REASONS[code];
	return reason === undefined
		? { reason: 'the connection failed', words: quote(texts[0] ?? '') || quote(code) }
		: { reason };
}

/** Returns the messages of a failure; n8n's NodeApiError keeps the original ones beside its own. */
function textsOf({ message, messages }: Record<string, unknown>): string[] {
	const all = [message, ...(Array.isArray(messages) ? messages : [])];
	return all.filter((text): text is string => typeof text === 'string');
}
