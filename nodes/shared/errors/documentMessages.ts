import { ProgenyError } from './error';

const HOW_TO_GIVE_A_DATE =
	"Give the day alone, as yyyy-mm-dd. A date-time is taken only where its own clock reads 00:00; in an expression, use .toFormat('yyyy-MM-dd').";
const HOW_TO_GIVE_A_NAME =
	'Give the full name as written in the official document, and check the expression that gives it.';

/** What is said of a name or a date that cannot be sent. They are personal data, so neither is repeated. */
export const documentMessages = {
	noDate: () => new ProgenyError('INVALID_DATE', 'Date of Birth is empty', HOW_TO_GIVE_A_DATE),
	invalidDate: () =>
		new ProgenyError('INVALID_DATE', 'Date of Birth is not a day of the calendar', HOW_TO_GIVE_A_DATE),
	noName: () => new ProgenyError('INVALID_NAME', 'Full Name is empty', HOW_TO_GIVE_A_NAME),
	invalidName: () => new ProgenyError('INVALID_NAME', 'Full Name is not a name', HOW_TO_GIVE_A_NAME),
};
