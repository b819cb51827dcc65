import type { ProgenyError } from '../errors/error';

/** What the logins of one node run share. */
export interface Run {
	readonly signal: AbortSignal;
	/** Of its credential; undefined if n8n has assigned none. */
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

/** The run that this credential object belongs to; undefined for a login without a run, as in the credential's test. */
export function runOf(credential: object): Run | undefined {
	return runs.get(credential);
}

/** What the credential learns of a request that a node makes, and tells of it. */
export interface BoundRequest {
	/** True while its answer is wanted: only then may it be sent. */
	isWanted(): boolean;
	/** Called with the token and its metadata just before the request is sent with them. */
	leaving(token: unknown, metadata: unknown): void;
	/** Ends the request. n8n sets the execution's own signal before it asks the credential, which may replace it. */
	readonly signal: AbortSignal;
}

/** By a request's headers, an object of its own in each request. */
const requests = new WeakMap<object, BoundRequest>();

/**
 * Lets the credential know the request with these headers. n8n reads the credential and may log in before it sends a request, and
 * then asks only the credential.
 */
export function bindRequest(headers: object, request: BoundRequest): void {
	requests.set(headers, request);
}

/** The request with these headers; undefined for a request that no node makes. */
export function boundRequest(headers: unknown): BoundRequest | undefined {
	return typeof headers === 'object' && headers !== null ? requests.get(headers) : undefined;
}
