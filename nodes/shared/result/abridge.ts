import { isRecord } from '../util/values';

const LONGEST_TEXT = 1_000;
/** A run of characters that looks like encoded data, such as a piece of a photo. */
const ENCODED = /[A-Za-z0-9+/_=-]{100,}/;
const DEEPEST = 20;

/**
 * A copy of JSON data of Progeny's that is fit for an output item. Texts over 1,000 characters or with encoded data (an
 * echoed image, say) and whatever lies deeper than 20 levels are left out with a note; so are such keys, and the one that
 * would set an object's prototype.
 */
export function abridged(value: unknown, depth = 0): unknown {
	if (typeof value === 'string') return isTooMuch(value) ? `(${value.length} characters left out)` : value;
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= DEEPEST) return '(too deep, left out)';
	if (Array.isArray(value)) return value.map((entry) => abridged(entry, depth + 1));
	return abridgedRecord(value as Record<string, unknown>, depth);
}

/** `abridged` for what is known to be an object. */
export function abridgedRecord(record: Record<string, unknown>, depth = 0): Record<string, unknown> {
	if (!isRecord(record)) return {};
	const entries = Object.entries(record).filter(([key]) => key !== '__proto__' && !isTooMuch(key));
	return Object.fromEntries(entries.map(([key, entry]) => [key, abridged(entry, depth + 1)]));
}

const isTooMuch = (text: string): boolean => text.length > LONGEST_TEXT || ENCODED.test(text);
