import type { ProgenyError } from '../errors/error';

/** An HTTP answer of any status. `body` is parsed JSON if it was JSON, else text. `date` is its Date header. */
export interface Answer {
	kind: 'answer';
	status: number;
	body: unknown;
	retryAfter?: string;
	date?: string;
}

/** What came back from a request to Progeny, whatever it was: the transport never throws on an answer. */
export type Reply =
	| Answer
	/**
	 * No answer. `sent` is false only if the request certainly did not reach Progeny. `reason` is our own text, `words` n8n's or the
	 * HTTP client's, sanitized.
	 */
	| { kind: 'silence'; sent: boolean; reason: string; words?: string }
	/** An answer that could not be read: `reason` says in our own words what it was. */
	| { kind: 'unreadable'; status: number; reason: string }
	/** The request was not made at all; `isTransient` if another try may succeed a moment later. */
	| { kind: 'refusal'; error: ProgenyError; isTransient?: boolean };

/** Request Timeout, Misdirected Request, Too Early, Too Many Requests (RFC 9110, 8470, 6585). */
const TRANSIENT = new Set([408, 421, 425, 429]);

/** True if the same request may succeed a moment later: 408, 421, 425, 429 and every 5xx. */
export const isTransientStatus = (status: number): boolean => TRANSIENT.has(status) || status >= 500;

/** True for a redirect, which is never followed: another host could receive the token. */
export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/**
 * How long an answer's Retry-After asks to wait, in ms: seconds, also decimal ones, which servers send, or an HTTP date (RFC 9110).
 * A date is measured from the answer's own Date, so that a wrong local clock does no harm; from `now` (ms) if it has none.
 * Undefined if there is none or it makes no sense (negative, text).
 */
export function retryAfterMs({ retryAfter, date }: Partial<Answer>, now: number): number | undefined {
	const text = typeof retryAfter === 'string' ? retryAfter.slice(0, 100).trim() : '';
	if (/^\d+(\.\d*)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const servedAt = typeof date === 'string' ? Date.parse(date) : NaN;
	const wait = /[a-z]/i.test(text) ? Date.parse(text) - (Number.isNaN(servedAt) ? now : servedAt) : NaN;
	return wait >= 0 ? wait : undefined;
}

/**
 * True for a page of HTML or XML. Progeny answers in JSON: a page comes from something in front of it (a firewall, a
 * proxy, a bot check) or from another web site.
 */
export function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^[\s\ufeff]*<[!?a-z]/i.test(body);
}

/** True if a reply refuses the token. A page under 401 comes from something in front of Progeny; no new token would help. */
export const isUnauthorized = (reply: Reply): reply is Answer & { status: 401 } =>
	reply.kind === 'answer' && reply.status === 401 && !isPage(reply.body);

/** Names the kind of an unexpected body, for a message: "an HTML page", "an empty answer", "a list", ... */
export function kindOf(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty answer';
	if (isPage(body)) return 'an HTML page';
	if (typeof body === 'string') return isBrokenJson(body) ? 'text that is not valid JSON' : 'a text';
	if (Array.isArray(body)) return 'a list';
	return typeof body === 'object' ? 'JSON of another form' : `a ${typeof body}`;
}

/** Looks like JSON but did not parse (truncated, or contains NaN): n8n hands valid JSON over parsed. */
export function isBrokenJson(body: unknown): boolean {
	return typeof body === 'string' && /^[\s\ufeff]*[{[]/.test(body);
}
