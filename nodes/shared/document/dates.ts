import { givenText, type GivenText } from '../errors/givenText';
import { messages } from '../errors/messages';
import { trimmed } from '../util/trimmed';

/** Returns the day as yyyy-mm-dd; null if it does not exist or its year does not have four digits. */
function isoDay(year: string, month: string, day: string): string | null {
	const text = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
	if (!ISO_DAY.test(text)) return null;
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

/** A padded year (0990) is not accepted. */
const ISO_DAY = /^[1-9]\d{3}-\d\d-\d\d$/;

/** The end of a date-time: its offset in ISO 8601 and as databases write it (`+00`, `UTC`), and its zone as Java adds it. */
const ZONE = ' ?(?:Z|UTC|([+-]\\d\\d)(?::?(\\d\\d))?)(?:\\[[\\w/+-]{1,50}\\])?';
/** Midnight after a date, by its own clock, in any time zone. */
const MIDNIGHT = `[T ]00:00(?::00(?:[.,]0+)?)?(?:${ZONE})?`;

const PROGENY_DATE = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:${MIDNIGHT})?$`, 'i');

/**
 * Reads one of Progeny's dates, which are not padded: `1990-9-4` (documented). Returns yyyy-mm-dd; null for an unread part
 * (`None-None-None`, documented), a year without four digits, a day that does not exist, or another format.
 */
export function readDate(value: unknown): string | null {
	const match = typeof value === 'string' ? PROGENY_DATE.exec(value.trim()) : null;
	return match === null ? null : isoDay(match[1]!, match[2]!, match[3]!);
}

/** True if Progeny returned no date, or did not read all of its parts: `None-None-None` (documented). */
export const isUnreadDate = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && (value.trim() === '' || value.trim().split('-').includes('None')));

/** Returns the days from one day to another, both yyyy-mm-dd; negative if the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
	(Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;

const DAY_MS = 86_400_000;

const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Returns the day that is `days` days after `day`, both yyyy-mm-dd. */
export const dayAfter = (day: string, days: number): string =>
	utcDay(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);

/** True for an IANA name of a time zone that n8n knows. */
export function isTimeZone(timeZone: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
	} catch {
		return false;
	}
}

/** Returns the day in a time zone (IANA name) as yyyy-mm-dd; in UTC if the zone is unknown. `now` is in ms since 1970. */
function dayIn(timeZone: string, now: number): string {
	if (!isTimeZone(timeZone)) return utcDay(now);
	const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	});
	const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
	return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Returns `dayIn`; if the zone is unknown, the earliest and the latest day on Earth, in UTC-12 and UTC+14. */
export const daysIn = (timeZone: string, now: number): string[] =>
	(isTimeZone(timeZone) ? [timeZone] : ['Etc/GMT+12', 'Etc/GMT-14']).map((zone) => dayIn(zone, now));

const LATEST_CLOCK = Date.UTC(9000, 0);

/**
 * Returns the time in ms since 1970 by each clock that may be right: n8n's, and the answer's Date header if they are more than a day
 * apart. A year of that header before 1970 or after 9000 becomes one of these, so that each day has four digits for its year.
 */
export function timesOf(now: number, date: string | undefined): number[] {
	const answered = Math.min(Math.max(Date.parse(date ?? ''), 0), LATEST_CLOCK);
	return Math.abs(answered - now) > DAY_MS ? [now, answered] : [now];
}

/**
 * Returns the age in full years on a day, both yyyy-mm-dd; negative before the birth. A person born on 29 February turns a year
 * older on 1 March in a year without that day.
 */
export function ageOn(dateOfBirth: string, today: string): number {
	const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
	return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}

/** The longest plausible life, in years. */
const MAX_LIFE_YEARS = 125;

/** Returns the earliest possible date of birth of a person who lives on a day, both yyyy-mm-dd. */
export const earliestBirth = (today: string): string =>
	`${Number(today.slice(0, 4)) - MAX_LIFE_YEARS}${today.slice(4)}`;

/** The time and time zone in which a date is read. */
export interface DateContext {
	/** In ms since 1970. */
	now: number;
	/** The workflow's time zone, an IANA name. */
	timeZone?: string;
}

const DATE_OF_BIRTH: GivenText = { label: 'Date of Birth', code: 'INVALID_DATE', maxLength: 100 };

const DAY = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?:${MIDNIGHT})?$`, 'i');
const MOMENT = new RegExp(
	`^(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d)?)(?:[.,](\\d{1,9}))?${ZONE}$`,
	'i',
);

/** Returns the time in ms since 1970 of a date-time with an offset; NaN for any other text. */
function momentOf(text: string): number {
	const [, day, time, fraction = '0', hours = '+00', minutes = '00'] = MOMENT.exec(text) ?? [];
	return Date.parse(`${day}T${time}${hours}:${minutes}`) + Number(`0.${fraction}`) * 1000;
}

/** The reason why a value is not a date of birth: a key of `messages`. */
type DateFault =
	| 'invalidDate'
	| 'timeOfDay'
	| 'serialNumber'
	| 'noSuchDay'
	| 'birthInTheFuture'
	| 'birthTooLongAgo';

type DayReading = { date: string } | { fault: DateFault };

/**
 * Reads a date of birth from the user: a day, or a date-time that is the first moment of its day by its own clock or in the
 * workflow's zone. Returns yyyy-mm-dd; null for anything else, for a day that does not exist or has not begun anywhere on Earth,
 * and for one more than 125 years ago.
 */
export function inputDate(value: unknown, context: DateContext = { now: Date.now() }): string | null {
	const text = dateText(value);
	if (text.length > DATE_OF_BIRTH.maxLength) return null;
	const reading = readDay(value, trimmed(text), context);
	return 'date' in reading ? reading.date : null;
}

/** `inputDate` for a required date. Throws INVALID_DATE, whose message does not repeat the date. */
export function checkedDate(value: unknown, context: DateContext): string {
	const text = givenText(dateText(value), DATE_OF_BIRTH);
	if (text === '' && typeof (value ?? '') === 'string') throw messages.noDate();
	const reading = readDay(value, text, context);
	if ('date' in reading) return reading.date;
	throw messages[reading.fault]();
}

function readDay(value: unknown, text: string, { now, timeZone }: DateContext): DayReading {
	const match = DAY.exec(text);
	const date = match === null ? firstMoment(value, text, timeZone) : isoDay(match[1]!, match[2]!, match[3]!);
	if (date === null) return { fault: match === null ? faultOf(value, text) : 'noSuchDay' };
	// The day begins first at UTC+14 and last at UTC-12; POSIX writes both with the other sign.
	if (date > dayIn('Etc/GMT-14', now)) return { fault: 'birthInTheFuture' };
	return date < earliestBirth(dayIn('Etc/GMT+12', now)) ? { fault: 'birthTooLongAgo' } : { date };
}

/** Returns the day that begins at this very moment; null if no day does. A day begins at 01:00 if clocks go forward at midnight. */
function firstMoment(value: unknown, text: string, timeZone: string | undefined): string | null {
	if (isDateTime(value)) return isFirstMoment(value) ? text.slice(0, 10) : null;
	const moment = momentOf(text);
	if (Number.isNaN(moment) || timeZone === undefined || !isTimeZone(timeZone)) return null;
	const day = dayIn(timeZone, moment);
	return day === dayIn(timeZone, moment - 1) ? null : day;
}

function faultOf(value: unknown, text: string): DateFault {
	if (typeof value === 'number' || /^\d{1,5}(\.\d+)?$/.test(text)) return 'serialNumber';
	// Years of more than four digits, as ISO 8601 writes them.
	if (/^\+\d{6}-/.test(text)) return 'birthInTheFuture';
	return /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(text) ? 'timeOfDay' : 'invalidDate';
}

/** A parameter may hold a luxon DateTime, read in its own zone, or a Date, read as in JSON: it has no zone. */
function dateText(value: unknown): string {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	const given = isDateTime(value) ? value.toISO() : value;
	return typeof given === 'string' || typeof given === 'number' ? String(given) : '';
}

interface DateTime {
	toISO(): unknown;
	toMillis(): number;
	startOf(unit: 'day'): DateTime;
}

const isDateTime = (value: unknown): value is DateTime =>
	typeof value === 'object' &&
	value !== null &&
	'isLuxonDateTime' in value &&
	['toISO', 'toMillis', 'startOf'].every(
		(name) => typeof (value as Record<string, unknown>)[name] === 'function',
	);

const isFirstMoment = (value: DateTime): boolean => value.startOf('day').toMillis() === value.toMillis();
