import type { ProgenyError } from '../errors/error';

/** An HTTP answer of any status. `body` is parsed JSON, else text; `date` is the Date header. */
export interface Answer {
	kind: 'answer';
	status: number;
	body: unknown;
	retryAfter?: string | undefined;
	date?: string | undefined;
}

/** The reply to a request, whatever it was: requests to Progeny never throw. */
export type Reply =
	| Answer
	/**
	 * No answer. `sent` is false only if the request certainly did not reach Progeny. `reason` is our own text, `words` n8n's or the
	 * HTTP client's, sanitized.
	 */
	| { kind: 'noAnswer'; sent: boolean; reason: string; words?: string }
	/** An unreadable answer. `reason` is our own text. */
	| { kind: 'badBody'; status: number; reason: string }
	/** The request was not made. `isTransient` if another try may succeed a moment later. */
	| { kind: 'notSent'; error: ProgenyError; isTransient?: boolean };

/** Request Timeout, Misdirected Request, Too Early, Too Many Requests (RFC 9110, 8470, 6585). */
const TRANSIENT = new Set([408, 421, 425, 429]);

/** True if the same request may succeed a moment later: 408, 421, 425, 429 and every 5xx. */
export const isTransientStatus = (status: number): boolean => TRANSIENT.has(status) || status >= 500;

/** True for a redirect, which is never followed: another host could receive the token. */
export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/**
 * Returns the wait that an answer's Retry-After asks for, in ms: seconds, also decimal, or an HTTP date (RFC 9110). A date is measured
 * from the answer's own Date, so a wrong local clock does no harm, or from `now` (ms) if it has none. Undefined if it is missing or
 * invalid (negative, text).
 */
export function retryAfterMs({ retryAfter, date }: Partial<Answer>, now: number): number | undefined {
	const text = typeof retryAfter === 'string' ? retryAfter.slice(0, 100).trim() : '';
	if (/^\d+(\.\d*)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const servedAt = typeof date === 'string' ? Date.parse(date) : NaN;
	const wait = /[a-z]/i.test(text) ? Date.parse(text) - (Number.isNaN(servedAt) ? now : servedAt) : NaN;
	return wait >= 0 ? wait : undefined;
}

/** True for a page of HTML or XML. Progeny answers in JSON, so a firewall, proxy or bot check in front of it sent the page. */
export function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^[\s\ufeff]*<[!?a-z]/i.test(body);
}

/** True if a reply refuses the token. A page with status 401 is not Progeny's, so a new token would not help. */
export const isUnauthorized = (reply: Reply): reply is Answer & { status: 401 } =>
	reply.kind === 'answer' && reply.status === 401 && !isPage(reply.body);

/** Returns the kind of an unexpected body in our own words: "an HTML page", "an empty answer", "a list", ... */
export function kindOf(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty answer';
	if (isPage(body)) return 'an HTML page';
	if (typeof body === 'string') return isBrokenJson(body) ? 'text that is not valid JSON' : 'a text';
	if (Array.isArray(body)) return 'a list';
	return typeof body === 'object' ? 'JSON of another form' : `a ${typeof body}`;
}

/** True for a text that looks like JSON but did not parse: truncated, or with NaN in it. */
export function isBrokenJson(body: unknown): boolean {
	return typeof body === 'string' && /^[\s\ufeff]*[{[]/.test(body);
}
