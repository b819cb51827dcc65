import type { IHttpRequestHelper } from 'n8n-workflow';
import { userError } from '../errors/n8nErrors';
import { LruMap } from '../util/lru';
import { onAbort } from '../util/pause';
import { asRecord } from '../util/values';
import { loginFailure, type LoginFailure } from './loginFailure';
import { encodeMultipart } from './multipart';
import { proveToken } from './provenTokens';
import { fingerprint, isUsable, metadataFor, tokenLifeMs, type Account, type TokenMetadata } from './token';
import { sendLogin } from './transport';

/** An access token with what must be known to use it again. */
export interface Login {
	accessToken: string;
	metadata: TokenMetadata;
}

/** What one login came to. */
export type LoginOutcome = { login: Login } | LoginFailure;

/** A login in progress, shared by all who need it. */
interface PendingLogin {
	outcome: Promise<LoginOutcome>;
	/** How many still wait for it. */
	waiting: number;
	abandon: AbortController;
}

/** Logins in progress in this process, by the fingerprint of their account: n8n doesn't deduplicate concurrent logins. */
const pendingLogins = new Map<string, PendingLogin>();

/** The last logins in this process, by account: running executions do not see what n8n stores meanwhile. */
const lastLogins = new LruMap<Login>(100);

/**
 * Obtains an access token with the username and password; one attempt. Requests that need one at the same time share one
 * login. A run that began before that login (`begunAt`, in ms) uses its token later as well, unless it is the one `refused`:
 * otherwise every running execution would log in separately on expiry. When `cancel` aborts for all of them, the login is
 * broken off. Never throws.
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
 * The login as tryLogin returns it. Throws a UserError, whose two texts are all that n8n passes on, with the code LOGIN_REJECTED,
 * UNREACHABLE, RATE_LIMITED, FORBIDDEN or BAD_RESPONSE in its description.
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

/** Visible ASCII, and no longer than servers take in a header. */
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
