import { isRecord } from '../util/values';

const DEEPEST = 200;
/** Shorter secrets would be found in ordinary words. */
const SHORTEST_IN_TEXT = 6;
const SHORTEST_IN_KEY = 16;

/** The spellings in which an answer may repeat a secret: plain, as in JSON, as in a URL. */
export function spellingsOf(secret: unknown): string[] {
	if (typeof secret !== 'string' || secret.length < SHORTEST_IN_TEXT) return [];
	return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])];
}

/**
 * A copy of an answer in which no text repeats one of the secrets, nor does a key repeat a long one. A task's `status` is
 * left as it is, since it decides and is never shown unless it is one of the known states.
 */
export function redacted(body: unknown, secrets: readonly string[]): unknown {
	if (!isRecord(body)) return clean(body, secrets, 0);
	const copy = clean(body, secrets, 0) as Record<string, unknown>;
	return 'status' in body ? { ...copy, status: body.status } : copy;
}

function clean(value: unknown, secrets: readonly string[], depth: number): unknown {
	if (typeof value === 'string') return without(value, secrets);
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= DEEPEST) return '(too deep, left out)';
	if (Array.isArray(value)) return value.map((entry) => clean(entry, secrets, depth + 1));
	const long = secrets.filter(({ length }) => length >= SHORTEST_IN_KEY);
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [without(key, long), clean(entry, secrets, depth + 1)]),
	);
}

const without = (text: string, secrets: readonly string[]): string =>
	secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
