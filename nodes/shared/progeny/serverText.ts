import { quote } from '../util/quote';
import { isRecord } from '../util/values';
import { isBrokenJson, isPage } from './reply';

/*
 * The limits of a search for words in an answer of any size. MAX_CHARACTERS must exceed what `quote` reads, so a secret that is
 * cut in two is never shown.
 */
const MAX_VALUES = 200;
const MAX_CHARACTERS = 8_000;

/** Keys of a server's message, the best first (Django REST Framework, RFC 9457, FastAPI, JSON:API). */
const MESSAGE_KEYS = ['detail', 'message', 'msg', 'error', 'error_description', 'title', 'reason'];
/** Keys that contain such entries and do not name a form field. */
const CONTAINER_KEYS = new Set([
	...MESSAGE_KEYS,
	'errors',
	'non_field_errors',
	'__all__',
	'messages',
	'details',
]);
/** Technical keys to skip. */
const TECHNICAL_KEYS = new Set(['code', 'status', 'status_code', 'type']);

/**
 * Returns the server's text in an answer, sanitized by `quote`. Reads each form of Django REST Framework: `detail`, messages per field
 * ("uuid: This field is required."), a bare list or text, nested, full details (`message` and `code`), `errors[].detail`. Empty if there
 * is none (a page, broken JSON, another form).
 */
export function serverText(body: unknown): string {
	if (isPage(body) || isBrokenJson(body)) return '';
	const textsByField = new Map<string, string[]>();
	collect(body, '', { textsByField, valuesLeft: MAX_VALUES, charactersLeft: MAX_CHARACTERS });
	const parts = [...textsByField].map(
		([field, texts]) => `${field === '' ? '' : `${field}: `}${texts.join(' ')}`,
	);
	return quote(parts.join('; '));
}

/** Returns the message of an answer such as `{"status": "error", "message": ...}`, as `serverText` does, but no field of a task. */
export function messageOf(body: Record<string, unknown>): string {
	const keys = [...MESSAGE_KEYS, 'errors', 'non_field_errors'].filter((key) => Object.hasOwn(body, key));
	return serverText(Object.fromEntries(keys.map((key) => [key, body[key]])));
}

interface Search {
	/** Texts by form field; '' for those that name none. */
	textsByField: Map<string, string[]>;
	valuesLeft: number;
	charactersLeft: number;
}

function collect(value: unknown, field: string, search: Search): void {
	if (search.valuesLeft-- <= 0 || search.charactersLeft <= 0) return;
	if (typeof value === 'string') addText(value, field, search);
	else if (Array.isArray(value)) {
		for (const entry of value.slice(0, MAX_VALUES)) collect(entry, field, search);
	} else if (isRecord(value)) collectRecord(value, field, search);
}

function addText(text: string, field: string, search: Search): void {
	const words = text.slice(0, search.charactersLeft);
	if (words.trim() === '' || isPage(words)) return;
	search.charactersLeft -= words.length;
	const texts = search.textsByField.get(field);
	if (texts === undefined) search.textsByField.set(field, [words]);
	else texts.push(words);
}

function collectRecord(record: Record<string, unknown>, field: string, search: Search): void {
	const innerField = joined(field, fieldNamedBy(record));
	const messageKey = MESSAGE_KEYS.find((key) => typeof record[key] === 'string' && record[key] !== '');
	if (messageKey !== undefined) {
		collect(record[messageKey], innerField, search);
		collect(record.errors, innerField, search);
		return;
	}
	let keysLeft = MAX_VALUES;
	for (const key in record) {
		if (keysLeft-- <= 0) return;
		if (!Object.hasOwn(record, key)) continue;
		if (TECHNICAL_KEYS.has(key) && typeof record[key] === 'string') continue;
		search.charactersLeft -= key.length;
		collect(record[key], joined(innerField, key), search);
	}
}

/** Returns the form field that an entry of `errors` names: `attr` (drf-standardized-errors), `field`, or the end of JSON:API's pointer. */
function fieldNamedBy({ attr, field, source }: Record<string, unknown>): string {
	if (typeof attr === 'string') return attr;
	if (typeof field === 'string') return field;
	const pointer = isRecord(source) ? source.pointer : undefined;
	return typeof pointer === 'string' ? pointer.slice(pointer.lastIndexOf('/') + 1) : '';
}

const joined = (outer: string, inner: string): string => {
	if (inner === '' || CONTAINER_KEYS.has(inner)) return outer;
	return outer === '' ? inner : `${outer}.${inner}`;
};
