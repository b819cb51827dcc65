import { UserError, type IHttpRequestHelper } from 'n8n-workflow';
import { faults, type Fault } from './faults';
import { encodeMultipart } from './multipart';
import { kindOf, wordsOf } from './quote';
import { spellingsOf } from './redact';
import type { Reply } from './reply';
import { fingerprint, isUsable, metadataFor, tokenLifeMs, type Account, type TokenMetadata } from './token';
import { sendLogin } from './transport';
import { asRecord } from './values';

/** An access token with what must be known to use it again. */
export interface Login {
	accessToken: string;
	metadata: TokenMetadata;
}

type Outcome = { login: Login } | { fault: Fault };

/** A login under way, shared by all who need it. */
interface Flight {
	outcome: Promise<Outcome>;
	/** How many still wait for it. */
	waiting: number;
	abandon: AbortController;
}

/** Logins under way in this process, by the fingerprint of their account: n8n itself has no single flight. */
const underWay = new Map<string, Flight>();

/** The last login of each account in this process: executions under way do not see what n8n stores meanwhile. */
const landed = new Map<string, Login>();

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
	const known = landed.get(key);
	if (known && known.metadata.obtainedAt > begunAt && known.accessToken !== refused) {
		if (isUsable(known.metadata, account, Date.now())) return known;
	}
	const flight = underWay.get(key) ?? takeOff(key, helper, account);
	flight.waiting++;
	const leave = () => {
		if (--flight.waiting > 0) return;
		underWay.delete(key);
		flight.abandon.abort();
	};
	if (cancel?.aborted) leave();
	cancel?.addEventListener('abort', leave, { once: true });
	const outcome = await flight.outcome;
	cancel?.removeEventListener('abort', leave);
	if ('fault' in outcome)
		throw new UserError(outcome.fault.message, { description: outcome.fault.description });
	landed.set(key, outcome.login);
	return outcome.login;
}

function takeOff(key: string, helper: IHttpRequestHelper, account: Account): Flight {
	const abandon = new AbortController();
	const flight: Flight = { outcome: obtain(helper, account, abandon.signal), waiting: 0, abandon };
	underWay.set(key, flight);
	const land = () => {
		if (underWay.get(key) === flight) underWay.delete(key);
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
		return { fault: loginFault(reply, account) };
	}
	return {
		login: { accessToken, metadata: metadataFor(account, tokenLifeMs(accessToken, reply.date), receivedAt) },
	};
}

/** Why a login gave no token. Progeny documents 401 (wrong, or not active) and 400 (a field is missing). */
function loginFault(reply: Reply, account: Account): Fault {
	if (reply.kind === 'refusal') return reply.fault;
	if (reply.kind === 'silence') return faults.unreachable(reply.reason);
	const { status, body } = reply;
	const words = wordsOf(body, spellingsOf(account.password));
	if (status === 401 || (status === 400 && words !== '')) return faults.loginRejected(status, words);
	if (status === 403) return faults.forbidden(words);
	if (status === 429) return faults.rateLimited(words);
	if (status >= 300 && status < 400) return faults.redirected(status);
	if (status >= 500) return faults.unavailable(status);
	return faults.badLoginResponse(status, kindOf(body));
}
