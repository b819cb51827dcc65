import { boundedCopy, type CopyRules } from '../util/boundedCopy';
import { hasEncoded } from '../util/encoded';
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
		leavesOut: isEncodedList,
	};
	return boundedCopy(value, rules).copy;
}

/** `abridged` for an object; an empty one for anything else. */
export const abridgedRecord = (value: unknown): Record<string, unknown> =>
	abridged(asRecord(value)) as Record<string, unknown>;

const isTooMuch = (text: string): boolean => text.length > LONGEST_TEXT || hasEncoded(text);

const isByte = (entry: unknown) => Number.isInteger(entry) && Number(entry) >= 0 && Number(entry) <= 255;
/** From this many bytes on, a list of them may be a part of a photo. */
const FEWEST_BYTES = 24;

/** Whether a list holds encoded data that its entries alone do not show: short lines, or bytes as numbers. */
function isEncodedList(list: readonly unknown[]): boolean {
	const beginning = list.slice(0, 200);
	if (list.length >= FEWEST_BYTES && beginning.every(isByte)) return true;
	const lines = beginning.filter((entry) => typeof entry === 'string' && entry.length <= LONGEST_TEXT);
	return (
		lines.length > 1 && !lines.some((line) => hasEncoded(line as string)) && hasEncoded(lines.join('\n'))
	);
}
