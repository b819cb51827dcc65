import type { ProgenyError } from '../errors/error';

/** What the logins of one node run share. */
export interface Run {
	readonly signal: AbortSignal;
	/** When the run began, in ms since 1970. */
	readonly begunAt: number;
	/** Why a login failed, by the account's fingerprint: this run tries no other one for it. */
	readonly failedLogins: Map<string, ProgenyError>;
	/** The logins under way, with their repetitions, by the account's fingerprint. */
	readonly pendingLogins: Map<string, Promise<unknown>>;
}

/** By the credential object that a run shares with its logins. */
const runs = new WeakMap<object, Run>();

/** What the logins of a run that begins now share; `signal` ends them. */
export const openRun = (signal: AbortSignal): Run => ({
	signal,
	begunAt: Date.now(),
	failedLogins: new Map(),
	pendingLogins: new Map(),
});

/** Lets a login that is made with this credential object know its run, of which n8n tells it nothing. */
export function bindRun(credential: object, run: Run): void {
	runs.set(credential, run);
}

/** The run that this credential object belongs to; undefined where a login is no run's, as in the credential's test. */
export function runOf(credential: object): Run | undefined {
	return runs.get(credential);
}
