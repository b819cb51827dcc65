import { boundedCopy, type CopyRules } from '../util/boundedCopy';
import { isDecimal, isRecord, isUuid, recordFromJson } from '../util/values';

/** Shorter secrets are removed only as they are: an encoding of them is too short to mean anything. */
const MIN_LENGTH_TO_ENCODE = 4;
const MIN_BASE64_LENGTH = 8;
/** Longer texts are cut; they are never shown. */
const MAX_TEXT_LENGTH = 1_000_000;

/** Keys the parser needs. They are never redacted, even if one equals the password. */
const KNOWN_KEYS = (
	'status result data authentication compare liveness success issues error error_code errors id uuid document background_check ' +
	'detail message probability quality score scorePercent matchScore is_valid is_expired dateOfBirth dateOfExpiry age fullName ' +
	'firstName lastName potential_match risk_level total_matches hits'
).split(' ');
const IS_KNOWN: ReadonlySet<string> = new Set(KNOWN_KEYS);

/** A task's states, as Celery and other queues write them. They are never redacted either. */
const STATES: readonly unknown[] =
	'SUCCESS FAILURE REVOKED REJECTED IGNORED FAILED ERROR CANCELED CANCELLED PENDING RECEIVED STARTED RETRY PROGRESS'.split(
		' ',
	);

/** Marks a truncated answer; as `errors` it also prevents a pass. */
const TRUNCATED = 'The answer is too large to be read whole.';

/**
 * Returns the encodings in which an answer may repeat a secret: plain, JSON (also ASCII only), URL, form, HTML, base64 and hex, with its
 * accents composed or not. Its capitals may be more letters (ß), which a pattern for any case does not match.
 */
function encodingsOf(secret: unknown): string[] {
	if (typeof secret !== 'string' || secret.trim() === '') return [];
	if (secret.length < MIN_LENGTH_TO_ENCODE) return [secret];
	const isAscii = /^[\x20-\x7e]*$/.test(secret);
	const forms = isAscii
		? [secret]
		: [secret, secret.normalize('NFC'), secret.normalize('NFD'), secret.toUpperCase()];
	return [...new Set(forms)].flatMap(encoded);
}

function encoded(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	const bytes = Buffer.from(secret);
	const byByte = bytes.toString('latin1');
	const url = byByte.replace(/[^\w.~-]/g, asPercent);
	return [
		secret,
		json,
		json.replace(/[^\x20-\x7e]/g, asEscape),
		json.replaceAll('/', '\\/'),
		json.replace(/[<>&']/g, asEscape),
		url,
		url.replaceAll('%20', '+'),
		byByte.replace(/[^\w.~!'()*-]/g, asPercent),
		...HTML_QUOTES.flatMap((quote) =>
			HTML_APOSTROPHES.map((apostrophe) => asHtml(secret, quote, apostrophe)),
		),
		bytes.toString('base64').replace(/={1,2}$/, ''),
		bytes.toString('base64url'),
		...[0, 1, 2].flatMap((before) => [within(bytes, before, 'base64'), within(bytes, before, 'base64url')]),
		bytes.toString('hex'),
	];
}

const asPercent = (byte: string) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
const asEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const HTML_QUOTES = ['&quot;', '&#34;', '&#x22;'];
const HTML_APOSTROPHES = ['&#x27;', '&#39;', '&#039;', '&apos;'];
const asHtml = (text: string, quote: string, apostrophe: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', quote)
		.replaceAll("'", apostrophe);

/**
 * Returns the characters that stand for the bytes alone if `before` others precede them (0 to 2, of three) and more follow, e.g.
 * `username:password`. Empty if they are few: words contain them.
 */
function within(bytes: Buffer, before: number, encoding: 'base64' | 'base64url'): string {
	const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
	const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
	return own.length < MIN_BASE64_LENGTH ? '' : own;
}

/** Shorter secrets are not removed within words: ordinary words contain them. */
const MIN_WITHIN_WORDS = 4;

const REPLACEMENT = '***';

/**
 * Returns a function that replaces the secrets in a text by `***`, in upper or lower case. It removes a secret of four
 * characters or more everywhere, a shorter one only as a whole word. It works in one pass, the longest secret first, so that
 * no secret hides a part of another.
 */
export function secretsRemover(secrets: Iterable<string>): (text: string) => string {
	const known = [...new Set(secrets)].filter((secret) => secret.trim() !== '');
	if (known.length === 0) return (text) => text;
	const alternatives = known.sort((a, b) => b.length - a.length).map(patternOf);
	const pattern = new RegExp(alternatives.join('|'), 'giu');
	return (text) => text.replace(pattern, REPLACEMENT);
}

function patternOf(secret: string): string {
	const escaped = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	return secret.length < MIN_WITHIN_WORDS ? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])` : escaped;
}

/** Returns a copy of an answer in which no text, number or key repeats a secret. */
export type Redact = (body: unknown) => unknown;

/**
 * Returns a function that removes these secrets from answers, in each of their encodings and in any case. It compiles its pattern once.
 * No password must change what an answer means, so these stay: documented keys, known states of a task, a UUID or decimal text of which
 * a secret is only a part, and a number of fewer than four characters under a documented key. A `result` that is JSON text is parsed
 * first, since its escapes could hide a secret. An answer with more than 50,000 entries (10,000 in one list or object) or 200 levels is
 * truncated and marked by `errors`.
 */
export function redactorOf(secrets: readonly unknown[]): Redact {
	const encodings = secrets.flatMap(encodingsOf);
	const withoutSecrets = secretsRemover(encodings);
	const known = new Set(encodings.map((each) => each.toLowerCase()));
	const numbers = new Set(
		encodings
			.map((each) => each.trim())
			.filter(isDecimal)
			.map(Number),
	);
	const longest = Math.max(0, ...encodings.map(({ length }) => length));
	const text = (value: string): string => {
		if (value.length > MAX_TEXT_LENGTH)
			return withoutSecrets(value.slice(0, MAX_TEXT_LENGTH)).slice(0, -longest - 1);
		const isKept = !known.has(value.toLowerCase()) && (isUuid(value) || isDecimal(value));
		return isKept ? value : withoutSecrets(value);
	};
	const number = (value: number, key: string | undefined) => {
		const isKept = key !== undefined && IS_KNOWN.has(key) && String(value).length < MIN_LENGTH_TO_ENCODE;
		return numbers.has(value) && !isKept ? '***' : value;
	};
	const rules = {
		entries: 50_000,
		entriesOfOne: 10_000,
		levels: 200,
		firstKeys: KNOWN_KEYS,
		text,
		number,
		key: (key: string) => (IS_KNOWN.has(key) ? key : text(key)),
	};
	return (body) => withoutSecretsIn(body, rules);
}

function withoutSecretsIn(body: unknown, rules: CopyRules): unknown {
	const { copy, isWhole } = boundedCopy(withParsedResult(body), rules);
	if (!isRecord(copy) || !isRecord(body)) return copy;
	const status = STATES.includes(body.status) ? { status: body.status } : {};
	return { ...copy, ...status, ...(isWhole ? {} : { errors: [TRUNCATED] }) };
}

/** django-celery-results stores a task's `result` as JSON text, which a server may return unparsed. */
function withParsedResult(body: unknown): unknown {
	if (!isRecord(body) || typeof body.result !== 'string') return body;
	const result = recordFromJson(body.result);
	return result === undefined ? body : { ...body, result };
}
