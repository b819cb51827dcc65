import { UserError, type IHttpRequestHelper } from 'n8n-workflow';
import { faults, type Fault } from './faults';
import { kindOf, quote, wordsOf } from './quote';
import type { Reply } from './reply';
import { fingerprint, metadataFor, tokenLifeMs, type Account, type TokenMetadata } from './token';
import { sendLogin } from './transport';
import { asRecord } from './values';

/** An access token with what must be known to use it again. */
export interface Login {
	accessToken: string;
	metadata: TokenMetadata;
}

type Outcome = { login: Login } | { fault: Fault };

/** How long the outcome of a login serves whoever asks for the same one, in ms: n8n itself has no single flight. */
const SHARED_FOR_MS = 5_000;

/** Logins under way, and those that just gave a token or were refused, in this process, by their account's fingerprint. */
const recent = new Map<string, { outcome: Promise<Outcome>; endedAt?: number }>();

/**
 * Obtains an access token with the username and password. Requests that need one at the same time share one login, and so
 * do those that come within the next seconds, unless `refusedToken`, the token they hold, is the very one it gave. So a
 * wrong password costs one attempt, however many items wait for it.
 * Throws a UserError, whose two texts are all that n8n passes on, with the code LOGIN_REJECTED, UNREACHABLE, RATE_LIMITED,
 * FORBIDDEN or BAD_RESPONSE in its description.
 */
export async function logIn(
	helper: IHttpRequestHelper,
	account: Account,
	refusedToken: unknown,
): Promise<Login> {
	const outcome = await sharedOutcome(helper, account, refusedToken);
	if ('fault' in outcome)
		throw new UserError(outcome.fault.message, { description: outcome.fault.description });
	return outcome.login;
}

async function sharedOutcome(
	helper: IHttpRequestHelper,
	account: Account,
	refusedToken: unknown,
): Promise<Outcome> {
	forgetOld();
	const key = fingerprint(account);
	const known = recent.get(key);
	if (known !== undefined) {
		const outcome = await known.outcome;
		if ('fault' in outcome || outcome.login.accessToken !== refusedToken) return outcome;
		if (recent.get(key) !== known) return await sharedOutcome(helper, account, refusedToken);
	}
	const flight: { outcome: Promise<Outcome>; endedAt?: number } = { outcome: obtain(helper, account) };
	recent.set(key, flight);
	const outcome = await flight.outcome;
	flight.endedAt = performance.now();
	if ('fault' in outcome && outcome.fault.code !== 'LOGIN_REJECTED') recent.delete(key);
	return outcome;
}

function forgetOld(): void {
	const now = performance.now();
	for (const [key, { endedAt }] of recent) {
		if (endedAt !== undefined && now - endedAt > SHARED_FOR_MS) recent.delete(key);
	}
}

async function obtain(helper: IHttpRequestHelper, account: Account): Promise<Outcome> {
	const form = new FormData();
	form.append('username', account.username);
	form.append('password', account.password);
	const reply = await sendLogin(helper, `${account.baseUrl}/accounts/token/obtain/`, form);
	const receivedAt = Date.now();
	const accessToken =
		reply.kind === 'answer' && reply.status === 200 ? asRecord(reply.body).access : undefined;
	if (typeof accessToken !== 'string' || accessToken === '' || /\s/.test(accessToken)) {
		return { fault: loginFault(reply, account) };
	}
	return {
		login: { accessToken, metadata: metadataFor(account, tokenLifeMs(accessToken, reply.date), receivedAt) },
	};
}

/** Why a login gave no token. Progeny documents 401 (wrong, or not active) and 400 (a field is missing). */
function loginFault(reply: Reply, account: Account): Fault {
	if (reply.kind === 'refusal') return reply.fault;
	if (reply.kind === 'silence') return faults.unreachable(quote(reply.reason, [account.password]));
	const { status, body } = reply;
	const words = quote(wordsOf(body), [account.password]);
	if (status === 401 || (status === 400 && words !== '')) return faults.loginRejected(status, words);
	if (status === 403) return faults.forbidden(words);
	if (status === 429) return faults.rateLimited(words);
	if (status >= 300 && status < 400) return faults.redirected(status);
	if (status >= 500) return faults.unavailable(status);
	return faults.badLoginResponse(status, kindOf(body));
}
