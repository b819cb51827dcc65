import { randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { asUserError } from '../errors/n8nErrors';
import { LruMap } from '../util/lru';
import { checkedBaseUrl, isHostAllowed, urlUnder } from './endpoints';
import type { LoginScope } from './hostBridge';
import { isUsable, parseMetadata, type Account } from './token';

/** The credential type of all Progeny nodes. */
export const CREDENTIAL = 'progenyApi';

/** The header that marks the request of the credential's test, which needs a fresh login. It is removed before sending. */
export const TEST_HEADER = 'x-progeny-credential-test';

/** The maximum age in ms of a login that the credential's test accepts. */
const FRESH_LOGIN_MS = 5_000;

/**
 * Returns the account of a credential. Throws a UserError if its base URL is unusable, or if its allowed domains do not include the
 * host: n8n 1.x does not apply that list to a login.
 */
export function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	return asUserError(() => {
		const domains = allowedDomains(credentials).allowedDomains;
		const baseUrl = checkedBaseUrl(credentials.baseUrl);
		if (domains !== undefined && !isHostAllowed(baseUrl, domains)) {
			throw messages.hostNotAllowed(
				'the Allowed Domains of the credential do not include the host of its Base URL',
			);
		}
		return {
			baseUrl,
			username: String(credentials.username ?? ''),
			password: String(credentials.password ?? ''),
		};
	});
}

/** True if the credential's token belongs to its account and is usable at `now` (ms). Throws as `accountOf` does. */
export function hasUsableToken(credentials: ICredentialDataDecryptedObject, now: number): boolean {
	return isUsable(parseMetadata(credentials.tokenMetadata), accountOf(credentials), now);
}

/**
 * Returns the request with the credential's base URL and access token. If the token is missing, about to expire at `now` (ms) or for
 * another account (the credential was edited), throws a fake 401: n8n then logs in and retries, before anything is sent (n8n-core
 * 1.122 and 2.41). Does the same if the credential has no receipt key yet: a login makes one. Throws a UserError for a URL that is not
 * under the base URL.
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	now: number,
): IHttpRequestOptions {
	const account = accountOf(credentials);
	const metadata = parseMetadata(credentials.tokenMetadata);
	const { [TEST_HEADER]: testMark, ...headers } = { ...requestOptions.headers };
	const isTest = testMark !== undefined;
	const hasReceiptKey = credentials.receiptKey !== undefined && credentials.receiptKey !== '';
	if (
		!hasReceiptKey ||
		!isUsable(metadata, account, now) ||
		(isTest && now - (metadata?.obtainedAt ?? 0) > FRESH_LOGIN_MS)
	) {
		throw needsLogin();
	}
	const request: IHttpRequestOptions = {
		...requestOptions,
		url: asUserError(() => urlUnder(account.baseUrl, targetOf(requestOptions))),
		headers: { ...headers, Authorization: `Bearer ${String(credentials.accessToken)}` },
		// n8n's HTTP Request node follows redirects, which could send the token to any host.
		sendCredentialsOnCrossOriginRedirect: false,
		...allowedDomains(credentials),
	};
	delete request.baseURL;
	return request;
}

/** Returns the request's own URL; n8n's HTTP Request node calls it `uri`. */
function targetOf(requestOptions: IHttpRequestOptions & { uri?: unknown }): string {
	return requestOptions.url || String(requestOptions.uri ?? '');
}

/** Returns n8n's "Allowed HTTP Request Domains" of the credential, which only n8n's own nodes apply by themselves. */
function allowedDomains(credentials: ICredentialDataDecryptedObject): { allowedDomains?: string } {
	const { allowedHttpRequestDomains: mode, allowedDomains: domains } = credentials;
	return mode === 'domains' ? { allowedDomains: String(domains ?? '') } : {};
}

function needsLogin(): Error {
	return Object.assign(new Error('The Progeny access token must be renewed'), {
		response: { status: 401 },
	});
}

/** The last receipt key made in this process, by the credential's ID; `madeAt` in ms since 1970. */
const receiptKeys = new LruMap<{ key: string; madeAt: number }>(100);

/**
 * Returns a secret to sign a credential's receipts with: 32 random bytes as text. A key derived from the password would allow offline
 * guessing. A run that began before the last key of its credential was made may have read the credential without it, and gets that
 * key, so concurrent logins store the same one. Without a run, the key is always new.
 */
export function newReceiptKey(scope: Pick<LoginScope, 'credentialId' | 'begunAt'> | undefined): string {
	const key = randomBytes(32).toString('base64url');
	if (scope?.credentialId === undefined) return key;
	const last = receiptKeys.get(scope.credentialId);
	if (last !== undefined && scope.begunAt <= last.madeAt) return last.key;
	receiptKeys.set(scope.credentialId, { key, madeAt: Date.now() });
	return key;
}
