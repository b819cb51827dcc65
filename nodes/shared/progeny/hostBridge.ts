/*
 * The facts that n8n does not pass to the hooks of a credential: to `preAuthentication`, the run that it logs in for; to
 * `authenticate`, the request.
 */
import type { ProgenyError } from '../errors/error';
import type { Login } from './token';

/** The state that the logins of one node run share. */
export interface LoginScope {
	/** Aborts when the run is canceled. */
	readonly signal: AbortSignal;
	/** The ID of the run's credential; undefined if n8n has assigned none. */
	readonly credentialId: string | undefined;
	/** When the run began, in ms since 1970. */
	readonly begunAt: number;
	/** Why a login failed, by the account's fingerprint: the run tries no other login for that account. */
	readonly failedLogins: Map<string, ProgenyError>;
	/** The logins in progress with their retries, by the account's fingerprint. */
	readonly pendingLogins: Map<string, Promise<Login>>;
}

/** Returns the scope of a run that begins now. */
export const newLoginScope = (signal: AbortSignal, credentialId?: string | null): LoginScope => ({
	signal,
	credentialId: credentialId ?? undefined,
	begunAt: Date.now(),
	failedLogins: new Map(),
	pendingLogins: new Map(),
});

const scopes = new WeakMap<object, LoginScope>();

/** Ties a credential object to its run. */
export function bindLoginScope(credential: object, scope: LoginScope): void {
	scopes.set(credential, scope);
}

/** Returns the scope of a credential object; undefined without a run, as in the credential's test. */
export function loginScopeOf(credential: object): LoginScope | undefined {
	return scopes.get(credential);
}

/** A request of a node, as the credential sees it. */
export interface BoundRequest {
	/** True while its answer is wanted: only then may it be sent. */
	isWanted(): boolean;
	/** Called with the token and its metadata just before the request is sent with them. */
	leaving(token: unknown, metadata: unknown): void;
	/** Ends the request. It replaces the execution's own signal, which n8n sets before it calls the credential. */
	readonly signal: AbortSignal;
}

/** By the object of a request's headers, which no other request shares. */
const requests = new WeakMap<object, BoundRequest>();

/**
 * Ties the headers of a request to it. n8n may read the credential and log in first; `authenticate` is the last hook before it
 * sends.
 */
export function bindRequest(headers: object, request: BoundRequest): void {
	requests.set(headers, request);
}

/** Returns the request with these headers; undefined if no node made it. */
export function boundRequest(headers: unknown): BoundRequest | undefined {
	return typeof headers === 'object' && headers !== null ? requests.get(headers) : undefined;
}
