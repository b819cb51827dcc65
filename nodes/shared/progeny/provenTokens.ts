import { LruMap } from '../util/lru';

/** The last token of each account that this process obtained or saw served, by the account's fingerprint. */
const proven = new LruMap<string>(100);

/** Notes a token that this process obtained, or that Progeny answered to. */
export const proveToken = (account: string, token: unknown): void => {
	if (typeof token === 'string') proven.set(account, token);
};

/** True if this process obtained the token or saw it served. */
export const isProven = (account: string, token: unknown): boolean => proven.get(account) === token;
