import { randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { asUserError } from '../errors/n8nErrors';
import { LruMap } from '../util/lru';
import type { LoginScope } from './hostBridge';
import { checkedBaseUrl, isHostAllowed, urlUnder } from './endpoints';
import { isUsable, parseMetadata, type Account } from './token';

/** The credential type that every Progeny node uses. */
export const CREDENTIAL = 'progenyApi';

/** Marks the request of the credential's test, which needs a fresh login. No node's request has it, and it is never sent. */
export const TEST_HEADER = 'x-progeny-credential-test';

/** A login no older than this (ms) is fresh enough for the credential's test. */
const FRESH_LOGIN_MS = 5_000;

/**
 * The account of a credential. Throws a UserError if its base URL cannot be used, or its list of allowed domains
 * does not include the host: n8n 1.x itself does not apply the list to a login.
 */
export function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	return asUserError(() => {
		const domains = allowedDomains(credentials).allowedDomains;
		if (domains?.trim() === '') {
			throw messages.notSent('the credential allows Specific Domains only, and names none');
		}
		const baseUrl = checkedBaseUrl(credentials.baseUrl);
		if (domains !== undefined && !isHostAllowed(baseUrl, domains)) {
			throw messages.notSent('the Allowed Domains of the credential do not include the host of its Base URL');
		}
		return {
			baseUrl,
			username: String(credentials.username ?? ''),
			password: String(credentials.password ?? ''),
		};
	});
}

/** True if the credential's token belongs to its account and may still be used at `now` (ms). Throws as accountOf does. */
export function hasUsableToken(credentials: ICredentialDataDecryptedObject, now: number): boolean {
	return isUsable(parseMetadata(credentials.tokenMetadata), accountOf(credentials), now);
}

/**
 * The request with the credential's base URL and access token, to be sent nowhere else. Where the token is of another
 * account (the credential was edited) or about to expire at `now` (ms), it throws what looks like a 401: n8n then logs in
 * and comes back, before anything is sent (n8n-core 1.122 and 2.41). The same if the credential has no receipt key yet, which
 * a login makes. Throws a UserError for a URL that is not under the base URL.
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
		// n8n's HTTP Request node follows redirects, and would send the token to any host.
		sendCredentialsOnCrossOriginRedirect: false,
		...allowedDomains(credentials),
	};
	delete request.baseURL;
	return request;
}

/** The request's own URL; n8n's HTTP Request node calls it `uri`. */
function targetOf(requestOptions: IHttpRequestOptions & { uri?: unknown }): string {
	return requestOptions.url || String(requestOptions.uri ?? '');
}

/** n8n's "Allowed HTTP Request Domains" of the credential, which only its own nodes apply by themselves. */
function allowedDomains(credentials: ICredentialDataDecryptedObject): { allowedDomains?: string } {
	const { allowedHttpRequestDomains: mode, allowedDomains: domains } = credentials;
	return mode === 'domains' ? { allowedDomains: String(domains ?? '') } : {};
}

function needsLogin(): Error {
	return Object.assign(new Error('The Progeny access token has to be renewed'), {
		response: { status: 401 },
	});
}

/** The last key that was made in this process for each credential, by its ID, and when, in ms since 1970. */
const made = new LruMap<{ key: string; madeAt: number }>(100);

/**
 * The secret to sign a credential's receipts with, if it has none yet: 32 random bytes as text. It is not derived from the password,
 * which a receipt would then let one guess offline. A run that began before the last key of its credential was made may have read
 * the credential without it, and shares that key, so that logins side by side store the same one. A login without a run shares none.
 */
export function newReceiptKey(scope: Pick<LoginScope, 'credentialId' | 'begunAt'> | undefined): string {
	const key = randomBytes(32).toString('base64url');
	if (scope?.credentialId === undefined) return key;
	const last = made.get(scope.credentialId);
	if (last !== undefined && scope.begunAt <= last.madeAt) return last.key;
	made.set(scope.credentialId, { key, madeAt: Date.now() });
	return key;
}
