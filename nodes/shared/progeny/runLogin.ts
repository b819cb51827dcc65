import type { IHttpRequestHelper } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { userError } from '../errors/n8nErrors';
import { LOGIN_RETRY_DELAYS_MS, MAX_RETRY_AFTER_MS } from '../limits';
import { pause } from '../util/pause';
import type { Run } from './credentialRun';
import { logIn, tryLogin, type Login } from './login';
import { fingerprint, type Account } from './token';

/**
 * Logs in for a run of a node, or once without a run (the credential's test). All items of the run share the login and
 * its outcome. Only a transient failure is tried again, three attempts in all; Retry-After is waited for up to a minute. Once
 * a login has failed, the run tries no other one: each attempt may prolong a lock of the account. `refused` is a token that
 * must not be given again. Throws a UserError as logIn does.
 */
export async function logInFor(
	run: Run | undefined,
	helper: IHttpRequestHelper,
	account: Account,
	refused: unknown,
): Promise<Login> {
	if (run === undefined) return await logIn(helper, account);
	const key = fingerprint(account);
	const failed = run.failedLogins.get(key);
	if (failed !== undefined) throw userError(failed);
	const pending = run.pendingLogins.get(key) as Promise<Login> | undefined;
	if (pending !== undefined) return await pending;
	const login = logInRepeatedly(run, key, helper, account, refused);
	run.pendingLogins.set(key, login);
	try {
		return await login;
	} finally {
		run.pendingLogins.delete(key);
	}
}

async function logInRepeatedly(
	run: Run,
	key: string,
	helper: IHttpRequestHelper,
	account: Account,
	refused: unknown,
): Promise<Login> {
	for (let attempt = 0; ; attempt++) {
		const outcome = await tryLogin(helper, account, run.signal, run.begunAt, refused);
		if ('login' in outcome) return outcome.login;
		if (run.signal.aborted) throw userError(messages.canceled());
		const { error, isTransient, waitMs } = outcome;
		const delay = LOGIN_RETRY_DELAYS_MS[attempt];
		if (!isTransient || delay === undefined || (waitMs ?? 0) > MAX_RETRY_AFTER_MS) {
			run.failedLogins.set(key, error);
			throw userError(error);
		}
		await pause(Math.max(waitMs ?? 0, delay * (0.75 + Math.random() / 2)), run.signal);
		if (run.signal.aborted) throw userError(messages.canceled());
	}
}
