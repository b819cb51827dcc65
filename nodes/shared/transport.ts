import type {
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { hasUsableToken } from './authorize';
import { cancelWith } from './cancellation';
import { faultFromTexts, faults, type Fault } from './faults';
import { LOGIN_TIMEOUT_MS } from './limits';
import type { Multipart } from './multipart';
import { within } from './pause';
import { quote } from './quote';
import { spellingsOf, redacted } from './redact';
import type { Reply } from './reply';
import { asRecord, isRecord } from './values';

/** The credential type that every Progeny node uses. */
export const CREDENTIAL = 'progenyApi';

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

/** Makes authenticated requests to Progeny for one run of a node. It answers with what came, and never throws. */
export type Send = (request: Request) => Promise<Reply>;

/**
 * Answers of every status arrive as they are: n8n 1.x keeps neither the headers nor a text of one that it throws. Nothing is
 * followed to another place, which might be sent the token.
 */
const COMMON = {
	returnFullResponse: true,
	disableFollowRedirect: true,
	ignoreHttpStatusErrors: true,
	json: true,
} as const;

/**
 * The door to Progeny for one run of a node. The credential is shared by the run's requests, so that all see a new token at
 * once; it adds its base URL and token to each (ProgenyApi.authenticate), or makes n8n log in first. After a 401 a request is
 * sent once more with a new token. The credential is read anew when its token is over or refused: it may have been edited
 * by then, and n8n 1.x stores all of what was read together with a new token.
 * Once a login was refused, no request of this run tries another. `cancel` tells that the run was stopped.
 */
export function openTransport(context: IExecuteFunctions, cancel: AbortSignal): Send {
	const begunAt = Date.now();
	const hasCredential = context.getNode().credentials?.[CREDENTIAL] !== undefined;
	let credential: Promise<ICredentialsDecrypted> | undefined;
	let refusedLogin: Fault | undefined;
	/** The password and each token of this run: an answer may repeat them. */
	const secrets = new Set<string>();

	/** The tokens that Progeny refused in this run. */
	const refused = new Set<unknown>();
	/** Whether the credential, as it was read last, was good for a request. */
	let served = false;
	const forget = () => {
		credential = undefined;
		served = false;
	};

	const exchange = async (
		options: IHttpRequestOptions,
		isAwaited: () => boolean,
		isLast = false,
	): Promise<unknown> => {
		const used = (credential ??= readCredential(context, cancel, begunAt, refused));
		const credentialsDecrypted = await used;
		if (!isAwaited()) return undefined;
		const data = credentialsDecrypted.data!;
		if (served && used === credential && !hasUsableToken(data, Date.now())) {
			forget();
			return await exchange(options, isAwaited, isLast);
		}
		const tokens = [data.accessToken];
		let response: unknown;
		try {
			response = await context.helpers.httpRequestWithAuthentication.call(
				context,
				CREDENTIAL,
				{ ...options },
				{ credentialsDecrypted },
			);
		} finally {
			tokens.push(data.accessToken);
			for (const secret of [...tokens, data.password].flatMap(spellingsOf)) secrets.add(secret);
		}
		if (asRecord(response).statusCode !== 401) {
			if (used === credential) served = true;
			return response;
		}
		for (const token of tokens) refused.add(token);
		if (used === credential) forget();
		return isLast ? response : await exchange(options, isAwaited, true);
	};

	return async ({ path, query, form, timeoutMs, signal }) => {
		if (signal.aborted) return { kind: 'refusal', fault: faults.canceled() };
		if (refusedLogin !== undefined) return { kind: 'refusal', fault: refusedLogin };
		if (!hasCredential) return { kind: 'refusal', fault: faults.noCredential() };
		const options: IHttpRequestOptions = {
			...COMMON,
			method: form === undefined ? 'GET' : 'POST',
			url: path,
			timeout: Math.ceil(timeoutMs),
			...(query === undefined ? {} : { qs: query }),
			...(form === undefined ? {} : withForm(form)),
		};
		let isOver = false;
		const exchanged = exchange(options, () => !isOver && !signal.aborted);
		const timed = await within(exchanged.then(answerOf, replyToFailure), timeoutMs, signal);
		// What was given up is not sent again behind the back of whoever was told so.
		isOver = true;
		if (timed === 'aborted') return { kind: 'refusal', fault: faults.canceled() };
		if (timed === 'late') return { kind: 'silence', sent: true, reason: 'it took too long' };
		const reply = timed.value;
		if (reply.kind === 'refusal' && reply.fault.code === 'LOGIN_REJECTED') refusedLogin = reply.fault;
		if (reply.kind !== 'answer') return reply;
		return { ...reply, body: redacted(reply.body, [...secrets]) };
	};
}

async function readCredential(
	context: IExecuteFunctions,
	cancel: AbortSignal,
	begunAt: number,
	refused: Set<unknown>,
): Promise<ICredentialsDecrypted> {
	const data = await context.getCredentials(CREDENTIAL);
	cancelWith(data, cancel, begunAt);
	if (refused.has(data.accessToken)) data.tokenMetadata = '';
	return { id: '', name: '', type: CREDENTIAL, data };
}

/**
 * Posts the username and password to Progeny's login, without a token. It answers with what came, and never throws.
 * `abandoned` breaks it off.
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
		.then((response) => ({ ...answerOf(response), date: headersOf(response).date }), replyToFailure);
}

const withForm = ({ contentType, body }: Multipart) => ({ headers: { 'Content-Type': contentType }, body });

const headersOf = (response: unknown): Record<string, unknown> => asRecord(asRecord(response).headers);

function answerOf(response: unknown): Reply {
	const { statusCode, body } = asRecord(response);
	return answer(Number(statusCode), body, headersOf(response)['retry-after']);
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

/**
 * Turns what n8n's helpers throw into a reply. They wrap an HTTP answer or a network failure in a NodeApiError with
 * `httpCode` and `context.data` (n8n-core 1.122 and 2.41), and with the cause itself in 2.x only. What has neither a status
 * nor a code never came to the network: n8n declined it, e.g. for a domain that the credential does not allow. A success
 * status that is thrown belongs to an answer that was cut before its end.
 */
function replyToFailure(thrown: unknown): Reply {
	const failure = asRecord(thrown);
	const cause = isRecord(failure.cause) ? failure.cause : failure;
	const response = asRecord(cause.response);
	const code = String(failure.httpCode ?? cause.code ?? '');
	const status = Number(response.status ?? (/^\d{3}$/.test(code) ? code : NaN));
	const body = response.data ?? asRecord(failure.context).data;
	if (status >= 300) return answer(status, body, asRecord(response.headers)['retry-after']);

	const message = thrown instanceof Error ? thrown.message : '';
	const isOfLogin = Number.isNaN(status) && body === undefined;
	const fault = isOfLogin ? faultFromTexts(message, failure.description) : undefined;
	if (fault !== undefined) return { kind: 'refusal', fault };

	const networkCode = String(cause.code ?? code);
	if (networkCode === '') return { kind: 'refusal', fault: faults.notSent(quote(message)) };
	const neverSent = NEVER_CONNECTED.test(networkCode) || cause.syscall === 'connect';
	return { kind: 'silence', sent: !neverSent, reason: reasonOf(networkCode, message) };
}

function reasonOf(code: string, message: string): string {
	const known = REASONS[code];
	if (known !== undefined) return known;
	return NEVER_CONNECTED.test(code) ? `its certificate was not accepted, ${quote(code)}` : quote(message);
}
