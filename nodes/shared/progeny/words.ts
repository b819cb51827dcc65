import { quote } from '../util/quote';
import { isRecord } from '../util/values';
import { isBrokenJson, isPage } from './reply';

/**
 * How much of an answer is looked at for words: values, characters, levels. An answer may be of any size. The characters are
 * more than `quote` reads, which leaves out a secret that the end cuts in two.
 */
const MOST_VALUES = 200;
const MOST_CHARACTERS = 8_000;
const DEEPEST = 8;

/** Keys whose text is what the server says, the best first (Django REST Framework, RFC 9457, FastAPI, JSON:API). */
const SPEAKING = ['detail', 'message', 'msg', 'error', 'error_description', 'title', 'reason'];
/** Keys that only hold such entries, and name no field. */
const HOLDING = new Set([...SPEAKING, 'errors', 'non_field_errors', '__all__', 'messages', 'details']);
/** Keys beside the words that say nothing to a person. */
const TECHNICAL = new Set(['code', 'status', 'status_code', 'type']);

/**
 * What a Progeny answer says in words, in each form of Django REST Framework: `detail`, messages per field ("uuid: This field
 * is required."), a bare list or text, nested, full details (`message` and `code`), `errors[].detail`. Made safe by `quote`.
 * Empty if the body has no readable words (a page, broken JSON, another form).
 */
export function wordsOf(body: unknown): string {
	if (isPage(body) || isBrokenJson(body)) return '';
	const said = new Map<string, string[]>();
	collect(body, '', { said, valuesLeft: MOST_VALUES, charactersLeft: MOST_CHARACTERS }, 0);
	const parts = [...said].map(([field, texts]) => `${field === '' ? '' : `${field}: `}${texts.join(' ')}`);
	return quote(parts.join('; '));
}

/**
 * What the answer says of itself, as wordsOf returns it, if the answer may hold anything else beside it: the message of
 * `{"status": "error", "message": ...}`, but no field of a task.
 */
export function messageOf(body: Record<string, unknown>): string {
	const keys = [...SPEAKING, 'errors', 'non_field_errors'].filter((key) => Object.hasOwn(body, key));
	return wordsOf(Object.fromEntries(keys.map((key) => [key, body[key]])));
}

interface Reading {
	/** Texts by the field that they are about; '' if they are about none. */
	said: Map<string, string[]>;
	valuesLeft: number;
	charactersLeft: number;
}

function collect(value: unknown, field: string, reading: Reading, depth: number): void {
	if (depth > DEEPEST || reading.valuesLeft-- <= 0 || reading.charactersLeft <= 0) return;
	if (typeof value === 'string') say(value, field, reading);
	else if (Array.isArray(value)) {
		for (const entry of value.slice(0, MOST_VALUES)) collect(entry, field, reading, depth + 1);
	} else if (isRecord(value)) collectRecord(value, field, reading, depth);
}

function say(text: string, field: string, reading: Reading): void {
	const words = text.slice(0, reading.charactersLeft);
	if (words.trim() === '' || isPage(words)) return;
	reading.charactersLeft -= words.length;
	const texts = reading.said.get(field);
	if (texts === undefined) reading.said.set(field, [words]);
	else texts.push(words);
}

function collectRecord(
	record: Record<string, unknown>,
	field: string,
	reading: Reading,
	depth: number,
): void {
	const about = joined(field, fieldNamedBy(record));
	const speaking = SPEAKING.find((key) => typeof record[key] === 'string' && record[key] !== '');
	if (speaking !== undefined) {
		collect(record[speaking], about, reading, depth + 1);
		collect(record.errors, about, reading, depth + 1);
		return;
	}
	let keysLeft = MOST_VALUES;
	for (const key in record) {
		if (keysLeft-- <= 0) return;
		if (!Object.hasOwn(record, key)) continue;
		if (TECHNICAL.has(key) && typeof record[key] === 'string') continue;
		reading.charactersLeft -= key.length;
		collect(record[key], joined(about, key), reading, depth + 1);
	}
}

/** The field that an entry of `errors` names: `attr` (drf-standardized-errors), `field`, or the end of JSON:API's pointer. */
function fieldNamedBy({ attr, field, source }: Record<string, unknown>): string {
	if (typeof attr === 'string') return attr;
	if (typeof field === 'string') return field;
	const pointer = isRecord(source) ? source.pointer : undefined;
	return typeof pointer === 'string' ? pointer.slice(pointer.lastIndexOf('/') + 1) : '';
}

const joined = (outer: string, inner: string): string => {
	if (inner === '' || HOLDING.has(inner)) return outer;
	return outer === '' ? inner : `${outer}.${inner}`;
};
