import { ageOn, daysBetween, isUnreadDate, readDate } from '../document/dates';
import { isPlaceholder } from '../document/inputName';
import type { DocumentName } from '../document/names';
import { hasEncoded } from '../util/encoded';
import { finiteNumber, isRecord, own } from '../util/values';

/** The fields of a document in the output. Dates are yyyy-mm-dd; null if missing or unreadable. */
export interface DocumentFields {
	isValid: boolean | null;
	isExpired: boolean | null;
	fullName: string | null;
	firstName: string | null;
	lastName: string | null;
	dateOfBirth: string | null;
	/** In full years, today. */
	age: number | null;
	dateOfIssue: string | null;
	dateOfExpiry: string | null;
	/** Negative once it has expired. */
	expiresInDays: number | null;
	documentNumber: string | null;
	sex: string | null;
	nationality: string | null;
}

/** A document's fields, with everything else that its decision needs. */
export interface DocumentReading {
	fields: DocumentFields;
	/** The name to compare, also if it is too long for the output. */
	name: DocumentName;
	/** True if a name, a number or a date of birth was read. Otherwise no document was read. */
	isRead: boolean;
	/** True if the age is reliable: the date of birth and Progeny's own `age` do not contradict each other. */
	isAgeCertain: boolean;
}

/**
 * Reads a document of a finished task; undefined if there is none. The field names are documented for a passport, and inferred
 * for other documents. `today` is yyyy-mm-dd.
 */
export function documentReading(document: unknown, today: string): DocumentReading | undefined {
	if (!isRecord(document)) return undefined;
	const boolean = (name: string) => booleanOf(own(document, name));
	const text = (name: string) => fieldText(own(document, name));
	const shown = (name: string) => shownText(text(name));
	const date = (name: string) => readDate(own(document, name));
	const firstName = shown('firstName');
	const lastName = shown('lastName');
	const parts = [firstName, lastName].filter((part) => part !== null);
	const dateOfExpiry = date('dateOfExpiry');
	const { age, isAgeCertain } = readAge(document, today);
	return {
		isAgeCertain,
		isRead:
			date('dateOfBirth') !== null ||
			['fullName', 'firstName', 'lastName', 'documentNumber'].some((name) => isFilled(text(name))),
		name: { fullName: text('fullName'), firstName: text('firstName'), lastName: text('lastName') },
		fields: {
			isValid: boolean('is_valid'),
			isExpired: boolean('is_expired'),
			fullName: shown('fullName') ?? (parts.length > 0 ? parts.join(' ') : null),
			firstName,
			lastName,
			dateOfBirth: date('dateOfBirth'),
			age,
			dateOfIssue: date('dateOfIssue'),
			dateOfExpiry,
			expiresInDays: dateOfExpiry === null ? null : daysBetween(today, dateOfExpiry),
			documentNumber: shown('documentNumber'),
			sex: shown('sex'),
			nationality: shown('nationality'),
		},
	};
}

const MAX_AGE = 130;

/**
 * Counts the age from the date of birth. Without such a date Progeny's own `age` is used, but it is not reliable beside an
 * unreadable date, from which Progeny may have counted it. Progeny's -1 means no age (inferred from the OCR product).
 */
function readAge(
	document: Record<string, unknown>,
	today: string,
): { age: number | null; isAgeCertain: boolean } {
	const given = own(document, 'age');
	const born = own(document, 'dateOfBirth');
	const said = finiteNumber(given) === -1 ? undefined : finiteNumber(given);
	const dateOfBirth = readDate(born);
	const counted = dateOfBirth === null ? undefined : ageOn(dateOfBirth, today);
	const age = counted ?? (typeof given === 'number' ? said : undefined);
	if (age === undefined || age < 0 || age > MAX_AGE) return { age: null, isAgeCertain: false };
	const isAgeCertain =
		counted === undefined ? isUnreadDate(born) : said === undefined || Math.abs(counted - said) <= 1;
	return { age, isAgeCertain };
}

const booleanOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** A longer text is not tidied: it is never shown, and equal to no name. */
const MAX_READ_LENGTH = 5_000;

/** Returns a text as one line, without Python's `None`, also beside other words; null if nothing is left. */
function fieldText(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	if (value.length > MAX_READ_LENGTH) return value.slice(0, MAX_READ_LENGTH);
	const words = value
		.replace(/[\p{Cf}\p{DI}]+/gu, '')
		.split(/[\p{Cc}\s]+/u)
		.filter((word) => word !== '' && word !== 'None');
	return words.length > 0 ? words.join(' ') : null;
}

/**
 * False for placeholder words, and for a text without a letter or a digit other than X and 0, such as the fillers of a
 * machine-readable zone. The text itself is kept: a name may be Null or Na.
 */
const isFilled = (text: string | null): boolean =>
	text !== null && !isPlaceholder(text) && /[\p{L}\p{N}]/u.test(text.normalize('NFKC').replace(/[0x]/gi, ''));

const MAX_SHOWN_LENGTH = 300;

/** Returns null for a text that is too long for a document's field or holds encoded data. */
const shownText = (text: string | null): string | null =>
	text === null || text.length > MAX_SHOWN_LENGTH || hasEncoded(text) ? null : text;
