import type { IHttpRequestHelper } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { userError } from '../errors/n8nErrors';
import { encodeMultipart } from './multipart';
import { spellingsOf } from './redact';
import { kindOf, wordsOf, type Reply } from './reply';
import { fingerprint, isUsable, metadataFor, tokenLifeMs, type Account, type TokenMetadata } from './token';
import { sendLogin } from './transport';
import { asRecord } from '../util/values';

/** An access token with what must be known to use it again. */
export interface Login {
	accessToken: string;
	metadata: TokenMetadata;
}

type Outcome = { login: Login } | { error: ProgenyError };

/** A login under way, shared by all who need it. */
interface PendingLogin {
	outcome: Promise<Outcome>;
	/** How many still wait for it. */
	waiting: number;
	abandon: AbortController;
}

/** Logins under way in this process, by the fingerprint of their account: n8n itself has no single flight. */
const pendingLogins = new Map<string, PendingLogin>();

/** The last login of each account in this process: executions under way do not see what n8n stores meanwhile. */
const lastLogins = new Map<string, Login>();

/**
 * Obtains an access token with the username and password. Requests that need one at the same time share one login. A run
 * that began before that login (`begunAt`, in ms) takes its token later as well, unless it is the one `refused`: else each
 * execution under way when a token ends would log in by itself. When `cancel` aborts for all of them, the login is broken off.
 * Throws a UserError, whose two texts are all that n8n passes on, with the code LOGIN_REJECTED, UNREACHABLE, RATE_LIMITED,
 * FORBIDDEN or BAD_RESPONSE in its description.
 */
export async function logIn(
	helper: IHttpRequestHelper,
	account: Account,
	cancel?: AbortSignal,
	begunAt = Infinity,
	refused?: unknown,
): Promise<Login> {
	const key = fingerprint(account);
	const known = lastLogins.get(key);
	if (known && known.metadata.obtainedAt > begunAt && known.accessToken !== refused) {
		if (isUsable(known.metadata, account, Date.now())) return known;
	}
	const flight = pendingLogins.get(key) ?? startLogin(key, helper, account);
	flight.waiting++;
	const leave = () => {
		if (--flight.waiting > 0) return;
		pendingLogins.delete(key);
		flight.abandon.abort();
	};
	if (cancel?.aborted) leave();
	cancel?.addEventListener('abort', leave, { once: true });
	const outcome = await flight.outcome;
	cancel?.removeEventListener('abort', leave);
	if ('error' in outcome) throw userError(outcome.error);
	lastLogins.set(key, outcome.login);
	return outcome.login;
}

function startLogin(key: string, helper: IHttpRequestHelper, account: Account): PendingLogin {
	const abandon = new AbortController();
	const flight: PendingLogin = { outcome: obtain(helper, account, abandon.signal), waiting: 0, abandon };
	pendingLogins.set(key, flight);
	const land = () => {
		if (pendingLogins.get(key) === flight) pendingLogins.delete(key);
	};
	flight.outcome.then(land, land);
	return flight;
}

/** Visible ASCII, and no longer than servers take in a header. */
const FIT_FOR_A_HEADER = /^[\x21-\x7e]{1,8000}$/;

async function obtain(
	helper: IHttpRequestHelper,
	account: Account,
	abandoned: AbortSignal,
): Promise<Outcome> {
	const form = encodeMultipart({ username: account.username, password: account.password });
	const reply = await sendLogin(helper, `${account.baseUrl}/accounts/token/obtain/`, form, abandoned);
	const receivedAt = Date.now();
	const accessToken =
		reply.kind === 'answer' && reply.status === 200 ? asRecord(reply.body).access : undefined;
	if (typeof accessToken !== 'string' || !FIT_FOR_A_HEADER.test(accessToken)) {
		return { error: loginError(reply, account) };
	}
	return {
		login: { accessToken, metadata: metadataFor(account, tokenLifeMs(accessToken, reply.date), receivedAt) },
	};
}

/** Why a login gave no token. Progeny documents 401 (wrong, or not active) and 400 (a field is missing). */
function loginError(reply: Reply, account: Account): ProgenyError {
	if (reply.kind === 'refusal') return reply.error;
	if (reply.kind === 'silence') return messages.unreachable(reply.reason);
	const { status, body } = reply;
	const words = wordsOf(body, spellingsOf(account.password));
	if (status === 401 || (status === 400 && words !== '')) return messages.loginRejected(status, words);
	if (status === 403) return messages.forbidden(words);
	if (status === 429) return messages.rateLimited(words);
	if (status >= 300 && status < 400) return messages.redirected(status);
	if (status >= 500) return messages.unavailable(status);
	return messages.badLoginResponse(status, kindOf(body));
}
