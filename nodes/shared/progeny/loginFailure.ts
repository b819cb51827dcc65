import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { isRecord } from '../util/values';
import { redactorOf } from './redact';
import { isPage, kindOf, retryAfterMs, type Reply } from './reply';
import { wordsOf } from './words';

/** Why a login gave no token. Where it is transient, another attempt may succeed, after `waitMs` if the server asked for that. */
export interface LoginFailure {
	error: ProgenyError;
	isTransient: boolean;
	waitMs?: number | undefined;
}

/**
 * Reads a reply without a token. Progeny documents 401 (wrong, or not active) and 400 (a field is missing). `now` in ms since
 * 1970.
 */
export function loginFailure(reply: Reply, password: string, now: number): LoginFailure {
	if (reply.kind === 'refusal') return { error: reply.error, isTransient: reply.isTransient === true };
	if (reply.kind === 'silence')
		return { error: messages.unreachable(reply.reason, reply.words), isTransient: true };
	if (reply.kind === 'unreadable')
		return { error: messages.badLoginResponse(reply.status, reply.reason), isTransient: false };
	const error = loginError(reply.status, reply.body, password);
	const isTransient = MAYBE_OVER_SOON.has(reply.status) || reply.status >= 500;
	return { error, isTransient, waitMs: retryAfterMs(reply, now) };
}

/** Request Timeout, Misdirected Request, Too Early, Too Many Requests (RFC 9110, 8470, 6585). */
const MAYBE_OVER_SOON = new Set([408, 421, 425, 429]);

function loginError(status: number, body: unknown, password: string): ProgenyError {
	const words = wordsOf(redactorOf([password])(body));
	if (status >= 300 && status < 400) return messages.redirected(status);
	if (status === 404) return messages.noLogin(status);
	if (status === 407) return messages.proxyRefused(status);
	if (status === 429) return messages.rateLimited(words);
	if (MAYBE_OVER_SOON.has(status) || status >= 500) return messages.unavailable(status);
	if (status < 300) return messages.noToken(status, saidBeside(redactorOf([password])(body)), kindOf(body));
	if (isPage(body)) return messages.pageInFront(status, body);
	if (status === 400 || status === 401) return messages.loginRejected(status, words);
	if (status === 403) return messages.loginForbidden(words);
	return messages.badLoginResponse(status, kindOf(body), words);
}

/** A word this long may be a token. */
const LONGEST_WORD = 24;

/** What an answer with a success status says. It may hold a token, so only its own texts are quoted, and no long word. */
function saidBeside(body: unknown): string {
	if (!isRecord(body)) return '';
	const { detail, message, error, non_field_errors: errors } = body;
	const texts = [detail, message, error, ...(Array.isArray(errors) ? errors : [errors])];
	const words = texts.find((text) => typeof text === 'string' && text.trim() !== '');
	const isPlain = typeof words === 'string' && words.split(/\s/).every((word) => word.length <= LONGEST_WORD);
	return isPlain ? wordsOf({ detail: words }) : '';
}
