import { ProgenyError, type ErrorCode } from './error';
import { photoMessages } from './photoMessages';

const WHICH_UUID = 'Give the UUID that Progeny returned when the face was registered';

const GIVE_RECEIPT = 'Give the receipt that a Submit operation returned, or that came with a timeout.';

const HOW_TO_GIVE_A_DATE =
	"Give the day alone, as yyyy-mm-dd. In an expression, use .toFormat('yyyy-MM-dd') for a date-time, and DateTime.fromFormat(text, 'dd.MM.yyyy').toFormat('yyyy-MM-dd') for a text that is written otherwise, with its own pattern.";

const invalidDate = (what: string, remedy = HOW_TO_GIVE_A_DATE): ProgenyError =>
	new ProgenyError('INVALID_DATE', `Date of Birth ${what}`, remedy);

const AS_IN_THE_DOCUMENT = 'Give the full name as written in the official document';

/** Why a text is not a name: what it holds, and what to do so that the real person comes through. */
const NAME_FAULTS = {
	damaged: [
		'its letters were damaged on their way',
		'Read the file, sheet or page that it comes from as UTF-8 and not as HTML or a URL, or ask the person again.',
	],
	fewLetters: ['it has fewer than two letters', `${AS_IN_THE_DOCUMENT}.`],
	sign: [
		'it holds a sign that no name has',
		`${AS_IN_THE_DOCUMENT}: letters, blanks, hyphens, apostrophes, commas and full stops.`,
	],
	marks: [
		'it holds marks through, around or heaped upon its letters',
		`${AS_IN_THE_DOCUMENT}, with ordinary letters.`,
	],
	letterForm: [
		'it holds letters that only look like those of a name',
		`${AS_IN_THE_DOCUMENT}, with ordinary letters.`,
	],
	digit: ['it holds a digit within a word', `${AS_IN_THE_DOCUMENT}, with letters in place of digits.`],
	scripts: [
		'it mixes letters of two alphabets, which may look alike',
		'Write the whole name in one alphabet, e.g. as the machine-readable lines of the document have it.',
	],
	onlyPlaceholders: [
		'it only fills the place of one',
		`${AS_IN_THE_DOCUMENT}, and check the expression that gives it. If the person is called so, add the other names.`,
	],
} as const satisfies Record<string, readonly [string, string]>;

/** A kind of fault that a name has. */
export type NameFault = keyof typeof NAME_FAULTS;

const invalidName = (label: string, what: string, remedy: string): ProgenyError =>
	new ProgenyError('INVALID_NAME', `${label} is not a name: ${what}`, `Nothing was sent. ${remedy}`);

/** What is said of an item that cannot be sent, before Progeny is contacted. */
export const inputMessages = {
	...photoMessages,
	/** A text with `{{` or `$json` in it, which n8n did not resolve. */
	plainExpression: (label: string, code: ErrorCode) =>
		new ProgenyError(
			code,
			`${label} holds an expression as plain text`,
			`Nothing was sent. Switch ${label} from Fixed to Expression (the switch above it appears when you point at the field).`,
		),
	tooLong: (label: string, code: ErrorCode, longest: number) =>
		new ProgenyError(
			code,
			`${label} has more than ${longest} characters`,
			`Nothing was sent. Check that ${label} gets the right field: no real value is that long.`,
		),
	unusableOptions: () =>
		new ProgenyError(
			'INVALID_OPTIONS',
			'The expression for all Options gave no options',
			'Nothing was sent. Let it return an object, e.g. {{ { maxAge: 5 } }}, or give each option a value or an expression of its own.',
		),
	invalidDocumentType: () =>
		new ProgenyError(
			'INVALID_DOCUMENT_TYPE',
			'Document Type is neither passport nor card',
			"Choose one, or let the expression give the text passport or card. A card is an ID card or a driver's license.",
		),
	invalidUuid: (value: string) =>
		value === ''
			? new ProgenyError(
					'INVALID_UUID',
					'UUID is empty',
					`${WHICH_UUID}. Check the expression: names are case-sensitive.`,
				)
			: new ProgenyError(
					'INVALID_UUID',
					`UUID is not a valid UUID: ${value}`,
					`${WHICH_UUID}, e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002.`,
				),
	noDate: () =>
		new ProgenyError(
			'INVALID_DATE',
			'Date of Birth is empty',
			`${HOW_TO_GIVE_A_DATE} Check the expression: names are case-sensitive.`,
		),
	invalidDate: () => invalidDate('is not written as yyyy-mm-dd'),
	timeOfDay: () =>
		invalidDate(
			'is a time within a day, not a day',
			`A date-time is taken only where its own clock reads 00:00. ${HOW_TO_GIVE_A_DATE}`,
		),
	serialNumber: () =>
		invalidDate(
			'is a number, not a day',
			`A spreadsheet counts days so: {{ DateTime.fromISO('1899-12-30').plus({ days: $json.birth }) }} makes a day of the number in the field birth. ${HOW_TO_GIVE_A_DATE}`,
		),
	noSuchDay: () => invalidDate('is not a day of the calendar'),
	birthInTheFuture: () =>
		invalidDate(
			'lies in the future',
			`Check the year: an expression may have completed one of two digits or read the digits in another order, or it is of another calendar. ${HOW_TO_GIVE_A_DATE}`,
		),
	birthTooLongAgo: () =>
		invalidDate(
			'lies more than 125 years back',
			`Check the year: an empty cell of a spreadsheet may come out as 1900 or before, or it is of another calendar. ${HOW_TO_GIVE_A_DATE}`,
		),
	noName: (label: string) =>
		new ProgenyError(
			'INVALID_NAME',
			`${label} is empty`,
			`${AS_IN_THE_DOCUMENT}, and check the expression that gives it: names are case-sensitive.`,
		),
	invalidName: (label: string, fault: NameFault) => {
		const [what, remedy] = NAME_FAULTS[fault];
		return invalidName(label, what, remedy);
	},
	/** A word of no person's name; `written` is how somebody who is called so has to write it, if there is a way. */
	valuelessName: (label: string, word: string, written: string | undefined) =>
		invalidName(
			label,
			`it holds ${word}, which stands for no value`,
			`Check the expression that gives it: names are case-sensitive.${written === undefined ? '' : ` If the person is called so, write ${written}.`}`,
		),
	/** A word that forms and documents put where a name is missing. */
	fillerInName: (label: string, word: string) =>
		invalidName(
			label,
			`it holds ${word}, which stands for a missing name`,
			`Leave ${word} out, and write only the name.`,
		),
	noReceipt: () => new ProgenyError('INVALID_RECEIPT', 'Receipt or Task ID is empty', GIVE_RECEIPT),
	invalidReceipt: () =>
		new ProgenyError(
			'INVALID_RECEIPT',
			'The receipt is not valid here',
			'It counts only with what it was made for: this node with the parameters and options that choose its service, the same credential, Base URL and username, the same UUID or other texts, and the same Reference, or none on both sides. It may also be incomplete or changed. Submit again if it cannot be had.',
		),
	emptyReference: () =>
		new ProgenyError(
			'INVALID_RECEIPT',
			'Reference is empty',
			'Check the expression in the option Reference, or remove the option: an empty reference would let one receipt serve for several sessions.',
		),
	/** A reference that two sessions may share; `found` says what it holds. */
	unboundReference: (found: string) =>
		new ProgenyError(
			'INVALID_RECEIPT',
			`Reference holds ${found}`,
			'Nothing was sent, since one receipt would serve for several sessions. Check the expression in the option Reference: names are case-sensitive, and an ID of more than 15 digits has to be a text.',
		),
	badTaskId: (value: string) =>
		new ProgenyError('TASK_NOT_FOUND', `Receipt or Task ID is neither: ${value}`, GIVE_RECEIPT),
};
