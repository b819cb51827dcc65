import { boundedCopy, type CopyRules } from '../util/boundedCopy';
import { hasEncoded, hasEncodedTogether, isEncodedLine, isFieldName } from '../util/encoded';
import { asRecord, isRecord } from '../util/values';

/** Limits for data of an answer in the output. */
interface Bounds {
	/** Entries of lists and objects in all. */
	entries: number;
	/** Characters of one text. */
	textLength: number;
	/** Characters of texts and keys in all. */
	totalText: number;
}

/** For a check or a hit: enough for any score, far less than a photo. */
const DETAILS: Bounds = { entries: 500, textLength: 300, totalText: 10_000 };
/** For a provider's own response. */
const RESPONSE: Bounds = { entries: 20_000, textLength: 1_000, totalText: 200_000 };
const MAX_ENTRIES_OF_ONE = 5_000;

/**
 * Copies a provider's response for an output item, without control characters. A note replaces texts over 1,000 characters or
 * with encoded data (e.g. an echoed image, also in lines or as a list of numbers), levels below the 20th, and whatever exceeds
 * 20,000 entries (5,000 of one list or object) or 200,000 characters. Omits keys of encoded data and `__proto__`. Linear time.
 */
export const abridged = (value: unknown): unknown => abridgedTo(value, RESPONSE);

/** `abridged` for a check or a hit: 300 characters of one text, 10,000 in all, 500 entries. */
export const abridgedDetails = (value: unknown): unknown => abridgedTo(value, DETAILS);

/** `abridgedDetails` for an object; an empty one for anything else. */
export const abridgedRecord = (value: unknown): Record<string, unknown> =>
	asRecord(abridgedDetails(asRecord(value)));

function abridgedTo(value: unknown, { entries, textLength, totalText }: Bounds): unknown {
	let room = totalText;
	let unread = totalText;
	const lines = linesIn(value, textLength);
	const isTooMuch = (text: string): boolean =>
		text.length > textLength || lines.has(text) || hasEncoded(text);
	const rules: CopyRules = {
		entries,
		entriesOfOne: MAX_ENTRIES_OF_ONE,
		levels: 20,
		text: (text) => {
			const shown = withoutControls(text.slice(0, textLength + 1));
			if (shown.length > room || isTooMuch(shown)) return `(${text.length} characters left out)`;
			room -= shown.length;
			return shown;
		},
		key: (key) => {
			const shown = withoutControls(key.slice(0, textLength + 1));
			room -= shown.length;
			return key === '__proto__' || room < 0 || isTooMuch(shown) ? undefined : shown;
		},
		leavesOut: (container) => {
			const texts: string[] = [];
			for (const text of textsIn(container)) {
				if (text.length > textLength) continue;
				unread -= text.length;
				// Texts that are not read here are not shown either: they exceed `room` as well.
				if (unread < 0) break;
				texts.push(text);
			}
			return hasNumbersOfBytes(container) || hasLines(texts, Array.isArray(container) ? 2 : MIN_FIELDS);
		},
	};
	return boundedCopy(value, rules).copy;
}

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const withoutControls = (text: string): string => text.replace(CONTROLS, ' ');

/** Returns the texts of a list; of an object, the texts among its values, then its keys without those made of words. */
function textsIn(container: object): string[] {
	const keys = Array.isArray(container)
		? []
		: Object.keys(container)
				.slice(0, MAX_ENTRIES_OF_ONE)
				.filter((key) => !isFieldName(key));
	const values: unknown[] = Object.values(container).slice(0, MAX_ENTRIES_OF_ONE);
	return [...values.filter((entry) => typeof entry === 'string'), ...keys];
}

/** Far more than is shown of an answer. */
const MAX_SEARCHED = { entries: 50_000, characters: 1_000_000 };

/**
 * Returns the lines of encoded data that are spread over lists and objects, e.g. one in each: eight texts or more in a row, in the
 * order of JSON.
 */
function linesIn(value: unknown, textLength: number): ReadonlySet<string> {
	const lines = new Set<string>();
	let row: string[] = [];
	let { entries, characters } = MAX_SEARCHED;
	const waiting = [value];
	while (waiting.length > 0 && entries-- > 0 && characters > 0) {
		const each = waiting.pop();
		if (typeof each === 'string' && each.length <= textLength) {
			characters -= each.length;
			if (isEncodedLine(each)) row.push(each);
			else row = [];
			if (row.length === MIN_FIELDS) for (const line of row) lines.add(line);
			if (row.length > MIN_FIELDS) lines.add(each);
		} else if (typeof each === 'object' && each !== null) {
			const parts = Object.entries(each).slice(0, MAX_ENTRIES_OF_ONE);
			const isLine = (key: string) => key.length <= textLength && isEncodedLine(key) && !isFieldName(key);
			waiting.push(...parts.flatMap(([key, part]) => (isLine(key) ? [key, part] : [part])).reverse());
		}
	}
	return lines;
}

/** Fewer encoded texts in an object are IDs, not lines of encoded data. */
const MIN_FIELDS = 8;
const MIN_FIELD_LENGTH = 10;

/** True if texts together hold encoded data: the lines of a list, or the fields of an object, with other fields between them. */
function hasLines(texts: readonly string[], min: number): boolean {
	const lines = min === 2 ? texts : texts.filter(({ length }) => length >= MIN_FIELD_LENGTH);
	return lines.length >= min && hasEncodedTogether(lines);
}

/** This many whole numbers may be a part of a photo. */
const MIN_NUMBERS = 24;

/** True if a list, a list of lists, or an object with keys 0 and 1 holds only whole numbers. */
function hasNumbersOfBytes(container: object): boolean {
	const isList = Array.isArray(container) || (isRecord(container) && '0' in container && '1' in container);
	if (!isList) return false;
	const numbers = Object.values(container).slice(0, MAX_ENTRIES_OF_ONE).flat();
	return numbers.length >= MIN_NUMBERS && numbers.every(Number.isInteger);
}
