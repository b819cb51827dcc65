import type { ProgenyError } from '../errors/error';
import { quote } from '../util/quote';
import { isRecord } from '../util/values';

/** What came back from a request to Progeny, whatever it was: the transport never throws on an answer. */
export type Reply =
	/** An HTTP answer of any status. `body` is parsed JSON where it was JSON, else text. */
	| { kind: 'answer'; status: number; body: unknown; retryAfter?: string }
	/** No answer. `sent` is false only where the request certainly did not reach Progeny. `reason` is safe to show. */
	| { kind: 'silence'; sent: boolean; reason: string }
	/** The request was not made at all: the login failed, or the settings forbid it. */
	| { kind: 'refusal'; error: ProgenyError };

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
 * What a Progeny answer says in words: Django REST Framework's `detail`, or its messages per field ("uuid: This field is
 * required."). Made safe by `quote`. Empty where the body says nothing readable (HTML, another shape).
 */
export function wordsOf(body: unknown, secrets: readonly string[] = []): string {
	return quote(plainWords(body), secrets);
}

function plainWords(body: unknown): string {
	if (!isRecord(body)) return '';
	for (const key of ['detail', 'message', 'error']) {
		const text = body[key];
		if (typeof text === 'string') return text;
	}
	return Object.entries(body)
		.map(
			([field, messages]) =>
				[field, [messages].flat().filter((message) => typeof message === 'string')] as const,
		)
		.filter(([, messages]) => messages.length > 0)
		.map(([field, messages]) => `${field}: ${messages.join(' ')}`)
		.join('; ');
}

/** Whether a body is an HTML page, such as a proxy or another web site answers with. */
export function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^\s*<(!doctype|html|\?xml|head|body)/i.test(body);
}

/** Names the kind of an unexpected body, for a message: "an HTML page", "an empty answer", "a list", ... */
export function kindOf(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty answer';
	if (typeof body === 'string') return isPage(body) ? 'an HTML page' : 'a text';
	if (Array.isArray(body)) return 'a list';
	return typeof body === 'object' ? 'JSON of another form' : `a ${typeof body}`;
}
