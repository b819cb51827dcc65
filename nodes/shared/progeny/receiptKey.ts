import { randomBytes } from 'node:crypto';
import { LruMap } from '../util/lru';
import type { Run } from './credentialRun';

/** The last key that was made in this process for each credential, by its ID, and when, in ms since 1970. */
const made = new LruMap<{ key: string; madeAt: number }>(100);

/**
 * The secret to sign a credential's receipts with, if it has none yet: 32 random bytes as text. It is not derived from the password,
 * which a receipt would then let one guess offline. A run that began before the last key of its credential was made may have read
 * the credential without it, and shares that key, so that logins side by side store the same one. A login without a run shares none.
 */
export function newReceiptKey(run: Pick<Run, 'credentialId' | 'begunAt'> | undefined): string {
	const key = randomBytes(32).toString('base64url');
	if (run?.credentialId === undefined) return key;
	const last = made.get(run.credentialId);
	if (last !== undefined && run.begunAt <= last.madeAt) return last.key;
	made.set(run.credentialId, { key, madeAt: Date.now() });
	return key;
}
