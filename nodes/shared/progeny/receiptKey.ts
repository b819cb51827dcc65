import { randomBytes } from 'node:crypto';
import { LruMap } from '../util/lru';
import type { Account } from './token';

/** Keys that were made in this process, by account, so that logins made side by side store the same one. */
const made = new LruMap<string>(100);

/**
 * The secret to sign an account's receipts with, for a credential that has none yet: 32 random bytes as text. It is not derived
 * from the password, which a receipt would then let one guess offline.
 */
export function newReceiptKey({ baseUrl, username }: Account): string {
	const account = JSON.stringify([baseUrl, username]);
	const key = made.get(account) ?? randomBytes(32).toString('base64url');
	made.set(account, key);
	return key;
}
