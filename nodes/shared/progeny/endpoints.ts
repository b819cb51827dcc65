import { messages } from '../errors/messages';
import { hasEncoded } from '../util/encoded';
import { trimmed } from '../util/trimmed';

/** Progeny's production API, the only base URL in its documentation. */
export const DEFAULT_BASE_URL = 'https://be.progeny.tech/api/v3';

/** The path to poll a task, with its ID in the query parameter `id` (documented). */
export const TASK_PATH = '/services/task/';

/** The task ID that the credential's test polls: the nil UUID, which no task has. */
export const PROBE_TASK_ID = '00000000-0000-0000-0000-000000000000';

/** True for a possible task ID. Progeny's are version-4 UUIDs (documented); other IDs are accepted, encoded data is not. */
export const isTaskId = (text: unknown): text is string =>
	typeof text === 'string' && /^[A-Za-z0-9_.:-]{1,200}$/.test(text) && !hasEncoded(text);

/**
 * Returns a credential's Base URL, trimmed and without trailing slashes. Accepts plain http only for loopback and private hosts, which
 * may be a sandbox or a proxy. Throws UNREACHABLE, also for a user name, a query or a fragment.
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

/** Returns the absolute URL of a request. Rejects a URL outside the base URL, so the token cannot leak. Throws UNREACHABLE. */
export function urlUnder(baseUrl: string, pathOrUrl: string): string {
	if (pathOrUrl.startsWith('/') && !pathOrUrl.startsWith('//')) return baseUrl + pathOrUrl;
	const url = URL.canParse(pathOrUrl) ? new URL(pathOrUrl).href : '';
	if (!url.startsWith(`${baseUrl}/`)) {
		throw messages.badBaseUrl('is the only place its access token is sent to; this request goes elsewhere');
	}
	return url;
}

/** True for loopback and private IPv4 and IPv6 addresses, single-label names and names under .local, .internal, .localhost. */
function isPrivateHost(hostname: string): boolean {
	if (hostname.startsWith('[')) return /^\[(::1|f[cd][0-9a-f]{2}:.*)\]$/.test(hostname);
	if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) {
		return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname);
	}
	return !hostname.includes('.') || /\.(local|internal|localhost)$/.test(hostname);
}

/**
 * True if a URL's host is in a credential's list of allowed domains: the host itself, or any name below `*.example.com`; case and a
 * final dot do not count. The same rule as n8n's isDomainAllowed, whose arguments differ in n8n-workflow 1.120 and 2.41.
 */
export function isHostAllowed(url: string, allowedDomains: string): boolean {
	const normal = (name: string) => name.trim().toLowerCase().replace(/\.$/, '');
	const host = normal(new URL(url).hostname);
	return allowedDomains
		.split(',')
		.map(normal)
		.some((domain) => (domain.startsWith('*.') ? host.endsWith(domain.slice(1)) : host === domain));
}
