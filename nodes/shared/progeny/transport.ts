import type { IExecuteFunctions, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { LOGIN_TIMEOUT_MS } from '../limits';
import { withTimeout } from '../util/pause';
import { asRecord } from '../util/values';
import { CREDENTIAL } from './credential';
import type { Multipart } from './multipart';
import { headersOf, replyFromFailure, replyFromResponse } from './n8nReply';
import { redacted } from './redact';
import type { Reply } from './reply';
import type { Session } from './session';

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
}

/** Makes an authenticated request to Progeny. It gives what came back and never throws. */
export type Send = (request: Request) => Promise<Reply>;

/**
 * Responses of every status are returned as they are: n8n 1.x keeps neither the headers nor the text of one that it throws.
 * Redirects are not followed, since another host could receive the token.
 */
const COMMON = {
	returnFullResponse: true,
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: true,
	json: true,
} as const;

const isUnauthorized = (response: unknown) => asRecord(response).statusCode === 401;

/**
 * Authenticated requests for one node run. The credential adds its base URL and token to each (ProgenyApi.authenticate), or
 * makes n8n log in first. After a 401 a request is sent once more with a new token. Once a login was refused, no request of
 * this run tries another.
 */
export function openTransport(context: IExecuteFunctions, session: Session): Send {
	let refusedLogin: ProgenyError | undefined;

	const attempt = async (options: IHttpRequestOptions, isAwaited: () => boolean): Promise<unknown> => {
		const { credential, use } = await session.current();
		if (!isAwaited()) return undefined;
		const request = () =>
			context.helpers.httpRequestWithAuthentication.call(
				context,
				CREDENTIAL,
				{ ...options },
				{ credentialsDecrypted: credential },
			) as Promise<unknown>;
		return await use(request, isUnauthorized);
	};

	const exchange = async (options: IHttpRequestOptions, isAwaited: () => boolean): Promise<Reply> => {
		try {
			const response = await attempt(options, isAwaited);
			return replyFromResponse(isUnauthorized(response) ? await attempt(options, isAwaited) : response);
		} catch (failure) {
			return replyFromFailure(failure);
		}
	};

	return async (request) => {
		const { timeoutMs, signal } = request;
		if (signal.aborted) return { kind: 'refusal', error: messages.canceled() };
		if (refusedLogin !== undefined) return { kind: 'refusal', error: refusedLogin };
		let isOver = false;
		const isAwaited = () => !isOver && !signal.aborted;
		const timed = await withTimeout(exchange(httpOptions(request), isAwaited), timeoutMs, signal);
		// A request that was reported as timed out must never be sent later.
		isOver = true;
		if (timed === 'aborted') return { kind: 'refusal', error: messages.canceled() };
		if (timed === 'late') return { kind: 'silence', sent: true, reason: 'it took too long' };
		const reply = timed.value;
		if (reply.kind === 'refusal' && reply.error.code === 'LOGIN_REJECTED') refusedLogin = reply.error;
		if (reply.kind !== 'answer') return reply;
		return { ...reply, body: redacted(reply.body, [...session.secrets]) };
	};
}

/**
 * Posts the username and password to Progeny's login, without a token. It gives what came back, with the answer's `Date`
 * header, and never throws. `abandoned` breaks it off.
 */
export async function sendLogin(
	helper: IHttpRequestHelper,
	url: string,
	form: Multipart,
	abandoned: AbortSignal,
): Promise<Reply & { date?: unknown }> {
	return await helper.helpers
		.httpRequest({
			...COMMON,
			method: 'POST',
			url,
			...withForm(form),
			abortSignal: AbortSignal.any([abandoned, AbortSignal.timeout(LOGIN_TIMEOUT_MS)]),
		})
		.then(
			(response) => ({ ...replyFromResponse(response), date: headersOf(response).date }),
			replyFromFailure,
		);
}

function httpOptions({ path, query, form, timeoutMs }: Request): IHttpRequestOptions {
	return {
		...COMMON,
		method: form === undefined ? 'GET' : 'POST',
		url: path,
		timeout: Math.ceil(timeoutMs),
		...(query === undefined ? {} : { qs: query }),
		...(form === undefined ? {} : withForm(form)),
	};
}

const withForm = ({ contentType, body }: Multipart) => ({ headers: { 'Content-Type': contentType }, body });
