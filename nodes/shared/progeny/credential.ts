import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, urlUnder } from './baseUrl';
import { messages } from '../errors/messages';
import { asUserError } from '../errors/n8nErrors';
import { PROBE_TASK_ID } from './endpoints';
import { isUsable, parseMetadata, type Account } from './token';

/** The credential type that every Progeny node uses. */
export const CREDENTIAL = 'progenyApi';

/** A login no older than this (ms) is fresh enough for the credential's test. */
const FRESH_LOGIN_MS = 5_000;

/** The account a credential stands for. Throws a UserError where its base URL, or its list of allowed domains, cannot be used. */
export function accountOf(credentials: ICredentialDataDecryptedObject): Account {
	return asUserError(() => {
		if (allowedDomains(credentials).allowedDomains?.trim() === '') {
			throw messages.notSent('the credential allows Specific Domains only, and names none');
		}
		return {
			baseUrl: checkedBaseUrl(credentials.baseUrl),
			username: String(credentials.username ?? ''),
			password: String(credentials.password ?? ''),
		};
	});
}

/** Whether the credential's token belongs to its account and may still be used at `now` (ms). Throws as accountOf does. */
export function hasUsableToken(credentials: ICredentialDataDecryptedObject, now: number): boolean {
	return isUsable(parseMetadata(credentials.tokenMetadata), accountOf(credentials), now);
}

/**
 * The request with the credential's base URL and access token, to be sent nowhere else. Where the token is of another
 * account (the credential was edited) or about to expire at `now` (ms), it throws what looks like a 401: n8n then logs in
 * and comes back, before anything is sent (n8n-core 1.122 and 2.41). The same where the credential has no receipt key yet, which
 * a login makes. Throws a UserError for a URL that is not under the base URL.
 */
export function authorized(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	now: number,
): IHttpRequestOptions {
	const account = accountOf(credentials);
	const metadata = parseMetadata(credentials.tokenMetadata);
	const isTest = requestOptions.qs?.id === PROBE_TASK_ID;
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
		headers: { ...requestOptions.headers, Authorization: `Bearer ${String(credentials.accessToken)}` },
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
