import type { ProgenyError } from '../errors/error';

/** What came back from a request to Progeny, whatever it was: the transport never throws on an answer. */
export type Reply =
	/** An HTTP answer of any status. `body` is parsed JSON where it was JSON, else text. `date` is its Date header. */
	| { kind: 'answer'; status: number; body: unknown; retryAfter?: string; date?: string }
	/** No answer. `sent` is false only where the request certainly did not reach Progeny. `reason` is safe to show. */
	| { kind: 'silence'; sent: boolean; reason: string }
	/** The request was not made at all; `isTransient` where another try may succeed a moment later. */
	| { kind: 'refusal'; error: ProgenyError; isTransient?: boolean };

/**
 * How long a Retry-After header asks to wait, in ms: seconds or an HTTP date (RFC 9110), measured from `now` (ms).
 * Undefined where there is none or it makes no sense (negative, text).
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string') return undefined;
	if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
	const wait = /[a-z]/i.test(header) ? Date.parse(header) - now : NaN;
	return wait >= 0 ? wait : undefined;
}

/**
 * Whether a body is a page of HTML or XML. Progeny answers in JSON: a page comes from something in front of it (a firewall, a
 * proxy, a bot check) or from another web site.
 */
export function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^[\s\ufeff]*<[!?a-z]/i.test(body);
}

/** Names the kind of an unexpected body, for a message: "an HTML page", "an empty answer", "a list", ... */
export function kindOf(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty answer';
	if (isPage(body)) return 'an HTML page';
	if (typeof body === 'string') return isBrokenJson(body) ? 'text that is not valid JSON' : 'a text';
	if (Array.isArray(body)) return 'a list';
	return typeof body === 'object' ? 'JSON of another form' : `a ${typeof body}`;
}

/** Whether a text was meant as JSON and is none: cut off, or with Python's NaN in it. n8n hands JSON over parsed. */
export function isBrokenJson(body: unknown): boolean {
	return typeof body === 'string' && /^[\s\ufeff]*[{[]/.test(body);
}
