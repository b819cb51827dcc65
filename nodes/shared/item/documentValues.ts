import { dayIn } from '../document/dates';
import { messages } from '../errors/messages';
import type { Expectations } from '../result/expectations';
import type { ItemValues, PhotoParameter } from '../service';
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

/** What an item expects of its document, as set; `judge` takes it with the day on which it decides. */
export function readExpectations({ option }: ItemValues): Expectations {
	return {
		minAge: option('minAge'),
		minValidityDays: option('minValidityDays'),
		expectedName: option('expectedName'),
		expectedDateOfBirth: option('expectedDateOfBirth'),
	};
}

/** Today in the workflow's time zone, yyyy-mm-dd. */
export const todayIn = ({ timeZone }: ItemValues): string => dayIn(timeZone(), Date.now());
