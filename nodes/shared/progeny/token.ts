import { hash } from 'node:crypto';
import { LruMap } from '../util/lru';
import { recordFromJson } from '../util/values';

/** An account. A token obtained for one must not be used for another. */
export interface Account {
	baseUrl: string;
	username: string;
	password: string;
}

/** The metadata stored with a token, as JSON: whose it is, and until when it is usable. Times in ms since 1970, local clock. */
export interface TokenMetadata {
	fingerprint: string;
	obtainedAt: number;
	expiresAt: number;
}

/** An access token with its metadata, as they are stored. */
export interface Token {
	readonly accessToken: unknown;
	readonly metadata: TokenMetadata | undefined;
}

/** The access token that a login returned. */
export interface Login {
	readonly accessToken: string;
	readonly metadata: TokenMetadata;
}

/** Progeny's documented life of an access token, in ms. */
const DOCUMENTED_LIFE_MS = 5 * 60_000;
/** A token is unusable this long before its end, so no upload starts with one about to expire; at most a quarter of its life. */
const MARGIN_MS = 30_000;

/** Returns a hash that changes with the base URL, the username and the password, and reveals none of them. */
export function fingerprint(account: Account): string {
	return hash('sha256', JSON.stringify([account.baseUrl, account.username, account.password]));
}

/**
 * Returns the life of a token just received, in ms: its `exp` claim against the server's own Date header, so a wrong local clock does
 * no harm (Progeny's tokens have no `iat`). Five minutes, as documented, if either is missing or invalid.
 */
export function tokenLifeMs(token: string, dateHeader: unknown): number {
	const expiresAt = expiryOf(token);
	const servedAt = typeof dateHeader === 'string' ? Date.parse(dateHeader) : NaN;
	const life = expiresAt === undefined ? NaN : expiresAt - servedAt;
	return life > 0 && Number.isFinite(life) ? life : DOCUMENTED_LIFE_MS;
}

function expiryOf(token: string): number | undefined {
	const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
	const exp = recordFromJson(claims)?.exp;
	return typeof exp === 'number' ? exp * 1000 : undefined;
}

/** Returns the metadata to store with a token that was received at `now` (ms) and lives `lifeMs`. */
export function metadataFor(account: Account, lifeMs: number, now: number): TokenMetadata {
	return {
		fingerprint: fingerprint(account),
		obtainedAt: now,
		expiresAt: now + lifeMs - Math.min(MARGIN_MS, lifeMs / 4),
	};
}

/** Reads stored metadata; undefined if there is none or it is invalid. */
export function parseMetadata(stored: unknown): TokenMetadata | undefined {
	const { fingerprint, obtainedAt, expiresAt } = (typeof stored === 'string' && recordFromJson(stored)) || {};
	const isValid =
		typeof fingerprint === 'string' && typeof obtainedAt === 'number' && typeof expiresAt === 'number';
	return isValid ? { fingerprint, obtainedAt, expiresAt } : undefined;
}

/** Returns when a token really ends, in ms by the local clock; `expiresAt` is some time before. */
export function endOf({ obtainedAt, expiresAt }: TokenMetadata): number {
	const usedMs = expiresAt - obtainedAt;
	return expiresAt + Math.min(MARGIN_MS, usedMs / 3);
}

/** True if a stored token belongs to this account and is usable at `now` (ms). */
export function isUsable(metadata: TokenMetadata | undefined, account: Account, now: number): boolean {
	return metadata !== undefined && metadata.fingerprint === fingerprint(account) && now < metadata.expiresAt;
}

/** The last token of each account that this process obtained or saw served, by the account's fingerprint. */
const proven = new LruMap<string>(100);

/** Remembers a token that this process obtained or saw served. */
export const proveToken = (account: string, token: unknown): void => {
	if (typeof token === 'string') proven.set(account, token);
};

/** True if this process obtained the token or saw it served. */
export const isProven = (account: string, token: unknown): boolean => proven.get(account) === token;
