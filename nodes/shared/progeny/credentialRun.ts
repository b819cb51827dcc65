import type { ProgenyError } from '../errors/error';

/** What the logins of one node run share. */
export interface Run {
	readonly signal: AbortSignal;
	/** Of its credential; undefined if n8n gives it none. */
	readonly credentialId: string | undefined;
	/** When the run began, in ms since 1970. */
	readonly begunAt: number;
	/** Why a login failed, by the account's fingerprint: this run tries no other one for it. */
	readonly failedLogins: Map<string, ProgenyError>;
	/** The logins in progress, with their repetitions, by the account's fingerprint. */
	readonly pendingLogins: Map<string, Promise<unknown>>;
}

/** By the credential object that a run shares with its logins. */
const runs = new WeakMap<object, Run>();

/** What the logins of a run that begins now share; `signal` ends them. */
export const openRun = (signal: AbortSignal, credentialId?: string | null): Run => ({
	signal,
	credentialId: credentialId ?? undefined,
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

/** By a request's body: whether the request is still wanted. */
const uploads = new WeakMap<object, () => boolean>();

/**
 * Lets n8n send the request with this body only while it is wanted. n8n reads the credential and may log in before it sends a
 * request, and then asks nobody but the credential.
 */
export function bindUpload(body: object, isWanted: () => boolean): void {
	uploads.set(body, isWanted);
}

/** Whether a request with this body may be sent; true for a request that is nobody's upload. */
export function isUploadWanted(body: unknown): boolean {
	const isWanted = typeof body === 'object' && body !== null ? uploads.get(body) : undefined;
	return isWanted?.() ?? true;
}
