/** The day as yyyy-mm-dd; null where there is no such day, or the year has not four digits. */
export function isoDay(year: string, month: string, day: string): string | null {
	const text = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
	if (!ISO_DAY.test(text)) return null;
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

/** A year below 1000 is a shorter one, padded. */
const ISO_DAY = /^[1-9]\d{3}-\d\d-\d\d$/;

/** A time of day, as it may follow a date: midnight of its own clock, whatever the time zone. */
export const MIDNIGHT = '[T ]00:00(?::00(?:[.,]0+)?)?(?: ?(?:Z|[+-]\\d\\d(?::?\\d\\d)?))?';

const PROGENY_DATE = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:${MIDNIGHT})?$`);

/**
 * Reads a date of Progeny's, which are not padded: `1990-9-4` (documented). Gives yyyy-mm-dd; null where a part could not be
 * read (`None-None-None`, documented), the year is not four digits, the day does not exist, or it is another shape.
 */
export function readDate(value: unknown): string | null {
	const match = typeof value === 'string' ? PROGENY_DATE.exec(value.trim()) : null;
	return match === null ? null : isoDay(match[1]!, match[2]!, match[3]!);
}

/** Whether Progeny gives no date there, or says that it could not read one or a part of it: `None-None-None` (documented). */
export const isUnreadDate = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && (value.trim() === '' || value.trim().split('-').includes('None')));

/** The days from one day to another, both yyyy-mm-dd; negative where the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
	(Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The day so many days after another, both yyyy-mm-dd. */
export const dayAfter = (day: string, days: number): string =>
	utcDay(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);

/** Whether n8n can tell the day in a time zone (IANA name). */
export function isTimeZone(timeZone: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
	} catch {
		return false;
	}
}

/** The day in a time zone (IANA name) as yyyy-mm-dd; in UTC if the zone is not known. `now` in ms since 1970. */
export function dayIn(timeZone: string, now: number): string {
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

/** `dayIn`; the first and the last day on Earth, in UTC-12 and UTC+14, if the zone is not known. */
export const daysIn = (timeZone: string, now: number): string[] =>
	(isTimeZone(timeZone) ? [timeZone] : ['Etc/GMT+12', 'Etc/GMT-14']).map((zone) => dayIn(zone, now));
