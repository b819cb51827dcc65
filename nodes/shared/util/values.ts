/** Returns a JSON object as it is, an empty object for anything else (null, an array, a string, ...). */
export function asRecord(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

/** True for a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an object of no class: not a Date, a luxon DateTime, a Map, ... */
export function isPlainObject(value: unknown): boolean {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Returns the object's own value of a key; undefined if it has none, whatever its prototype has. */
export function own(record: Record<string, unknown>, key: string): unknown {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A type without `undefined`: such keys become optional. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
	[K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Returns a copy without the keys whose value is undefined. */
export const withoutUndefined = <T extends object>(value: T): Defined<T> =>
	Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for a UUID of any version; Progeny's documentation shows version 1. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** Parses a JSON object; undefined for other JSON and for invalid JSON, such as Python's NaN. Never throws. */
export function recordFromJson(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** True for a decimal number such as "20.0" or "1e-3", without surrounding blanks. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/**
 * Reads a finite number from a number or a decimal string; undefined for anything else. Progeny sends match scores as strings
 * ("20.0") and liveness scores as numbers.
 */
export function finiteNumber(value: unknown): number | undefined {
	if (typeof value === 'string' && !isDecimal(value.trim())) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const number = Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/** Returns a number within bounds; the fallback if the value is not a finite number. */
export function clamped(value: unknown, bounds: { min: number; max: number; fallback: number }): number {
	return Math.min(bounds.max, Math.max(bounds.min, finiteNumber(value) ?? bounds.fallback));
}
