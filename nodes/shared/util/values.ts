/** The value as a plain JSON object, or an empty one where it is anything else (null, array, string, ...). */
export function asRecord(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

/** Whether the value is a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own value of that key; undefined where it has none, whatever its prototype has. */
export function own(record: Record<string, unknown>, key: string): unknown {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The JSON object that a text holds; undefined where the text is not JSON (Python's NaN is none), or other JSON. Never throws. */
export function recordFromJson(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a text is a decimal number, such as "20.0" or "1e-3", without surrounding blanks. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/**
 * Reads a number from a number or a decimal string: Progeny sends match scores as strings ("20.0") and liveness scores
 * as numbers. Gives undefined for anything that is not a finite number.
 */
export function finiteNumber(value: unknown): number | undefined {
	if (typeof value === 'string' && !isDecimal(value.trim())) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const number = Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/** A number within bounds; the fallback where the value is not a finite number. */
export function clamped(value: unknown, bounds: { min: number; max: number; fallback: number }): number {
	return Math.min(bounds.max, Math.max(bounds.min, finiteNumber(value) ?? bounds.fallback));
}
