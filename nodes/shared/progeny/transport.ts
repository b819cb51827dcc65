import type { IExecuteFunctions, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { LOGIN_TIMEOUT_MS } from '../limits';
import { withTimeout } from '../util/pause';
import { CREDENTIAL } from './credential';
import { bindUpload } from './credentialRun';
import type { Multipart } from './multipart';
import { replyFromFailure, replyFromResponse, statusErrors } from './n8nReply';
import type { Reply } from './reply';
import { isUnauthorized, UnreadableCredential, type CurrentCredential, type Session } from './session';
import { wordsOf } from './words';

interface Request {
	/** The path under the credential's base URL, with Progeny's trailing slash. */
	path: string;
	query?: Record<string, string>;
	/** Makes it a POST. */
	form?: Multipart;
	/** How long the whole exchange may take, in ms. */
	timeoutMs: number;
	/** Ends the wait for the answer. */
	signal: AbortSignal;
	/** Once it aborts, the request is not sent any more. What was sent by then is awaited. */
	halt?: AbortSignal;
}

/** Makes an authenticated request to Progeny. It gives what came back and never throws. */
export type Send = (request: Request) => Promise<Reply>;

/**
 * Answers of every status are handed over in full. Redirects are not followed, since another host could receive the token.
 */
const COMMON = { returnFullResponse: true, disableFollowRedirect: true, json: true } as const;

/**
 * Authenticated requests for one node run. The credential adds its base URL and token to each (ProgenyApi.authenticate), or
 * makes n8n log in first. After a 401 a request is sent once more with a new token. Once a login has failed, no request of
 * this run tries another.
 */
export function openTransport(context: IExecuteFunctions, session: Session): Send {
	return async (request) => {
		const { timeoutMs, signal, halt } = request;
		if (signal.aborted) return canceled();
		const exchange: Exchange = {
			context,
			session,
			options: httpOptions(request),
			isAwaited: () => !signal.aborted && !halt?.aborted,
			current: undefined,
		};
		if (request.form !== undefined) bindUpload(exchange.options.body as Buffer, () => exchange.isAwaited());
		const timed = await withTimeout(exchanged(exchange), timeoutMs, signal);
		// A request that was reported as timed out must never be sent later.
		exchange.isAwaited = () => false;
		if (timed === 'aborted') return canceled();
		if (timed === 'late') return late(exchange);
		if (timed.value.kind !== 'answer') return timed.value;
		return { ...timed.value, body: session.redact(timed.value.body) };
	};
}

/** One request with what may follow it: a login, and the same request again. */
interface Exchange {
	readonly context: IExecuteFunctions;
	readonly session: Session;
	readonly options: IHttpRequestOptions;
	/** Whether somebody still waits for the reply. */
	isAwaited: () => boolean;
	/** The credential of the latest attempt. */
	current: CurrentCredential | undefined;
}

async function exchanged(exchange: Exchange): Promise<Reply> {
	try {
		const reply = await attempt(exchange);
		if (!isUnauthorized(reply)) return reply;
		const second = await attempt(exchange);
		if (second.kind === 'answer' && isUnauthorized(second)) {
			const words = wordsOf(exchange.session.redact(second.body));
			exchange.current?.refuseLogins(messages.tokenRejected(words));
		}
		return second;
	} catch (failure) {
		if (!(failure instanceof UnreadableCredential)) return replyFromFailure(failure);
		const { error, isTransient } = failure;
		return { kind: 'refusal', error, isTransient };
	}
}

async function attempt(exchange: Exchange): Promise<Reply> {
	const { context, session, options } = exchange;
	// Until the credential is read, this attempt has sent nothing; and the one before was refused.
	exchange.current = undefined;
	const { credential, use } = (exchange.current = await session.current());
	if (!exchange.isAwaited()) return canceled();
	const request = (): Promise<Reply> =>
		context.helpers.httpRequestWithAuthentication
			.call(context, CREDENTIAL, { ...options }, { credentialsDecrypted: credential })
			.then(replyFromResponse, replyFromFailure);
	return await use(request);
}

const canceled = (): Reply => ({ kind: 'refusal', error: messages.canceled() });

/** What is known of a request that took too long: while the credential is read, or its login runs, nothing has been sent. */
function late({ current }: Exchange): Reply {
	if (current === undefined)
		return { kind: 'silence', sent: false, reason: 'n8n took too long to read its credential' };
	if (current.awaitsLogin()) return { kind: 'silence', sent: false, reason: 'its login took too long' };
	return { kind: 'silence', sent: true, reason: 'it took too long' };
}

/**
 * Posts the username and password to Progeny's login, without a token. It gives what came back and never throws: an answer of
 * another status than 2xx is thrown as the HTTP client's own error by every version of n8n. `abandoned` breaks it off.
 */
export async function sendLogin(
	helper: IHttpRequestHelper,
	url: string,
	form: Multipart,
	abandoned: AbortSignal,
): Promise<Reply> {
	return await helper.helpers
		.httpRequest({
			...COMMON,
			method: 'POST',
			url,
			...withForm(form),
			abortSignal: AbortSignal.any([abandoned, AbortSignal.timeout(LOGIN_TIMEOUT_MS)]),
		})
		.then(replyFromResponse, replyFromFailure);
}

function httpOptions({ path, query, form, timeoutMs }: Request): IHttpRequestOptions {
	return {
		...COMMON,
		ignoreHttpStatusErrors: statusErrors(),
		method: form === undefined ? 'GET' : 'POST',
		url: path,
		// A little less than the exchange may take: the client's own timeout tells whether a connection was made.
		timeout: Math.ceil(timeoutMs * 0.95),
		// A proxy that keeps answers must not answer a poll: it may have that of another task.
		...(query === undefined ? {} : { qs: query, headers: { 'Cache-Control': 'no-cache' } }),
		...(form === undefined ? {} : withForm(form)),
	};
}

/** The body is an object of its own in each request, which tells them apart. */
const withForm = ({ contentType, body }: Multipart) => ({
	headers: { 'Content-Type': contentType },
	body: body.subarray(),
});
