import { boundedCopy, type CopyRules } from '../util/boundedCopy';
import { secretsRemover } from '../util/secrets';
import { isDecimal, isRecord, recordFromJson } from '../util/values';

/** Secrets of fewer characters are looked for as they are only: other spellings of them are too short to mean anything. */
const SHORTEST_TO_SPELL = 4;
/** More of one text is not kept; it is never shown. */
const LONGEST_TEXT = 1_000_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The names that decide how an answer is read. They are kept: also as a password they tell nothing. */
const KNOWN_KEYS = [
	...['status', 'result', 'data', 'authentication', 'compare', 'liveness', 'success', 'issues'],
	...['error', 'error_code', 'errors', 'id', 'uuid', 'document', 'background_check', 'detail', 'message'],
	...['probability', 'quality', 'score', 'scorePercent', 'matchScore'],
	...['is_valid', 'is_expired', 'dateOfBirth', 'dateOfExpiry', 'age', 'fullName', 'firstName', 'lastName'],
	...['potential_match', 'risk_level', 'total_matches', 'hits'],
];
const IS_KNOWN: ReadonlySet<string> = new Set(KNOWN_KEYS);

/** A task's states as Celery and other queues write them. Like the names above they are kept, even if one is the password. */
const STATES: readonly unknown[] = [
	...['SUCCESS', 'FAILURE', 'REVOKED', 'REJECTED', 'IGNORED', 'FAILED', 'ERROR', 'CANCELED', 'CANCELLED'],
	...['PENDING', 'RECEIVED', 'STARTED', 'RETRY', 'PROGRESS'],
];

/** The note in an answer that was cut: an `errors` at the top, which also speaks against a pass. */
const CUT = 'The answer is too large to be read whole.';

/**
 * The spellings in which an answer may repeat a secret: plain, as in JSON (also in ASCII alone), in a URL, in a form, in
 * HTML, in base64, and in hex.
 */
function spellingsOf(secret: unknown): string[] {
	if (typeof secret !== 'string' || secret.trim() === '') return [];
	if (secret.length < SHORTEST_TO_SPELL) return [secret];
	const json = JSON.stringify(secret).slice(1, -1);
	const bytes = Buffer.from(secret);
	const byByte = bytes.toString('latin1');
	const url = byByte.replace(/[^\w.~-]/g, asPercent);
	const spellings = [
		...[secret, json, json.replace(/[^\x20-\x7e]/g, asEscape), json.replaceAll('/', '\\/')],
		...[url, url.replaceAll('%20', '+'), byByte.replace(/[^\w.~!'()*-]/g, asPercent)],
		...[asHtml(secret, '&#x27;'), asHtml(secret, '&#39;')],
		...[bytes.toString('base64').replace(/={1,2}$/, ''), bytes.toString('base64url')],
		...[bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
	];
	return [...new Set(spellings)];
}

const asPercent = (byte: string) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
const asEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const asHtml = (text: string, apostrophe: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", apostrophe);

/** Makes a copy of an answer in which no text, number or key repeats a secret. */
export type Redact = (body: unknown) => unknown;

/**
 * Returns what takes these secrets out of answers, in each of their spellings and in any case. The names that Progeny documents,
 * a task's known states, a UUID or a decimal text of which a secret is only a part, and a number of fewer than four characters under
 * one of those names stay as they are, so that no password changes what an answer means. A `result` that is JSON text is parsed
 * first, since its escapes could hide a secret. At most 50,000 entries are kept (10,000 of one list or object), and 200 levels;
 * an answer with more carries `errors` that say so. Compiles its pattern once.
 */
export function redactorOf(secrets: readonly unknown[]): Redact {
	const spellings = secrets.flatMap(spellingsOf);
	const withoutSecrets = secretsRemover(spellings);
	const known = new Set(spellings.map((each) => each.toLowerCase()));
	const numbers = new Set(
		spellings
			.map((each) => each.trim())
			.filter(isDecimal)
			.map(Number),
	);
	const longest = Math.max(0, ...spellings.map(({ length }) => length));
	const text = (value: string): string => {
		if (value.length > LONGEST_TEXT)
			return withoutSecrets(value.slice(0, LONGEST_TEXT)).slice(0, -longest - 1);
		const isKept = !known.has(value.toLowerCase()) && (UUID.test(value) || isDecimal(value));
		return isKept ? value : withoutSecrets(value);
	};
	const number = (value: number, key: string | undefined) => {
		const isKept = key !== undefined && IS_KNOWN.has(key) && String(value).length < SHORTEST_TO_SPELL;
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
	return { ...copy, ...status, ...(isWhole ? {} : { errors: [CUT] }) };
}

/** django-celery-results stores a task's `result` as JSON text; a server may pass it on as that. */
function withParsedResult(body: unknown): unknown {
	if (!isRecord(body) || typeof body.result !== 'string') return body;
	const result = recordFromJson(body.result);
	return result === undefined ? body : { ...body, result };
}
