import { messages } from '../errors/messages';
import { trimmed } from '../util/trimmed';

/** Progeny's production API, the only base URL in its documentation. */
export const DEFAULT_BASE_URL = 'https://be.progeny.tech/api/v3';

/**
 * Returns a credential's Base URL without trailing slashes and invisible ends. Accepts plain http only for loopback and private hosts,
 * which may be a sandbox or a proxy. Throws UNREACHABLE, also for a user name, a query or a fragment.
 */
export function checkedBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? trimmed(value) : '';
	if (text === '') throw messages.badBaseUrl('is empty');
	if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) throw messages.badBaseUrl('must start with https://');
	if (!URL.canParse(text)) throw messages.badBaseUrl('is not a URL');
	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw messages.badBaseUrl('must start with https://');
	if (url.username !== '' || url.password !== '')
		throw messages.badBaseUrl('must not contain a username or password');
	if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) {
		throw messages.badBaseUrl('must not contain a question mark or a hash sign');
	}
	if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
		throw messages.badBaseUrl(
			'uses http, which would send the password and the photos unencrypted; use https',
		);
	}
	return withoutTrailingSlashes(`${url.origin}${url.pathname}`);
}

function withoutTrailingSlashes(url: string): string {
	let end = url.length;
	while (url[end - 1] === '/') end--;
	return url.slice(0, end);
}

/**
 * The absolute URL of a request under the base URL. A path is appended; a URL that is absolute already must lie under the
 * base URL, for the access token goes to no other place. Throws UNREACHABLE.
 */
export function urlUnder(baseUrl: string, pathOrUrl: string): string {
	if (pathOrUrl.startsWith('/') && !pathOrUrl.startsWith('//')) return baseUrl + pathOrUrl;
	const url = URL.canParse(pathOrUrl) ? new URL(pathOrUrl).href : '';
	if (!url.startsWith(`${baseUrl}/`)) {
		throw messages.badBaseUrl('is the only place its access token is sent to; this request goes elsewhere');
	}
	return url;
}

/** Loopback and private IPv4 and IPv6 addresses, single-label names and names under .local, .internal, .localhost. */
function isPrivateHost(hostname: string): boolean {
	if (hostname.startsWith('[')) return /^\[(::1|f[cd][0-9a-f]{2}:.*)\]$/.test(hostname);
	if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) {
		return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname);
	}
	return !hostname.includes('.') || /\.(local|internal|localhost)$/.test(hostname);
}
