interface Run {
	signal: AbortSignal;
	begunAt: number;
}

/** By the credential object that a run shares with its logins. */
const runs = new WeakMap<object, Run>();

/**
 * Lets a login that is made with this credential object end with the run, and know when the run began (ms since 1970). n8n itself
 * tells a login nothing of either.
 */
export function bindRun(credential: object, signal: AbortSignal, begunAt: number): void {
	runs.set(credential, { signal, begunAt });
}

/** The run that this credential object belongs to; undefined where a login is no run's, as in the credential's test. */
export function runOf(credential: object): Run | undefined {
	return runs.get(credential);
}
