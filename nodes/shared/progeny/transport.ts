import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { PROBE_TIMEOUT_MS, tokenRestMs } from '../limits';
import { pause, withTimeout } from '../util/pause';
import { isRecord } from '../util/values';
import { TASK_PATH } from './endpoints';
import { bindRequest } from './hostBridge';
import { replyFromFailure } from './n8nReply';
import { isUnauthorized, type Reply } from './reply';
import { httpOptions, sendWithCredential, type ApiRequest } from './requests';
import { UnreadableCredential, type CredentialSession, type CurrentCredential } from './session';
import { endOf, parseMetadata, type Token } from './token';
import { serverText } from './serverText';

interface Request extends ApiRequest {
	/** Ends the wait for the answer. */
	signal: AbortSignal;
	/** Called each time just before the request is sent. */
	onLeaving?: () => void;
	/** Once it aborts, the request is not sent any more. What was sent before is awaited. */
	halt?: AbortSignal;
}

/** Makes an authenticated request to Progeny. Returns the reply and never throws. */
export type Send = (request: Request) => Promise<Reply>;

/** A token younger than this (ms) may be refused although it is valid: clocks and replicas lag. */
const YOUNG_MS = 5_000;
/** The pause before a young token is sent again, in ms. */
const YOUNG_PAUSE_MS = 1_000;
/** The end of a token is known to the second, as the Date header is. */
const END_TOLERANCE_MS = 1_000;

/**
 * Creates the authenticated requests of one node run. After a 401 a request is sent again with a new token. Once a login has failed,
 * no request of this run tries another.
 */
export function createTransport(context: IExecuteFunctions, session: CredentialSession): Send {
	/** The reply to the probe of a stored token, which is made once for each token. */
	let probe: { token: unknown; reply: Promise<Reply> } | undefined;
	const exchangeOf = (request: Request): Exchange => ({
		context,
		session,
		asked: request,
		begunAt: Date.now(),
		end: new AbortController(),
		isOver: false,
		current: undefined,
		used: undefined,
	});
	/**
	 * Probes a stored token that this process has not seen served, with a poll of a task that cannot exist. A server may refuse a token
	 * before it has read the upload, and that answer is easily lost on its way back.
	 */
	const probeToken = async ({ signal }: Request): Promise<void> => {
		const poll = { path: TASK_PATH, query: { id: randomUUID() }, timeoutMs: PROBE_TIMEOUT_MS, signal };
		await answerTo(exchangeOf(poll), async (exchange) => {
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
		if (request.form !== undefined) await probeToken(request);
		const reply = await answerTo(exchangeOf(request), exchanged);
		return reply.kind === 'answer' ? { ...reply, body: session.redact(reply.body) } : reply;
	};
}

/** A request up to its outcome: with its login, and sent again if need be. */
interface Exchange {
	readonly context: IExecuteFunctions;
	readonly session: CredentialSession;
	readonly asked: Request;
	/** In ms since 1970. */
	readonly begunAt: number;
	/** Aborts what is in flight. */
	readonly end: AbortController;
	/** True once its outcome is reported: it must not be sent any more. */
	isOver: boolean;
	/** The credential of the latest attempt. */
	current: CurrentCredential | undefined;
	/** The token that the latest attempt was sent with. */
	used: Token | undefined;
}

const isWanted = ({ isOver, asked: { signal, halt } }: Exchange): boolean =>
	!isOver && !signal.aborted && !halt?.aborted;

/** Returns the reply to an exchange within its time limit, then aborts what is in flight. */
async function answerTo(exchange: Exchange, work: (exchange: Exchange) => Promise<Reply>): Promise<Reply> {
	const { timeoutMs, signal, form } = exchange.asked;
	const working = work(exchange).catch((failure: unknown): Reply => {
		if (!(failure instanceof UnreadableCredential)) return replyFromFailure(failure);
		const { error, isTransient } = failure;
		return { kind: 'notSent', error, isTransient };
	});
	const timed = await withTimeout(working, timeoutMs, signal);
	exchange.isOver = true;
	exchange.end.abort();
	if (timed === 'late') return late(exchange);
	if (timed === 'aborted') {
		const mayHaveLeft = form !== undefined && late(exchange).sent;
		return mayHaveLeft ? { kind: 'notSent', error: messages.canceledInFlight() } : canceled();
	}
	return timed.value;
}

/** Sends a request, and again with another token if that is refused. */
async function exchanged(exchange: Exchange): Promise<Reply> {
	const { asked: request, session } = exchange;
	const isUpload = request.form !== undefined;
	let isTooLong = false;
	let hasRenewed = false;
	let hasWaited = false;
	for (;;) {
		const reply = await attempt(exchange);
		if (!isUnauthorized(reply)) return reply;
		const current = exchange.current!;
		const { accessToken, metadata } = exchange.used ?? current.token();
		const now = Date.now();
		const hasEnded = metadata !== undefined && endOf(metadata) - END_TOLERANCE_MS <= now;
		const isYoung = metadata !== undefined && now - metadata.obtainedAt < YOUNG_MS;
		if (isUpload && hasEnded) {
			if (isTooLong) return { kind: 'notSent', error: messages.uploadOutlastsLogin() };
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
			current.refuseLogins(messages.tokenRejected(serverText(session.redact(reply.body))));
			return reply;
		}
	}
}

/** Sends a request once, with a token that lasts for it. */
async function attempt(exchange: Exchange): Promise<Reply> {
	const { context, session, asked: request, end, begunAt } = exchange;
	// This attempt has sent nothing until the credential is read, and the one before was refused.
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
	if (!isWanted(exchange)) return canceled();
	const options = httpOptions(request);
	bindRequest(options.headers, {
		isWanted: () => isWanted(exchange),
		leaving(accessToken, stored) {
			exchange.used = { accessToken, metadata: parseMetadata(stored) };
			request.onLeaving?.();
		},
		signal: end.signal,
	});
	const { credential, use } = exchange.current;
	return await use(() => sendWithCredential(context, options, credential, end.signal));
}

const canceled = (): Reply => ({ kind: 'notSent', error: messages.canceled() });

/** Returns what is known of a request that took too long: nothing was sent while the credential was read or its login ran. */
function late({ current }: Exchange): Extract<Reply, { kind: 'noAnswer' }> {
	if (current === undefined)
		return { kind: 'noAnswer', sent: false, reason: 'n8n took too long to read its credential' };
	if (current.awaitsLogin()) return { kind: 'noAnswer', sent: false, reason: 'its login took too long' };
	return { kind: 'noAnswer', sent: true, reason: 'it took too long' };
}
