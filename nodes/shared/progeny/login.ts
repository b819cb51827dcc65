/*
 * A login, file by file: `token.ts` (whose a token is, and until when it is usable), `credential.ts` (what n8n stores, and when it must
 * log in), `requests.ts` (the HTTP requests), `login.ts` (one login, shared within this process), `runLogin.ts` (its retries, shared
 * within a run), `session.ts` (the credential of a run), `transport.ts` (requests with it, and another token after a 401).
 * `hostBridge.ts` connects the first half, which n8n calls as hooks of the credential, with the second half.
 */
import type { IHttpRequestHelper } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { userError } from '../errors/n8nErrors';
import { LruMap } from '../util/lru';
import { onAbort } from '../util/pause';
import { asRecord, isRecord } from '../util/values';
import { encodeMultipart } from './multipart';
import { redactorOf } from './redact';
import { isPage, isRedirect, isTransientStatus, kindOf, retryAfterMs, type Reply } from './reply';
import { sendLogin } from './requests';
import {
	fingerprint,
	isUsable,
	metadataFor,
	proveToken,
	tokenLifeMs,
	type Account,
	type Login,
} from './token';
import { serverText } from './serverText';

/** A login without a token. If it is transient, another attempt may succeed, after `waitMs` if the server asked for that. */
export interface LoginFailure {
	error: ProgenyError;
	isTransient: boolean;
	waitMs?: number | undefined;
}

/** The outcome of one login. */
export type LoginOutcome = { login: Login } | LoginFailure;

/** A login in progress, which concurrent requests share. */
interface PendingLogin {
	outcome: Promise<LoginOutcome>;
	/** The number of requests that still wait for it. */
	waiting: number;
	abandon: AbortController;
}

/** Logins in progress in this process, by the account's fingerprint: n8n does not deduplicate concurrent logins. */
const pendingLogins = new Map<string, PendingLogin>();

/** The last logins in this process, by the account's fingerprint: a running execution does not see what n8n stores meanwhile. */
const lastLogins = new LruMap<Login>(100);

/**
 * Logs in once with the username and password. Concurrent requests share one login, which is aborted when `cancel` aborts for all of
 * them. A run that began before the last login (`begunAt`, in ms) uses its token, unless that is the one `refused`: otherwise every
 * running execution would log in separately on expiry. Never throws.
 */
export async function tryLogin(
	helper: IHttpRequestHelper,
	account: Account,
	cancel?: AbortSignal,
	begunAt = Infinity,
	refused?: unknown,
): Promise<LoginOutcome> {
	const key = fingerprint(account);
	const known = lastLogins.get(key);
	if (known && known.metadata.obtainedAt > begunAt && known.accessToken !== refused) {
		if (isUsable(known.metadata, account, Date.now())) return { login: known };
	}
	const pending = pendingLogins.get(key) ?? startLogin(key, helper, account);
	pending.waiting++;
	const leave = () => {
		if (--pending.waiting > 0) return;
		pendingLogins.delete(key);
		pending.abandon.abort();
	};
	const stay = onAbort(cancel, leave);
	const outcome = await pending.outcome;
	stay();
	if ('login' in outcome) lastLogins.set(key, outcome.login);
	return outcome;
}

/**
 * Logs in as `tryLogin` does. Throws a UserError with the code LOGIN_REJECTED, UNREACHABLE, RATE_LIMITED, FORBIDDEN or BAD_RESPONSE in
 * its description.
 */
export async function logIn(...args: Parameters<typeof tryLogin>): Promise<Login> {
	const outcome = await tryLogin(...args);
	if ('login' in outcome) return outcome.login;
	throw userError(outcome.error);
}

function startLogin(key: string, helper: IHttpRequestHelper, account: Account): PendingLogin {
	const abandon = new AbortController();
	const pending: PendingLogin = { outcome: obtain(helper, account, abandon.signal), waiting: 0, abandon };
	pendingLogins.set(key, pending);
	const settle = () => {
		if (pendingLogins.get(key) === pending) pendingLogins.delete(key);
	};
	pending.outcome.then(settle, settle);
	return pending;
}

/** Visible ASCII, of a length that servers accept in a header. */
const FIT_FOR_A_HEADER = /^[\x21-\x7e]{1,8000}$/;

async function obtain(
	helper: IHttpRequestHelper,
	account: Account,
	abandoned: AbortSignal,
): Promise<LoginOutcome> {
	const form = encodeMultipart({ username: account.username, password: account.password });
	const reply = await sendLogin(helper, `${account.baseUrl}/accounts/token/obtain/`, form, abandoned);
	const receivedAt = Date.now();
	if (reply.kind === 'answer' && reply.status >= 200 && reply.status < 300) {
		const accessToken = asRecord(reply.body).access;
		if (typeof accessToken === 'string' && FIT_FOR_A_HEADER.test(accessToken)) {
			const metadata = metadataFor(account, tokenLifeMs(accessToken, reply.date), receivedAt);
			proveToken(metadata.fingerprint, accessToken);
			return { login: { accessToken, metadata } };
		}
	}
	return loginFailure(reply, account.password, receivedAt);
}

/**
 * Reads a reply without a token. Progeny documents 401 (wrong, or not active) and 400 (a field is missing). `now` is in ms since 1970.
 */
function loginFailure(reply: Reply, password: string, now: number): LoginFailure {
	if (reply.kind === 'notSent') return { error: reply.error, isTransient: reply.isTransient === true };
	if (reply.kind === 'noAnswer')
		return { error: messages.unreachable(reply.reason, reply.words), isTransient: true };
	if (reply.kind === 'badBody')
		return { error: messages.badLoginResponse(reply.status, reply.reason), isTransient: false };
	const error = loginError(reply.status, reply.body, password);
	return { error, isTransient: isTransientStatus(reply.status), waitMs: retryAfterMs(reply, now) };
}

function loginError(status: number, body: unknown, password: string): ProgenyError {
	const redacted = redactorOf([password])(body);
	const words = serverText(redacted);
	if (isRedirect(status)) return messages.redirected(status);
	if (status === 404) return messages.noLogin(status);
	if (status === 407) return messages.proxyRefused(status);
	if (status === 429) return messages.rateLimited(words);
	if (isTransientStatus(status)) return messages.unavailable(status);
	if (status < 300) return messages.noToken(status, ownTextOf(redacted), kindOf(body));
	if (isPage(body)) return messages.pageInFront(status, body);
	if (status === 400 || status === 401) return messages.loginRejected(status, words);
	if (status === 403) return messages.loginForbidden(words);
	return messages.badLoginResponse(status, kindOf(body), words);
}

/** A longer word may be a token. */
const MAX_WORD_LENGTH = 24;

/** Returns the message of an answer with a success status. It may hold a token, so a text with a long word is not returned. */
function ownTextOf(body: unknown): string {
	if (!isRecord(body)) return '';
	const { detail, message, error, non_field_errors: errors } = body;
	const texts = [detail, message, error, ...(Array.isArray(errors) ? errors : [errors])];
	const words = texts.find((text) => typeof text === 'string' && text.trim() !== '');
	const isPlain =
		typeof words === 'string' && words.split(/\s/).every((word) => word.length <= MAX_WORD_LENGTH);
	return isPlain ? serverText({ detail: words }) : '';
}
