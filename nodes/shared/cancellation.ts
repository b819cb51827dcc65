/** By the credential object that a run shares with its logins: the signal that the run was stopped. */
const signals = new WeakMap<object, AbortSignal>();

/** Lets a login that is made with this credential object end with the run. n8n itself tells a login nothing of a Stop. */
export function cancelWith(credential: object, signal: AbortSignal): void {
	signals.set(credential, signal);
}

/** The signal of the run that this credential object belongs to; undefined where a login is no run's, as in the credential's test. */
export function cancelSignalOf(credential: object): AbortSignal | undefined {
	return signals.get(credential);
}
