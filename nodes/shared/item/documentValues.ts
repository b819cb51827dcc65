import { daysIn, inputDate } from '../document/dates';
import { checkedName } from '../document/inputName';
import { givenText } from '../errors/givenText';
import { messages } from '../errors/messages';
import type { Expectations } from '../result/expectations';
import type { ItemValues, PhotoParameter } from '../service';
import { trimmed } from '../util/trimmed';
import { backProperty, frontProperty, passportProperty } from './documentProperties';

/** The documents that Progeny reads: a passport by one photo, a card by two. */
export type DocumentType = 'card' | 'passport';

/** The form fields of each document's photos (documented). */
export const DOCUMENT_FILES: Readonly<Record<DocumentType, Readonly<Record<string, PhotoParameter>>>> = {
	card: { front_id: frontProperty, back_id: backProperty },
	passport: { passport_image: passportProperty },
};

/** Which document an item sends. Throws INVALID_DOCUMENT_TYPE for anything but the two. */
export function readDocumentType({ parameter }: ItemValues): DocumentType {
	const value = parameter('documentType');
	if (value === 'card' || value === 'passport') return value;
	throw messages.invalidDocumentType();
}

/**
 * What an item expects of its document; `judge` takes it with the day on which it decides. What is set, but empty or not a date, is
 * kept as null, which no document meets. Throws INVALID_NAME for a name that no document has, and INVALID_DATE for an expression as
 * plain text.
 */
export function readExpectations({ option, timeZone }: ItemValues): Expectations {
	const [name, date] = [option('expectedName'), option('expectedDateOfBirth')];
	return {
		minAge: option('minAge'),
		minValidityDays: option('minValidityDays'),
		expectedName: name === undefined ? undefined : expectedName(name),
		expectedDateOfBirth: date === undefined ? undefined : expectedDate(date, timeZone()),
	};
}

const expectedName = (value: unknown): string | null =>
	typeof value === 'string' && trimmed(value) !== '' ? checkedName(value, 'Expected Name') : null;

function expectedDate(value: unknown, timeZone: string): string | null {
	givenText(value, { label: 'Expected Date of Birth', code: 'INVALID_DATE', longest: 100 });
	return inputDate(value, { now: Date.now(), timeZone });
}

/**
 * Today in the workflow's time zone, yyyy-mm-dd: several days where nobody can tell which it is. `now` in ms since 1970, as
 * each clock has it that may be right.
 */
export const daysOf = ({ timeZone }: ItemValues, now: readonly number[]): string[] => [
	...new Set(now.flatMap((time) => daysIn(timeZone(), time))),
];
