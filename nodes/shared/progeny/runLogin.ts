import type { IHttpRequestHelper } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { userError } from '../errors/n8nErrors';
import { LOGIN_RETRY_DELAYS_MS } from '../limits';
import { pause, retryDelay } from '../util/pause';
import type { LoginScope } from './hostBridge';
import { logIn, tryLogin } from './login';
import { fingerprint, type Account, type Login } from './token';

/**
 * Logs in for a node run, or once without a run (the credential's test). All items of a run share the login and its outcome. Only a
 * transient failure is retried, with three attempts in all. Once a login has failed, the run tries no other one: each attempt may
 * prolong a lock of the account. Never returns the token `refused`. Throws a UserError as `logIn` does.
 */
export async function logInFor(
	scope: LoginScope | undefined,
	helper: IHttpRequestHelper,
	account: Account,
	refused: unknown,
): Promise<Login> {
	if (scope === undefined) return await logIn(helper, account);
	const key = fingerprint(account);
	const failed = scope.failedLogins.get(key);
	if (failed !== undefined) throw userError(failed);
	const pending = scope.pendingLogins.get(key);
	if (pending !== undefined) return await pending;
	const login = logInWithRetries(scope, key, helper, account, refused);
	scope.pendingLogins.set(key, login);
	try {
		return await login;
	} finally {
		scope.pendingLogins.delete(key);
	}
}

async function logInWithRetries(
	scope: LoginScope,
	key: string,
	helper: IHttpRequestHelper,
	account: Account,
	refused: unknown,
): Promise<Login> {
	for (let attempt = 0; ; attempt++) {
		const outcome = await tryLogin(helper, account, scope.signal, scope.begunAt, refused);
		if ('login' in outcome) return outcome.login;
		const { error, isTransient, waitMs } = outcome;
		const delay = isTransient ? retryDelay(LOGIN_RETRY_DELAYS_MS, attempt, waitMs) : undefined;
		if (delay === undefined) {
			scope.failedLogins.set(key, error);
			throw userError(error);
		}
		await pause(delay, scope.signal);
		if (scope.signal.aborted) throw userError(messages.canceled());
	}
}
