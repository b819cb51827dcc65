import type { INodeProperties } from 'n8n-workflow';
import { FOR_RESULT, FOR_UPLOAD } from './properties';

/** Which document is sent. It chooses the service, so Get Task Result asks for it again. */
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
	description: 'Which document it is. Progeny does not tell that a document is of the other type.',
};

/** A binary field with a photo, called `name` by default; with `documentType`, for that type alone. */
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
		hint: `Type the name shown on the input's Binary tab, e.g. ${name}`,
		description: `A JPEG or PNG photo of ${content}. An expression may also give the file itself, e.g. one of another node.`,
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

/** Leaves what tells about the person out of the output. */
export const hidePersonalData: INodeProperties = {
	displayName: 'Hide Personal Data',
	name: 'hidePersonalData',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave names, dates, numbers and hits out of the output, so that n8n does not store them. The decision and its reasons stay.',
};

/** The options of every node that reads a document: what the document has to say. */
export const documentOptions: INodeProperties[] = [
	{
		displayName: 'Expected Date of Birth',
		name: 'expectedDateOfBirth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1990-09-04',
		description:
			"The date of birth that the document should have, as yyyy-mm-dd. Another one comes out with the decision <code>review</code>. Of a text such as 04.09.1990, use <code>DateTime.fromFormat(text, 'dd.MM.yyyy')</code>.",
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Expected Name',
		name: 'expectedName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Jane Doe',
		description:
			'The name that the document should have. Another one comes out with the decision <code>review</code>; case, accents and order do not count.',
		displayOptions: FOR_RESULT,
	},
	hidePersonalData,
	{
		displayName: 'Minimum Age',
		name: 'minAge',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 130, numberPrecision: 0 },
		default: 18,
		description: 'How many years old the person has to be. Who is younger fails.',
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Minimum Validity (Days)',
		name: 'minValidityDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 30,
		description:
			'For how many more days the document has to be valid. A document that expires sooner comes out with the decision <code>review</code>.',
		displayOptions: FOR_RESULT,
	},
];
