/*
 * How the answers about documents and background checks are to be decided, from Progeny's documentation and the design. It shares
 * no line with the code that it is held against: dates are counted by its own calendar, names are compared as sets of words.
 */
import type { DocumentParameters } from '../../nodes/shared/result/document';
import type { Decision } from '../../nodes/shared/service';
import { at, objectionsIn, resultOf } from './oracle';

export type DocumentNode = 'verifyIdentity' | 'readDocument' | 'backgroundCheck';

interface Day {
	year: number;
	month: number;
	day: number;
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = ({ year, month }: Day) =>
	[31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** A day as Progeny writes it, padded or not, perhaps with midnight behind it; undefined for anything else. */
export function dayOf(value: unknown): Day | undefined {
	if (typeof value !== 'string') return undefined;
	const [date = '', time = '00:00', ...more] = value.trim().split(/[T ]/);
	const isMidnight = time.replace(/(Z|[+-]\d\d:?(\d\d)?)$/, '').replace(/[0:.]/g, '') === '';
	const parts = date.split('-');
	if (more.length > 0 || !isMidnight || parts.length !== 3 || !parts.every((part) => /^\d+$/.test(part)))
		return undefined;
	const [year, month, day] = parts.map(Number);
	const isWritten = parts[0].length === 4 && parts[1].length <= 2 && parts[2].length <= 2;
	const found = { year, month, day };
	return isWritten && year >= 1000 && day >= 1 && day <= lengthOf(found) ? found : undefined;
}

/** The days since the beginning of the year 1. */
function count({ year, month, day }: Day): number {
	const years = year - 1;
	const before = years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
	const months = Array.from({ length: month - 1 }, (_, i) => lengthOf({ year, month: i + 1, day: 1 }));
	return before + months.reduce((sum, days) => sum + days, 0) + day;
}

/** The birthdays after the day of birth, up to and including today; 1 March stands in for a missing 29 February. */
export function ageOf(born: Day, today: Day): number {
	if (count(born) > count(today)) return -1;
	let age = 0;
	while (count({ ...born, year: born.year + age + 1 }) <= count(today)) age++;
	return age;
}

const isUnset = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** A finite number, or a text that is one; NaN for anything else. */
const numberOf = (value: unknown): number => {
	const isNumber =
		typeof value === 'number' || (typeof value === 'string' && /^[-+]?\d+(\.\d+)?$/.test(value.trim()));
	return isNumber && Math.abs(Number(value)) < Infinity ? Number(value) : NaN;
};

/** A minimum that may be set: from 0 up. */
const minimumOf = (value: unknown): number => (numberOf(value) >= 0 ? numberOf(value) : NaN);

/** The age that counts where one is asked for; NaN where it is not known. */
function ageIn(document: unknown, today: Day): number {
	const [written, said] = [at(document, 'dateOfBirth'), at(document, 'age')];
	const claim = numberOf(said) === -1 ? NaN : numberOf(said);
	const isSane = (age: number) => age >= 0 && age <= 130;
	const born = dayOf(written);
	if (born === undefined) {
		const isUnread =
			isUnset(written) || (typeof written === 'string' && /(^|-)None(-|$)/.test(written.trim()));
		return isUnread && typeof said === 'number' && isSane(claim) ? claim : NaN;
	}
	const age = ageOf(born, today);
	const isFar = Math.abs(claim - age) > 1;
	return isSane(age) && !isFar ? age : NaN;
}

/** The words of a plain name: letters of A to Z, without the word None. */
function wordsIn(value: unknown): string[] {
	const words = typeof value === 'string' && value.length <= 300 ? value.split(/[^A-Za-z0-9_.]+/) : [];
	return words
		.filter((word) => word !== '' && word !== 'None')
		.flatMap((word) => word.toUpperCase().split(/[_.]+/))
		.filter((word) => word !== '');
}

const key = (words: string[]) => [...words].sort().join(' ');

/** Every choice of some of the words. */
const choices = (words: string[]): string[][] =>
	words.reduce<string[][]>((all, word) => [...all, ...all.map((some) => [...some, word])], [[]]);

/** Whether a name of plain letters is the one that was expected. */
function nameReasons(expected: unknown, document: unknown): string[] {
	const [given, family, whole] = ['firstName', 'lastName', 'fullName'].map((name) =>
		wordsIn(at(document, name)),
	);
	const wanted = typeof expected === 'string' ? wordsIn(expected.replace(/\bNone\b/g, 'NONE')) : [];
	const parts = [...given, ...family];
	if (wanted.length === 0 || parts.length + whole.length === 0) return ['NAME_UNKNOWN'];
	const names = [parts, [...family, ...given]];
	const isFull = (name: string[], other: string[]) =>
		key(name) === key(other) || name.join('') === other.join('');
	const isShort =
		given.length > 0 &&
		family.length > 0 &&
		choices(given.slice(1)).some((some) => key([given[0], ...some, ...family]) === key(wanted));
	const isParts = parts.length === 0 || isShort || names.some((name) => isFull(name, wanted));
	const isWhole = whole.length === 0 || isFull(whole, wanted) || isFull(whole, parts);
	return isParts && isWhole ? [] : ['NAME_MISMATCH'];
}

/** What one background check comes to. */
function backgroundReasons(check: unknown): { missing: boolean; reasons: string[] } {
	const [match, risk, matches, hits] = ['potential_match', 'risk_level', 'total_matches', 'hits'].map(
		(name) => at(check, name),
	);
	const counted = typeof matches === 'string' && matches.trim() !== '' ? Number(matches) : matches;
	const isMatch =
		match === true ||
		(typeof counted === 'number' && counted > 0 && counted < Infinity) ||
		(Array.isArray(hits) && hits.length > 0);
	const isRisk = typeof risk === 'string' && risk !== 'unknown' && risk !== 'low';
	const reasons = [...(isMatch ? ['POTENTIAL_MATCH'] : []), ...(isRisk ? ['RISK_LEVEL'] : [])];
	const isUnderstood =
		match === false &&
		matches === 0 &&
		(Array.isArray(hits) || hits === undefined || hits === null) &&
		(risk === undefined || risk === null || typeof risk === 'string');
	return { missing: reasons.length === 0 && !isUnderstood, reasons };
}

/** The background checks of an answer; the worse of two counts. */
function backgroundOf(answer: unknown): { missing: boolean; reasons: string[] } {
	const found = [at(resultOf(answer), 'data', 'background_check'), at(answer, 'background_check')]
		.filter((check) => check !== undefined && check !== null)
		.map(backgroundReasons);
	const missing = found.length === 0 || found.some((each) => each.missing);
	return { missing, reasons: found.flatMap(({ reasons }) => reasons) };
}

const resultOfCheck = (check: unknown) => (typeof check === 'boolean' ? check : at(check, 'result'));

function holderReasons(data: unknown): string[] {
	return [
		{ names: ['compare', 'authentication'], failed: 'FACE_NOT_MATCHED', missing: 'FACE_MATCH_MISSING' },
		{ names: ['liveness'], failed: 'NOT_LIVE', missing: 'LIVENESS_MISSING' },
	].flatMap(({ names, failed, missing }) => {
		const results = names.map((name) => resultOfCheck(at(data, name)));
		return results.includes(false) ? [failed] : results.includes(true) ? [] : [missing];
	});
}

function documentReasons(
	document: unknown,
	parameters: DocumentParameters,
): { fail: string[]; review: string[] } {
	const { minAge, minValidityDays, expectedName, expectedDateOfBirth } = parameters;
	const today = dayOf(parameters.today)!;
	const [born, expires] = ['dateOfBirth', 'dateOfExpiry'].map((name) => dayOf(at(document, name)));
	const [isValid, isExpired] = [at(document, 'is_valid'), at(document, 'is_expired')];
	const [age, needed] = [ageIn(document, today), minimumOf(minAge)];
	const left = expires === undefined ? NaN : count(expires) - count(today);
	const fail = [
		...(typeof isValid === 'boolean' ? [] : ['DOCUMENT_NOT_READ']),
		...(isValid === false ? ['DOCUMENT_INVALID'] : []),
		...(isExpired === true ? ['DOCUMENT_EXPIRED'] : []),
		...(minAge !== undefined && age < needed ? ['UNDER_AGE'] : []),
	];
	const review = [
		...(isExpired === false && left < 0 ? ['CONTRADICTORY'] : []),
		...(born !== undefined && count(born) > count(today) ? ['CONTRADICTORY'] : []),
		...(typeof isExpired === 'boolean' ? [] : ['EXPIRY_UNKNOWN']),
	];
	if (minAge !== undefined && Number.isNaN(age + needed)) review.push('AGE_UNKNOWN');
	if (minValidityDays !== undefined) {
		const days = minimumOf(minValidityDays);
		if (Number.isNaN(left + days)) review.push('EXPIRY_UNKNOWN');
		else if (left < days) review.push('EXPIRES_SOON');
	}
	if (expectedName !== undefined) review.push(...nameReasons(expectedName, document));
	if (expectedDateOfBirth !== undefined) {
		const isPadded = /^\s*\d{4}-\d\d-\d\d/.test(String(expectedDateOfBirth));
		const wanted = isPadded ? dayOf(expectedDateOfBirth) : undefined;
		if (wanted === undefined || born === undefined) review.push('DATE_OF_BIRTH_UNKNOWN');
		else if (count(wanted) !== count(born)) review.push('DATE_OF_BIRTH_MISMATCH');
	}
	return { fail, review };
}

/** What a node has to make of an answer: its decision, and the reasons of its own for it. */
export function expectedOf(
	node: DocumentNode,
	answer: Record<string, unknown>,
	parameters: DocumentParameters,
): { decision: Decision; reasons: string[] } {
	const data = at(resultOf(answer), 'data');
	const background = backgroundOf(answer);
	const isBare = Object.keys(answer).every((name) => name === 'background_check' || name === 'httpStatus');
	const isAnswered = node === 'backgroundCheck' && isBare ? { status: 'SUCCESS', ...answer } : answer;
	const review = objectionsIn(isAnswered).length > 0 ? ['CONTRADICTORY'] : [];
	const fail: string[] = [];
	if (node !== 'backgroundCheck') {
		const document = documentReasons(at(data, 'document'), parameters);
		review.push(...document.review);
		fail.push(...(node === 'verifyIdentity' ? holderReasons(data) : []), ...document.fail);
	}
	if (background.missing && (node === 'backgroundCheck' || parameters.includesBackgroundCheck))
		fail.push('BACKGROUND_CHECK_MISSING');
	review.push(...background.reasons, ...parameters.doubts);
	const decision = fail.length > 0 ? 'fail' : review.length > 0 ? 'review' : 'pass';
	return { decision, reasons: [...new Set(decision === 'fail' ? fail : review)] };
}
