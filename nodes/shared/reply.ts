import type { Fault } from './faults';

/** What came back from a request to Progeny, whatever it was: the transport never throws on an answer. */
export type Reply =
	/** An HTTP answer of any status. `body` is parsed JSON where it was JSON, else text. */
	| { kind: 'answer'; status: number; body: unknown; retryAfter?: string }
	/** No answer. `sent` is false only where the request certainly did not reach Progeny. `reason` is safe to show. */
	| { kind: 'silence'; sent: boolean; reason: string }
	/** The request was not made at all: the login failed, or the settings forbid it. */
	| { kind: 'refusal'; fault: Fault };

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
