import { createHash } from 'node:crypto';
import { isRecord } from '../util/values';

/** What identifies an account: a token obtained with one set of these must not serve another. */
export interface Account {
	baseUrl: string;
	username: string;
	password: string;
}

/** What is stored beside a token, as JSON, to know whose it is and until when it may be used. Times in ms since 1970, local clock. */
export interface TokenMetadata {
	fingerprint: string;
	obtainedAt: number;
	expiresAt: number;
}

/** Progeny's documented life of an access token, in ms. */
const DOCUMENTED_LIFE_MS = 5 * 60_000;
/** A token is given up this long before its end, so that no upload starts with one about to die; at most a quarter of its life. */
const MARGIN_MS = 30_000;

/** A hash that changes with the base URL, the username and the password, and shows none of them. */
export function fingerprint(account: Account): string {
	return createHash('sha256')
		.update(JSON.stringify([account.baseUrl, account.username, account.password]))
		.digest('hex');
}

/**
 * How long a token just received lives, in ms: its `exp` claim against the server's own Date header, so that a wrong
 * local clock does no harm (Progeny's tokens carry no `iat`). Five minutes, as documented, if either cannot be read.
 */
export function tokenLifeMs(token: string, dateHeader: unknown): number {
	const expiresAt = expiryOf(token);
	const servedAt = typeof dateHeader === 'string' ? Date.parse(dateHeader) : NaN;
	const life = expiresAt === undefined ? NaN : expiresAt - servedAt;
	return life > 0 && Number.isFinite(life) ? life : DOCUMENTED_LIFE_MS;
}

function expiryOf(token: string): number | undefined {
	try {
		const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
		return isRecord(claims) && typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
	} catch {
		return undefined;
	}
}

/** The metadata to store with a token that was received at `now` (ms) and lives `lifeMs`. */
export function metadataFor(account: Account, lifeMs: number, now: number): TokenMetadata {
	return {
		fingerprint: fingerprint(account),
		obtainedAt: now,
		expiresAt: now + lifeMs - Math.min(MARGIN_MS, lifeMs / 4),
	};
}

/** Reads stored metadata; undefined if there is none or it cannot be read. */
export function parseMetadata(stored: unknown): TokenMetadata | undefined {
	if (typeof stored !== 'string' || stored === '') return undefined;
	try {
		const data: unknown = JSON.parse(stored);
		if (!isRecord(data)) return undefined;
		const { fingerprint, obtainedAt, expiresAt } = data;
		if (typeof fingerprint !== 'string' || typeof obtainedAt !== 'number' || typeof expiresAt !== 'number')
			return undefined;
		return { fingerprint, obtainedAt, expiresAt };
	} catch {
		return undefined;
	}
}

/** When a token really ends, by the local clock in ms: its metadata hold the moment up to which it is used, some time before. */
export function endOf({ obtainedAt, expiresAt }: TokenMetadata): number {
	const usedMs = expiresAt - obtainedAt;
	return expiresAt + Math.min(MARGIN_MS, usedMs / 3);
}

/** True if a stored token belongs to this account and may still be used at `now` (ms). */
export function isUsable(metadata: TokenMetadata | undefined, account: Account, now: number): boolean {
	return metadata !== undefined && metadata.fingerprint === fingerprint(account) && now < metadata.expiresAt;
}
