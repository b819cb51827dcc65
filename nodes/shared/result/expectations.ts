import { inputDate } from '../document/dates';
import { namesMatch, type DocumentName } from '../document/names';
import { finiteNumber } from '../util/values';
import type { DocumentFields, DocumentReading } from './documentFields';

/** What the user expects of a document: undefined is not asked; what is set, but cannot be used, is never met. */
export interface Expectations {
	/** The lowest age in years. */
	minAge: unknown;
	/** How many days from today the document has to be valid, at least. */
	minValidityDays: unknown;
	expectedName: unknown;
	/** A day, as `inputDate` takes it. */
	expectedDateOfBirth: unknown;
}

/** What a document does not meet of the expectations that are set, as reasons. */
export const unmetExpectations = (
	{ fields, name, isAgeCertain }: DocumentReading,
	expected: Expectations,
): string[] => [
	...belowMinimum(fields.expiresInDays, expected.minValidityDays, 'EXPIRES_SOON', 'EXPIRY_UNKNOWN'),
	...belowMinimum(isAgeCertain ? fields.age : null, expected.minAge, 'UNDER_AGE', 'AGE_UNKNOWN'),
	...nameDoubts(name, expected.expectedName),
	...dateOfBirthDoubts(fields, expected.expectedDateOfBirth),
];

/** A minimum is unknown to be reached where the number is missing, or the minimum is no number from 0 up. */
function belowMinimum(value: number | null, minimum: unknown, below: string, unknown: string): string[] {
	if (minimum === undefined) return [];
	const needed = finiteNumber(minimum);
	if (value === null || needed === undefined || needed < 0) return [unknown];
	return value >= needed ? [] : [below];
}

function nameDoubts(name: DocumentName, expected: unknown): string[] {
	if (expected === undefined) return [];
	const match = namesMatch(expected, name);
	return match === 'equal' ? [] : [match === 'unknown' ? 'NAME_UNKNOWN' : 'NAME_MISMATCH'];
}

function dateOfBirthDoubts({ dateOfBirth }: DocumentFields, expected: unknown): string[] {
	if (expected === undefined) return [];
	const date = inputDate(expected);
	if (date === null || dateOfBirth === null) return ['DATE_OF_BIRTH_UNKNOWN'];
	return date === dateOfBirth ? [] : ['DATE_OF_BIRTH_MISMATCH'];
}
