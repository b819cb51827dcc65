import type { Zone } from './zone';

/** `document` of a finished task, in the key order of Progeny's passport sample. */
export interface DocumentBlock {
	is_valid: boolean;
	/** Null if the zone has no complete date of expiry. */
	is_expired: boolean | null;
	dateOfBirth: string;
	/** -1 if the date of birth is incomplete, as in BlinkID. */
	age: number;
	firstName: string;
	lastName: string;
	dateOfIssue: string;
	dateOfExpiry: string;
	documentNumber: string;
	sex: string;
	nationality: string;
	portrait?: string;
	portrait_url?: string;
}

/** Year, month and day; undefined if unknown. */
type DateParts = [year: number | undefined, month: number | undefined, day: number | undefined];

// The sandbox keeps no portrait, so its address leads nowhere (RFC 2606).
const mediaHost = 'https://media.sandbox.invalid/media/';

/** Returns a date as Progeny writes it: `1990-9-4`, an unknown part as `None`. */
export function progenyDate(parts: DateParts): string {
	return parts.map((part) => part ?? 'None').join('-');
}

/** Returns the path and address of a portrait, as in the sample; `name` is unique. */
export function portraitOf(service: string, name: string) {
	const portrait = `images/services/${service}/${name}.jpg`;
	return { portrait, portrait_url: mediaHost + portrait };
}

/** Returns the `document` of a zone on a day (UTC); `portrait` is added as it is. */
export function documentBlock(zone: Zone, today: Date, portrait: object = {}): DocumentBlock {
	const thisYear = today.getUTCFullYear();
	const birth = pastParts(
		dateParts(zone.birth, (year) => (year > thisYear ? year - 100 : year)),
		partsOf(today),
	);
	const expiry = dateParts(zone.expiry, (year) => (year > thisYear + 50 ? year - 100 : year));
	return {
		is_valid: zone.valid,
		is_expired: isComplete(expiry) ? dayNumber(expiry) < dayNumber(partsOf(today)) : null,
		dateOfBirth: progenyDate(birth),
		age: isComplete(birth) ? fullYears(birth, partsOf(today)) : -1,
		firstName: zone.firstName,
		lastName: zone.lastName,
		dateOfIssue: progenyDate([undefined, undefined, undefined]),
		dateOfExpiry: progenyDate(expiry),
		documentNumber: zone.documentNumber,
		sex: zone.sex,
		nationality: zone.nationality,
		...portrait,
	};
}

function dateParts(yymmdd: string | undefined, century: (year: number) => number): DateParts {
	const [year, month, day] = [0, 2, 4].map((at) => {
		const part = yymmdd?.slice(at, at + 2) ?? '';
		return /^\d\d$/.test(part) ? Number(part) : undefined;
	});
	return [year === undefined ? undefined : century(2000 + year), month, day];
}

/** A date of birth later this year was a hundred years ago. */
function pastParts(parts: DateParts, today: [number, number, number]): DateParts {
	if (!isComplete(parts) || dayNumber(parts) <= dayNumber(today)) return parts;
	const [year, month, day] = parts;
	return [year - 100, month, day];
}

function partsOf(day: Date): [number, number, number] {
	return [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
}

function isComplete(parts: DateParts): parts is [number, number, number] {
	return parts.every((part) => part !== undefined);
}

function dayNumber([year, month, day]: [number, number, number]): number {
	return year * 10_000 + month * 100 + day;
}

function fullYears(birth: [number, number, number], today: [number, number, number]): number {
	return Math.floor((dayNumber(today) - dayNumber(birth)) / 10_000);
}
