import { inputDate } from '../document/dates';
import { namesMatch, type DocumentName } from '../document/names';
import { finiteNumber } from '../util/values';
import type { DocumentFields, DocumentReading } from './documentFields';

/** The user's expectations of a document. undefined: not checked. An unusable value is never met. */
export interface Expectations {
	/** Minimum age in years. */
	minAge: unknown;
	/** Days from today for which the document must remain valid. */
	minValidityDays: unknown;
	expectedName: unknown;
	/** A day, as `inputDate` reads it. */
	expectedDateOfBirth: unknown;
}

/** Returns a reason for each expectation that a document does not meet. */
export const unmetExpectations = (
	{ fields, name, isAgeCertain }: DocumentReading,
	expected: Expectations,
): string[] => [
	...minimumReasons(fields.expiresInDays, expected.minValidityDays, 'EXPIRES_SOON', 'EXPIRY_UNKNOWN'),
	...minimumReasons(isAgeCertain ? fields.age : null, expected.minAge, 'UNDER_AGE', 'AGE_UNKNOWN'),
	...nameReasons(name, expected.expectedName),
	...dateOfBirthReasons(fields, expected.expectedDateOfBirth),
];

/** `below` for a lower value; `unknown` if the value is missing or the minimum is not a number of at least 0. */
function minimumReasons(value: number | null, minimum: unknown, below: string, unknown: string): string[] {
	if (minimum === undefined) return [];
	const needed = finiteNumber(minimum);
	if (value === null || needed === undefined || needed < 0) return [unknown];
	return value >= needed ? [] : [below];
}

function nameReasons(name: DocumentName, expected: unknown): string[] {
	if (expected === undefined) return [];
	const match = namesMatch(expected, name);
	return match === 'equal' ? [] : [match === 'unknown' ? 'NAME_UNKNOWN' : 'NAME_MISMATCH'];
}

function dateOfBirthReasons({ dateOfBirth }: DocumentFields, expected: unknown): string[] {
	if (expected === undefined) return [];
	const date = inputDate(expected);
	if (date === null || dateOfBirth === null) return ['DATE_OF_BIRTH_UNKNOWN'];
	return date === dateOfBirth ? [] : ['DATE_OF_BIRTH_MISMATCH'];
}
