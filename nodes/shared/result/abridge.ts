import { boundedCopy, type CopyRules } from '../util/boundedCopy';
import { hasEncoded, hasEncodedTogether } from '../util/encoded';
import { asRecord, isRecord } from '../util/values';

/** How much of an answer's data goes out. */
interface Bounds {
	/** Entries of lists and objects in all. */
	entries: number;
	/** Characters of one text. */
	longestText: number;
	/** Characters of texts and keys in all. */
	mostText: number;
}

/** Of what a check or a hit says: more than any score, far less than a photo. */
const DETAILS: Bounds = { entries: 500, longestText: 300, mostText: 10_000 };
/** Of a provider's own response. */
const RESPONSE: Bounds = { entries: 20_000, longestText: 1_000, mostText: 200_000 };
const MOST_ENTRIES_OF_ONE = 5_000;

/**
 * A copy of a provider's response that is fit for an output item, without control characters. A note stands in place of texts
 * over 1,000 characters or with encoded data (an echoed image, say, also as a list of lines or numbers), of what lies deeper than
 * 20 levels, and of what goes beyond 20,000 entries (5,000 of one list or object) or 200,000 characters. Keys of encoded data, and
 * the one that would set an object's prototype, are left out. Takes linear time.
 */
export const abridged = (value: unknown): unknown => abridgedTo(value, RESPONSE);

/** The same of what a check or a hit says: 300 characters of one text, 10,000 in all, 500 entries. */
export const abridgedDetails = (value: unknown): unknown => abridgedTo(value, DETAILS);

/** `abridgedDetails` for an object; an empty one for anything else. */
export const abridgedRecord = (value: unknown): Record<string, unknown> =>
	asRecord(abridgedDetails(asRecord(value)));

function abridgedTo(value: unknown, { entries, longestText, mostText }: Bounds): unknown {
	let room = mostText;
	let unread = mostText;
	const isTooMuch = (text: string): boolean => text.length > longestText || hasEncoded(text);
	const rules: CopyRules = {
		entries,
		entriesOfOne: MOST_ENTRIES_OF_ONE,
		levels: 20,
		text: (text) => {
			const shown = withoutControls(text.slice(0, longestText + 1));
			if (shown.length > room || isTooMuch(shown)) return `(${text.length} characters left out)`;
			room -= shown.length;
			return shown;
		},
		key: (key) => {
			const shown = withoutControls(key.slice(0, longestText + 1));
			room -= shown.length;
			return key === '__proto__' || room < 0 || isTooMuch(shown) ? undefined : shown;
		},
		leavesOut: (container) => {
			const texts: string[] = [];
			for (const text of textsOf(container)) {
				if (text.length > longestText) continue;
				unread -= text.length;
				// What is not looked at does not go out either: it is counted here before it is in `room`.
				if (unread < 0) break;
				texts.push(text);
			}
			return hasNumbersOfBytes(container) || hasLines(texts, Array.isArray(container) ? 2 : FEWEST_FIELDS);
		},
	};
	return boundedCopy(value, rules).copy;
}

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const withoutControls = (text: string): string => text.replace(CONTROLS, ' ');

/** The texts of a list; those of an object's values, then its keys. */
function textsOf(container: object): string[] {
	const keys = Array.isArray(container) ? [] : Object.keys(container).slice(0, MOST_ENTRIES_OF_ONE);
	const values: unknown[] = Object.values(container).slice(0, MOST_ENTRIES_OF_ONE);
	return [...values.filter((entry) => typeof entry === 'string'), ...keys];
}

/** From this many fields on, the encoded texts of an object count as the lines of one. Fewer are IDs. */
const FEWEST_FIELDS = 8;
const SHORTEST_LINE = 10;

/** Whether texts hold encoded data together: the lines of a list, or the fields of an object, whatever stands between these. */
function hasLines(texts: readonly string[], fewest: number): boolean {
	const lines = fewest === 2 ? texts : texts.filter(({ length }) => length >= SHORTEST_LINE);
	return lines.length >= fewest && hasEncodedTogether(lines);
}

/** From this many numbers on, whole ones may be a part of a photo. */
const FEWEST_NUMBERS = 24;

/** Whether a list, also one of lists, or an object that counts its entries, holds nothing but whole numbers. */
function hasNumbersOfBytes(container: object): boolean {
	const isList = Array.isArray(container) || (isRecord(container) && '0' in container && '1' in container);
	if (!isList) return false;
	const numbers = Object.values(container).slice(0, MOST_ENTRIES_OF_ONE).flat();
	return numbers.length >= FEWEST_NUMBERS && numbers.every(Number.isInteger);
}
