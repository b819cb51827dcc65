import { ageOn } from '../document/dates';
import { daysBetween, isUnreadDate, readDate } from '../document/dates';
import { isPlaceholder } from '../document/inputName';
import type { DocumentName } from '../document/names';
import { hasEncoded } from '../util/encoded';
import { finiteNumber, isRecord, own } from '../util/values';

/** What a document says, as it goes out. Days are yyyy-mm-dd; null is what is not there or cannot be read. */
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

/** A document that was read, with what is known of its age. */
export interface DocumentReading {
	fields: DocumentFields;
	/** The name to compare with, whole also where it is too long to be shown. */
	name: DocumentName;
	/** Whether a name, a number or a date of birth was read: without any of them, no document was. */
	isRead: boolean;
	/** Whether the age can be relied on: the document's date of birth and Progeny's own count do not speak against each other. */
	isAgeCertain: boolean;
}

/**
 * Reads a document of a finished task; undefined where there is none. The names of its fields are documented for a passport,
 * and inferred for any other document. `today` is yyyy-mm-dd.
 */
export function documentReading(document: unknown, today: string): DocumentReading | undefined {
	if (!isRecord(document)) return undefined;
	const boolean = (name: string) => booleanOf(own(document, name));
	const text = (name: string) => textOf(own(document, name));
	const shown = (name: string) => shownText(text(name));
	const date = (name: string) => readDate(own(document, name));
	const [firstName, lastName] = [shown('firstName'), shown('lastName')];
	const parts = [firstName, lastName].filter((part) => part !== null);
	const dateOfExpiry = date('dateOfExpiry');
	const { age, isAgeCertain } = readAge(document, today);
	return {
		isAgeCertain,
		isRead:
			date('dateOfBirth') !== null ||
			['fullName', 'firstName', 'lastName', 'documentNumber'].some((name) => saysSomething(text(name))),
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

const OLDEST = 130;

/**
 * The age is counted from the date of birth. Progeny's own count stands in where it gives no such date, but not for a date that
 * cannot be understood, from which it may have been counted. Progeny's -1 is no age (inferred from the OCR product).
 */
function readAge(
	document: Record<string, unknown>,
	today: string,
): { age: number | null; isAgeCertain: boolean } {
	const [given, born] = [own(document, 'age'), own(document, 'dateOfBirth')];
	const said = finiteNumber(given) === -1 ? undefined : finiteNumber(given);
	const dateOfBirth = readDate(born);
	const counted = dateOfBirth === null ? undefined : ageOn(dateOfBirth, today);
	const age = counted ?? (typeof given === 'number' ? said : undefined);
	if (age === undefined || age < 0 || age > OLDEST) return { age: null, isAgeCertain: false };
	const isAgeCertain =
		counted === undefined ? isUnreadDate(born) : said === undefined || Math.abs(counted - said) <= 1;
	return { age, isAgeCertain };
}

const booleanOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** A text as one line, without the `None` that Python puts for nothing, also beside other words; null where nothing is left. */
function textOf(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const words = value
		.replace(/\p{Cf}+/gu, '')
		.split(/[\p{Cc}\s]+/u)
		.filter((word) => word !== '' && word !== 'None');
	return words.length > 0 ? words.join(' ') : null;
}

/** Fillers of a machine-readable zone, and words that stand for nothing, are no name and no number. */
const saysSomething = (text: string | null): boolean =>
	text !== null && !isPlaceholder(text) && !/^[<*\-0x\s]*$/i.test(text);

const LONGEST_SHOWN = 300;

/** The text, where it is fit for an output: of a document's field, not of a file. */
const shownText = (text: string | null): string | null =>
	text === null || text.length > LONGEST_SHOWN || hasEncoded(text) ? null : text;
