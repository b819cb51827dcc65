import { messages } from '../errors/messages';
import { trimmed } from '../util/trimmed';
import { isoDay, MIDNIGHT } from './dates';

const INPUT_DATE = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?:${MIDNIGHT})?$`);

/**
 * A date that the user gives, as yyyy-mm-dd: as written, or of a date-time whose own clock reads 00:00. Null for anything else,
 * and for a day that does not exist: no time zone is guessed, which could make it the day before.
 */
export function inputDate(value: unknown): string | null {
	const match = INPUT_DATE.exec(textOf(value));
	return match === null ? null : isoDay(match[1]!, match[2]!, match[3]!);
}

/** `inputDate`, for a date that is needed. Throws INVALID_DATE, which does not repeat the date. */
export function checkedDate(value: unknown): string {
	const date = inputDate(value);
	if (date !== null) return date;
	const given = value ?? '';
	throw typeof given === 'string' && trimmed(given) === '' ? messages.noDate() : messages.invalidDate();
}

/** A parameter may hold a luxon DateTime, whose clock is that of its zone, or a Date, which has none and is read as in JSON. */
function textOf(value: unknown): string {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	return trimmed(isDateTime(value) ? value.toISO() : value);
}

const isDateTime = (value: unknown): value is { toISO(): unknown } =>
	typeof value === 'object' &&
	value !== null &&
	'isLuxonDateTime' in value &&
	'toISO' in value &&
	typeof value.toISO === 'function';
