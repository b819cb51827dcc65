import { boundedCopy, type CopyRules } from '../util/boundedCopy';
import { hasEncoded, withoutEncoded } from '../util/encoded';
import { asRecord } from '../util/values';

const LONGEST_TEXT = 1_000;
const MOST_TEXT = 500_000;

/**
 * A copy of JSON data of Progeny's that is fit for an output item. A note stands in place of texts over 1,000 characters or
 * with encoded data (an echoed image, say, also as a list of lines or bytes), of what lies deeper than 20 levels, and of what
 * goes beyond 20,000 entries (5,000 of one list or object) or 500,000 characters. Keys of encoded data, and the one that would
 * set an object's prototype, are left out.
 */
export function abridged(value: unknown): unknown {
	let room = MOST_TEXT;
	let unread = 4 * MOST_TEXT;
	const rules: CopyRules = {
		entries: 20_000,
		entriesOfOne: 5_000,
		levels: 20,
		text: (text) => {
			if (text.length > room || isTooMuch(text)) return `(${text.length} characters left out)`;
			room -= text.length;
			return text;
		},
		key: (key) => {
			room -= key.length;
			return key === '__proto__' || room < 0 || isTooMuch(key) ? undefined : key;
		},
		leavesOut: (list) => {
			const beginning = list.slice(0, MOST_LINES);
			unread -= JSON.stringify(beginning.filter(isText)).length;
			return unread < 0 || isEncodedList(beginning);
		},
	};
	return boundedCopy(value, rules).copy;
}

/** `abridged` for an object; an empty one for anything else. */
export const abridgedRecord = (value: unknown): Record<string, unknown> =>
	abridged(asRecord(value)) as Record<string, unknown>;

const isTooMuch = (text: string): boolean => text.length > LONGEST_TEXT || hasEncoded(text);

const isText = (entry: unknown): entry is string => typeof entry === 'string' && entry.length <= LONGEST_TEXT;
const isByte = (entry: unknown) => Number.isInteger(entry) && Number(entry) >= 0 && Number(entry) <= 255;

/** How much of a list is looked at to tell whether it holds encoded data. */
const MOST_LINES = 5_000;
/** From this many bytes on, a list of them may be a part of a photo. */
const FEWEST_BYTES = 24;

/** Whether a list holds encoded data that its entries alone do not show: short lines, or bytes as numbers. */
function isEncodedList(list: readonly unknown[]): boolean {
	if (list.length >= FEWEST_BYTES && list.every(isByte)) return true;
	const lines = list.filter(isText);
	return withoutEncoded(lines.join('\n')) !== lines.map(withoutEncoded).join('\n');
}
