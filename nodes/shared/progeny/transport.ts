import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { LOGIN_TIMEOUT_MS, PROBE_TIMEOUT_MS, tokenRestMs } from '../limits';
import { pause, withTimeout } from '../util/pause';
import { isRecord } from '../util/values';
import { withWholeBody } from './body';
import { CREDENTIAL } from './credential';
import { bindRequest } from './credentialRun';
import { TASK_PATH } from './endpoints';
import type { Multipart } from './multipart';
import { replyFromFailure, replyFromResponse, statusErrors } from './n8nReply';
import type { Reply } from './reply';
import {
	isUnauthorized,
	UnreadableCredential,
	type CurrentCredential,
	type Session,
	type Token,
} from './session';
import { endOf, parseMetadata } from './token';
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
	/** Called each time just before the request is sent. */
	onLeaving?: () => void;
	/** Once it aborts, the request is not sent any more. What was sent by then is awaited. */
	halt?: AbortSignal;
}

/** Makes an authenticated request to Progeny. Returns what came back and never throws. */
export type Send = (request: Request) => Promise<Reply>;

/**
 * Answers of every status are handed over in full, as a stream, so that an endless one can be given up. Redirects are not followed,
 * since another host could receive the token.
 */
const COMMON = {
	returnFullResponse: true,
	disableFollowRedirect: true,
	json: true,
	encoding: 'stream',
} as const;

/** A token that was obtained less than this long ago (ms) may be refused for its youth: clocks and replicas lag. */
const YOUNG_MS = 5_000;
/** How long to wait before a young token is shown again, in ms. */
const YOUNG_PAUSE_MS = 1_000;
/** A token's end is known to the second, as the Date header is. */
const END_TOLERANCE_MS = 1_000;

/**
 * Authenticated requests for one node run. The credential adds its base URL and token to each (ProgenyApi.authenticate), or
 * makes n8n log in first. After a 401 a request is sent again with a new token. Once a login has failed, no request of this run
 * tries another.
 */
export function createTransport(context: IExecuteFunctions, session: Session): Send {
	/** The question whether a stored token holds, asked once for each token. */
	let probe: { token: unknown; reply: Promise<Reply> } | undefined;
	const exchangeOf = (request: Request): Exchange => ({
		context,
		session,
		asked: request,
		begunAt: Date.now(),
		end: new AbortController(),
		isAwaited: () => !request.signal.aborted && !request.halt?.aborted,
		current: undefined,
		used: undefined,
	});
	/**
	 * A server may refuse a token before it has read the upload, and that answer is easily lost on its way back. So a stored token that
	 * this process has not seen served is shown with a question first, about a task that cannot exist.
	 */
	const proveToken = async ({ signal }: Request): Promise<void> => {
		const query = { id: randomUUID() };
		const question = { path: TASK_PATH, query, timeoutMs: PROBE_TIMEOUT_MS, signal };
		await answerTo(exchangeOf(question), async (exchange) => {
			const current = await session.current();
			if (!current.isUnproven()) return canceled();
			const { accessToken } = current.token();
			if (probe === undefined || probe.token !== accessToken)
				probe = { token: accessToken, reply: attempt(exchange) };
			const reply = await probe.reply;
			if (reply.kind === 'answer' && reply.status === 401 && isRecord(reply.body))
				current.refuse(accessToken);
			return reply;
		});
	};
	return async (request) => {
		if (request.signal.aborted) return canceled();
		if (request.form !== undefined) await proveToken(request);
		const reply = await answerTo(exchangeOf(request), exchanged);
		return reply.kind === 'answer' ? { ...reply, body: session.redact(reply.body) } : reply;
	};
}

/** One request with what may follow it: a login, and the same request again. */
interface Exchange {
	readonly context: IExecuteFunctions;
	readonly session: Session;
	readonly asked: Request;
	/** In ms since 1970. */
	readonly begunAt: number;
	/** Ends whatever of it is on its way. */
	readonly end: AbortController;
	/** True while the reply is wanted. */
	isAwaited: () => boolean;
	/** The credential of the latest attempt. */
	current: CurrentCredential | undefined;
	/** The token that the latest attempt was sent with. */
	used: Token | undefined;
}

/** What comes of an exchange in its time. Whatever of it is still on its way then is ended. */
async function answerTo(exchange: Exchange, work: (exchange: Exchange) => Promise<Reply>): Promise<Reply> {
	const { timeoutMs, signal } = exchange.asked;
	const reading = work(exchange).catch((failure: unknown): Reply => {
		if (!(failure instanceof UnreadableCredential)) return replyFromFailure(failure);
		const { error, isTransient } = failure;
		return { kind: 'refusal', error, isTransient };
	});
	const timed = await withTimeout(reading, timeoutMs, signal);
	// A request that was reported as timed out must never be sent later.
	exchange.isAwaited = () => false;
	exchange.end.abort();
	if (timed === 'late') return late(exchange);
	if (timed === 'aborted') {
		const mayHaveLeft = exchange.asked.form !== undefined && late(exchange).sent;
		return mayHaveLeft ? { kind: 'refusal', error: messages.canceledInFlight() } : canceled();
	}
	return timed.value;
}

async function exchanged(exchange: Exchange): Promise<Reply> {
	const { asked: request, session } = exchange;
	const isUpload = request.form !== undefined;
	let isTooLong = false;
	let hasRenewed = false;
	let hasWaited = false;
	for (;;) {
		const reply = await attempt(exchange);
		if (!isUnauthorized(reply) || reply.kind !== 'answer') return reply;
		const current = exchange.current!;
		const { accessToken, metadata } = exchange.used ?? current.token();
		const now = Date.now();
		const hasEnded = metadata !== undefined && endOf(metadata) - END_TOLERANCE_MS <= now;
		const isYoung = metadata !== undefined && now - metadata.obtainedAt < YOUNG_MS;
		if (isUpload && hasEnded) {
			if (isTooLong) return { kind: 'refusal', error: messages.uploadOutlastsLogin() };
			isTooLong = true;
			current.refuse(accessToken);
		} else if (!hasRenewed) {
			hasRenewed = true;
			current.refuse(accessToken);
		} else if (isYoung && !hasWaited) {
			hasWaited = true;
			exchange.current = undefined;
			await pause(YOUNG_PAUSE_MS, exchange.end.signal);
		} else {
			current.refuse(accessToken);
			current.refuseLogins(messages.tokenRejected(wordsOf(session.redact(reply.body))));
			return reply;
		}
	}
}

async function attempt(exchange: Exchange): Promise<Reply> {
	const { context, session, asked: request, end, begunAt } = exchange;
	// Until the credential is read, this attempt has sent nothing; and the one before was refused.
	exchange.current = undefined;
	exchange.used = undefined;
	exchange.current = await session.current();
	if (request.form !== undefined) {
		const { accessToken, metadata } = exchange.current.token();
		const restMs = tokenRestMs(request.form.body.length);
		if (metadata !== undefined && metadata.obtainedAt < begunAt && endOf(metadata) - Date.now() < restMs) {
			exchange.current.refuse(accessToken);
			exchange.current = await session.current();
		}
	}
	if (!exchange.isAwaited()) return canceled();
	const options = httpOptions(request);
	bindRequest(options.headers, {
		isWanted: () => exchange.isAwaited(),
		leaving(accessToken, stored) {
			exchange.used = { accessToken, metadata: parseMetadata(stored) };
			request.onLeaving?.();
		},
		signal: end.signal,
	});
	const { credential, use } = exchange.current;
	return await use(() =>
		context.helpers.httpRequestWithAuthentication
			.call(context, CREDENTIAL, options, { credentialsDecrypted: credential })
			.then(replyFromResponse, replyFromFailure)
			.then((reply) => withWholeBody(reply, end.signal)),
	);
}

const canceled = (): Reply => ({ kind: 'refusal', error: messages.canceled() });

/** What is known of a request that took too long: while the credential is read, or its login runs, nothing has been sent. */
function late({ current }: Exchange): Extract<Reply, { kind: 'silence' }> {
	if (current === undefined)
		return { kind: 'silence', sent: false, reason: 'n8n took too long to read its credential' };
	if (current.awaitsLogin()) return { kind: 'silence', sent: false, reason: 'its login took too long' };
	return { kind: 'silence', sent: true, reason: 'it took too long' };
}

/**
 * Posts the username and password to Progeny's login, without a token. Returns what came back and never throws: an answer of
 * another status than 2xx is thrown as the HTTP client's own error by every version of n8n. `abandoned` breaks it off.
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

function httpOptions({ path, query, form, timeoutMs }: Request): IHttpRequestOptions & { headers: object } {
	return {
		...COMMON,
		ignoreHttpStatusErrors: statusErrors(),
		method: form === undefined ? 'GET' : 'POST',
		url: path,
		// A little less than the exchange may take: the client's own timeout tells whether a connection was made.
		timeout: Math.ceil(timeoutMs * 0.95),
		...(query === undefined ? {} : { qs: query }),
		// No cache in between may answer for another task.
		...(form === undefined ? { headers: { 'Cache-Control': 'no-cache' } } : withForm(form)),
	};
}

const withForm = ({ contentType, body }: Multipart) => ({ headers: { 'Content-Type': contentType }, body });
