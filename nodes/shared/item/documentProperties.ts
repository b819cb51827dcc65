import type { INodeProperties } from 'n8n-workflow';
import { daysIn, inputDate } from '../document/dates';
import { checkedName } from '../document/inputName';
import { givenText } from '../errors/givenText';
import { messages } from '../errors/messages';
import type { Expectations } from '../result/expectations';
import type { ItemValues, PhotoParameter } from '../service';
import { trimmed } from '../util/trimmed';
import { FOR_RESULT, FOR_UPLOAD } from './properties';

/** The document type. It chooses the service, so Get Task Result needs it too. */
export const documentTypeProperty: INodeProperties = {
	displayName: 'Document Type',
	name: 'documentType',
	type: 'options',
	options: [
		{ name: "ID Card or Driver's License", value: 'card', description: 'Front and back are needed' },
		{ name: 'Passport', value: 'passport', description: 'The page with the photo is needed' },
	],
	default: 'passport',
	required: true,
	description: 'The document type. Progeny does not detect a wrong choice.',
};

/** Returns a parameter for a binary field with a photo. Default: `name`. With `documentType`, it is shown for that type only. */
function photoField(
	name: string,
	displayName: string,
	content: string,
	documentType?: 'card' | 'passport',
): INodeProperties {
	return {
		displayName,
		name: `${name}BinaryPropertyName`,
		type: 'string',
		typeOptions: { binaryDataProperty: true },
		default: name,
		required: true,
		placeholder: `e.g. ${name}`,
		hint: `The name shown on the input's Binary tab, e.g. ${name}, or an expression that returns a file`,
		description: `A JPEG or PNG photo of ${content}. An expression may also return the file itself, e.g. that of another node.`,
		displayOptions: {
			...(documentType === undefined ? {} : { show: { documentType: [documentType] } }),
			...FOR_UPLOAD,
		},
	};
}

/** The photo of the person who shows the document. */
export const selfieProperty = photoField('selfie', 'Selfie Binary Field', 'the face of the person');
/** The photo of a passport. */
export const passportProperty = photoField(
	'passport',
	'Passport Binary Field',
	"the passport's page with the portrait",
	'passport',
);
/** The photo of a card's front. */
export const frontProperty = photoField('front', 'Front Binary Field', "the card's front", 'card');
/** The photo of a card's back. */
export const backProperty = photoField('back', 'Back Binary Field', "the card's back", 'card');

/** Omits personal data from the output. */
export const hidePersonalData: INodeProperties = {
	displayName: 'Hide Personal Data',
	name: 'hidePersonalData',
	type: 'boolean',
	default: false,
	description:
		'Whether to omit names, dates, numbers and hits from the output, so that n8n does not store them. The decision and its reasons stay.',
};

/** The options of every node that reads a document: what to require of it. */
export const documentOptions: INodeProperties[] = [
	{
		displayName: 'Expected Date of Birth',
		name: 'expectedDateOfBirth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1990-09-04',
		description:
			"Expected date of birth (yyyy-mm-dd). A different one becomes a <code>review</code>. For a text such as 04.09.1990 use <code>DateTime.fromFormat(text, 'dd.MM.yyyy')</code>.",
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Expected Name',
		name: 'expectedName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Jane Doe',
		description:
			'Expected name. A different one becomes a <code>review</code>. Case, accents and order do not matter.',
		displayOptions: FOR_RESULT,
	},
	hidePersonalData,
	{
		displayName: 'Minimum Age',
		name: 'minAge',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 130, numberPrecision: 0 },
		default: 18,
		description: 'Minimum age in years. Anyone younger fails.',
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Minimum Validity (Days)',
		name: 'minValidityDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 30,
		description:
			'Days the document must remain valid. One that expires sooner becomes a <code>review</code>.',
		displayOptions: FOR_RESULT,
	},
];

/** The documents that Progeny reads: a passport has one photo, a card two. */
export type DocumentType = 'card' | 'passport';

/** The form fields of each document's photos (documented). */
export const DOCUMENT_FILES: Readonly<Record<DocumentType, Readonly<Record<string, PhotoParameter>>>> = {
	card: { front_id: frontProperty, back_id: backProperty },
	passport: { passport_image: passportProperty },
};

/** Returns an item's document type. Throws INVALID_DOCUMENT_TYPE for any other value. */
export function readDocumentType({ parameter }: ItemValues): DocumentType {
	const value = parameter('documentType');
	if (value === 'card' || value === 'passport') return value;
	throw messages.invalidDocumentType();
}

/**
 * Returns an item's expectations of its document. An empty value or a text that is not a date is null, which no document meets.
 * Throws INVALID_NAME for a damaged name or a placeholder, and INVALID_DATE for an expression as plain text.
 */
export function readExpectations({ option, timeZone }: ItemValues): Expectations {
	const name = option('expectedName');
	const date = option('expectedDateOfBirth');
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
	givenText(value, { label: 'Expected Date of Birth', code: 'INVALID_DATE', maxLength: 100 });
	return inputDate(value, { now: Date.now(), timeZone });
}

/**
 * Returns today in the workflow's time zone (yyyy-mm-dd), or several days if it is uncertain. `now`: the time in ms since 1970 by
 * each clock that may be right.
 */
export const daysOf = ({ timeZone }: ItemValues, now: readonly number[]): string[] => [
	...new Set(now.flatMap((time) => daysIn(timeZone(), time))),
];
