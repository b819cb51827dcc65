import { ProgenyError, type ErrorCode, type Remedy } from './error';
import { photoMessages } from './photoMessages';

const WHICH_UUID = 'Use the UUID that Progeny returned when the face was registered';

const USE_RECEIPT = 'Use the receipt that a Submit operation or a timeout returned.';

const DATE_FORMAT = [
	"Enter the day alone, as yyyy-mm-dd. In an expression, use .toFormat('yyyy-MM-dd') for a date-time,",
	"and DateTime.fromFormat(text, 'dd.MM.yyyy').toFormat('yyyy-MM-dd') for a text in another format, with the pattern of that format.",
];

const invalidDate = (what: string, remedy: Remedy = DATE_FORMAT): ProgenyError =>
	new ProgenyError('INVALID_DATE', `Date of Birth ${what}`, remedy);

const AS_IN_THE_DOCUMENT = 'Enter the full name as written in the official document';

/** Why a text is not a name: its fault, and what to do if it is the real name. */
export const NAME_FAULTS = {
	damaged: [
		'its letters are damaged',
		'Read its source (file, sheet or page) as UTF-8, not as HTML or a URL, or ask the person again.',
	],
	fewLetters: ['it has fewer than two letters', `${AS_IN_THE_DOCUMENT}.`],
	sign: [
		'it contains a sign that no name has',
		`${AS_IN_THE_DOCUMENT}: letters, blanks, hyphens, apostrophes, commas and full stops.`,
	],
	marks: [
		'it contains marks through, around or piled on its letters',
		`${AS_IN_THE_DOCUMENT}, with ordinary letters.`,
	],
	letterForm: [
		'it contains letters that only look like those of a name',
		`${AS_IN_THE_DOCUMENT}, with ordinary letters.`,
	],
	digit: ['it contains a digit within a word', `${AS_IN_THE_DOCUMENT}, with letters in place of digits.`],
	scripts: [
		'it mixes letters of two alphabets, which may look alike',
		'Write the whole name in one alphabet, e.g. as the machine-readable lines of the document have it.',
	],
	onlyPlaceholders: [
		'it is a placeholder',
		[
			`${AS_IN_THE_DOCUMENT}, and check its expression.`,
			"If this is the person's real name, add the other names.",
		],
	],
} as const satisfies Record<string, readonly [string, Remedy]>;

/** A fault of a name. */
export type NameFault = keyof typeof NAME_FAULTS;

const invalidName = (label: string, what: string, remedy: Remedy): ProgenyError =>
	new ProgenyError('INVALID_NAME', `${label} is not a name: ${what}`, ['Nothing was sent.', remedy].flat());

/** Errors of an item that cannot be sent. Names and dates are personal data: no message repeats them. */
export const inputMessages = {
	...photoMessages,
	/** A text that contains `{{` or `$json`, which n8n did not resolve. */
	plainExpression: (label: string, code: ErrorCode) =>
		new ProgenyError(code, `${label} holds an expression as plain text`, [
			'Nothing was sent.',
			`Switch ${label} from Fixed to Expression (the switch above it appears when you point at the field).`,
		]),
	tooLong: (label: string, code: ErrorCode, maxLength: number) =>
		new ProgenyError(
			code,
			`${label} has more than ${maxLength} characters`,
			`Nothing was sent. Check that ${label} gets the right field: no real value is that long.`,
		),
	unusableOptions: () =>
		new ProgenyError('INVALID_OPTIONS', 'The expression for all Options returned no options', [
			'Nothing was sent.',
			'Make it return an object, e.g. {{ { maxAge: 5 } }}, or set each option by itself.',
		]),
	invalidDocumentType: () =>
		new ProgenyError('INVALID_DOCUMENT_TYPE', 'Document Type is neither passport nor card', [
			'Choose one, or make the expression return passport or card.',
			"A card is an ID card or a driver's license.",
		]),
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
		new ProgenyError('INVALID_DATE', 'Date of Birth is empty', [
			...DATE_FORMAT,
			'Check the expression: names are case-sensitive.',
		]),
	invalidDate: () => invalidDate('is not written as yyyy-mm-dd'),
	timeOfDay: () =>
		invalidDate('is a time of day, not a day', [
			'A date-time is accepted only if it reads 00:00 in its own time zone.',
			...DATE_FORMAT,
		]),
	serialNumber: () =>
		invalidDate('is a number, not a day', [
			"A spreadsheet counts days: {{ DateTime.fromISO('1899-12-30').plus({ days: $json.birth }) }} converts the number in the field birth to a day.",
			...DATE_FORMAT,
		]),
	noSuchDay: () => invalidDate('is not a day of the calendar'),
	birthInTheFuture: () =>
		invalidDate('is in the future', [
			'Check the year: an expression may have expanded a two-digit year or swapped the digits, or the date is from another calendar.',
			...DATE_FORMAT,
		]),
	birthTooLongAgo: () =>
		invalidDate('is more than 125 years ago', [
			'Check the year: an empty cell of a spreadsheet may become 1900 or earlier, or the date is from another calendar.',
			...DATE_FORMAT,
		]),
	noName: (label: string) =>
		new ProgenyError(
			'INVALID_NAME',
			`${label} is empty`,
			`${AS_IN_THE_DOCUMENT}, and check its expression: names are case-sensitive.`,
		),
	invalidName: (label: string, fault: NameFault) => {
		const [what, remedy] = NAME_FAULTS[fault];
		return invalidName(label, what, remedy);
	},
	/** A word that programs write for a missing value. `written` is how a person of that name must write it, if that is possible. */
	valuelessName: (label: string, word: string, written: string | undefined) =>
		invalidName(
			label,
			`it contains ${word}, which means that there is no value`,
			`Check its expression: names are case-sensitive.${written === undefined ? '' : ` If this is the person's real name, write ${written}.`}`,
		),
	/** A word that forms and documents use for a missing name. */
	fillerInName: (label: string, word: string) =>
		invalidName(
			label,
			`it contains ${word}, which means that a name is missing`,
			`Leave ${word} out and write only the name.`,
		),
	noReceipt: () => new ProgenyError('INVALID_RECEIPT', 'Receipt or Task ID is empty', USE_RECEIPT),
	invalidReceipt: () =>
		new ProgenyError('INVALID_RECEIPT', 'The receipt is not valid here', [
			'It was made for something else: another node, service (as parameters and options choose it), credential, Base URL, username, UUID or other text, or Reference.',
			'Or it is incomplete or changed.',
			'Use the original settings, or submit again.',
		]),
	emptyReference: () =>
		new ProgenyError(
			'INVALID_RECEIPT',
			'Reference is empty',
			'Check the expression in the option Reference, or remove the option: an empty reference would let one receipt serve for several sessions.',
		),
	/** A reference that two sessions may share; `found` describes it. */
	unboundReference: (found: string) =>
		new ProgenyError('INVALID_RECEIPT', `Reference holds ${found}`, [
			'Nothing was sent: one receipt would serve for several sessions.',
			'Check the expression in the option Reference: names are case-sensitive, and an ID of more than 15 digits must be a text.',
		]),
	badTaskId: (value: string) =>
		new ProgenyError(
			'TASK_NOT_FOUND',
			`Receipt or Task ID is neither a receipt nor a task ID: ${value}`,
			USE_RECEIPT,
		),
};
