import type {
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { LOGIN_TIMEOUT_MS } from '../limits';
import { withWholeBody } from './body';
import { CREDENTIAL } from './credential';
import type { Multipart } from './multipart';
import { replyFromFailure, replyFromResponse, statusErrors } from './n8nReply';
import type { Reply } from './reply';

/** A request to Progeny's API. */
export interface ApiRequest {
	/** The path under the credential's base URL, with Progeny's trailing slash. */
	path: string;
	query?: Record<string, string>;
	/** Makes it a POST. */
	form?: Multipart;
	/** The time limit of the whole exchange, in ms. */
	timeoutMs: number;
}

/**
 * Answers of every status are read in full, as a stream, so that an endless one can be aborted. Redirects are not followed: another
 * host could receive the token.
 */
const COMMON = {
	returnFullResponse: true,
	disableFollowRedirect: true,
	json: true,
	encoding: 'stream',
} as const;

/** Returns a request in the form that n8n's helpers accept. */
export function httpOptions({
	path,
	query = {},
	form,
	timeoutMs,
}: ApiRequest): IHttpRequestOptions & { headers: object } {
	return {
		...COMMON,
		ignoreHttpStatusErrors: statusErrors(),
		method: form === undefined ? 'GET' : 'POST',
		url: path,
		// Shorter than the exchange: the client's own timeout tells whether a connection was made.
		timeout: Math.ceil(timeoutMs * 0.95),
		qs: query,
		// No cache in between may answer for another task.
		...(form === undefined ? { headers: { 'Cache-Control': 'no-cache' } } : withForm(form)),
	};
}

const withForm = ({ contentType, body }: Multipart) => ({ headers: { 'Content-Type': contentType }, body });

/**
 * Sends a request with a credential, which adds its base URL and token (ProgenyApi.authenticate), or makes n8n log in first. Returns
 * the reply and never throws. `signal` ends the reading of the answer.
 */
export async function sendWithCredential(
	context: IExecuteFunctions,
	options: IHttpRequestOptions,
	credential: ICredentialsDecrypted,
	signal: AbortSignal,
): Promise<Reply> {
	return await context.helpers.httpRequestWithAuthentication
		.call(context, CREDENTIAL, options, { credentialsDecrypted: credential })
		.then(replyFromResponse, replyFromFailure)
		.then((reply) => withWholeBody(reply, signal));
}

/**
 * Posts the username and password to Progeny's login, without a token. Returns the reply and never throws: every version of n8n
 * throws the HTTP client's own error for a status other than 2xx. `abandoned` aborts the request.
 */
export async function sendLogin(
	helper: IHttpRequestHelper,
	url: string,
	form: Multipart,
	abandoned: AbortSignal,
): Promise<Reply> {
	const abortSignal = AbortSignal.any([abandoned, AbortSignal.timeout(LOGIN_TIMEOUT_MS)]);
	return await helper.helpers
		.httpRequest({ ...COMMON, method: 'POST', url, ...withForm(form), abortSignal })
		.then(replyFromResponse, replyFromFailure)
		.then((reply) => withWholeBody(reply, abortSignal));
}
