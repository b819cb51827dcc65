import { ProgenyError } from './error';

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

/** What is said of a name or a date that cannot be sent. They are personal data, so neither is repeated. */
export const documentMessages = {
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
};
