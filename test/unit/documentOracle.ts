/*
 * How Progeny's answers about documents, their holders and background checks are to be decided, from its documentation and the
 * design. It shares no line with the code that it is held against: it collects every reason, in any order, and what each makes.
 */
import type { DocumentParameters } from '../../nodes/shared/result/document';
import type { Decision } from '../../nodes/shared/service';
import type { DocumentNode, NodeName } from './judges';
import { at, objectionsIn, resultOf } from './oracle';

const OF_DOCUMENTS = [
	...['DOCUMENT_INVALID', 'DOCUMENT_EXPIRED', 'UNDER_AGE', 'DOCUMENT_NOT_READ', 'EXPIRY_UNKNOWN'],
	...['EXPIRES_SOON', 'AGE_UNKNOWN', 'NAME_MISMATCH', 'NAME_UNKNOWN', 'DATE_OF_BIRTH_MISMATCH'],
	...['DATE_OF_BIRTH_UNKNOWN', 'CONTRADICTORY', 'NO_RECEIPT', 'TOO_OLD'],
];
const OF_BACKGROUND_CHECKS = ['BACKGROUND_CHECK_MISSING', 'POTENTIAL_MATCH', 'RISK_LEVEL', 'CONTRADICTORY'];

/** The nodes' own reasons, which have to occur. */
export const REASONS: Partial<Record<NodeName, string[]>> = {
	verifyIdentity: [
		...['FACE_NOT_MATCHED', 'NOT_LIVE', 'FACE_MATCH_MISSING', 'LIVENESS_MISSING'],
		...[...OF_DOCUMENTS, ...OF_BACKGROUND_CHECKS],
	],
	readDocument: [...OF_DOCUMENTS, ...OF_BACKGROUND_CHECKS],
	backgroundCheck: OF_BACKGROUND_CHECKS,
};

type Reasons = Array<['fail' | 'review', string]>;

/** What the holder's checks are called, and the reasons where they say no, or nothing. */
const HOLDER: Array<[string[], string, string]> = [
	[['authentication', 'compare'], 'FACE_NOT_MATCHED', 'FACE_MATCH_MISSING'],
	[['liveness'], 'NOT_LIVE', 'LIVENESS_MISSING'],
];

function holder(data: unknown): Reasons {
	return HOLDER.flatMap(([names, no, missing]): Reasons => {
		const said = names.flatMap((name) => [at(data, name), at(data, name, 'result')]);
		if (said.includes(false)) return [['fail', no]];
		return said.includes(true) ? [] : [['fail', missing]];
	});
}

/** Midnight in UTC of the day that a text names: years, months and days, of these lengths. */
function dayOf(text: unknown, shape: RegExp): number {
	const [date, time = '00:00'] = typeof text === 'string' ? text.trim().split(/[T ](?=\d\d:\d\d)/) : [''];
	if (!shape.test(date) || date < '1' || !/^00:00(:00(\.0+)?)?(Z|[-+]\d\d:\d\d)?$/.test(time)) return NaN;
	const [year, month, day] = date.split('-').map(Number);
	const midnight = new Date(Date.UTC(year, month - 1, day));
	return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day ? midnight.getTime() : NaN;
}
const progenyDay = (text: unknown) => dayOf(text, /^[1-9]\d\d\d-\d\d?-\d\d?$/);
const givenDay = (text: unknown) => dayOf(text, /^[1-9]\d\d\d-\d\d-\d\d$/);
const DAY = 24 * 60 * 60 * 1000;

/** How many birthdays there were up to that day. Date.UTC makes 1 March of 29 February in other years. */
function birthdays(born: number, today: number): number {
	const [year, month, day] = new Date(born).toISOString().split(/\D/).map(Number);
	if (born > today) return -1;
	let count = 0;
	while (Date.UTC(year + count + 1, month - 1, day) <= today) count++;
	return count;
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const asNumber = (value: unknown): number =>
	isNumber(value) || (typeof value === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(value))
		? Number(value)
		: NaN;
const minimum = (value: unknown): number => (asNumber(value) >= 0 ? asNumber(value) : NaN);

function age(document: unknown, today: number): number {
	const said = asNumber(at(document, 'age'));
	const text = at(document, 'dateOfBirth') ?? '';
	const born = progenyDay(text);
	const isLikely = (years: number) => years >= 0 && years <= 130;
	if (Number.isNaN(born)) {
		const isSaidToBeUnread = typeof text === 'string' && (text.trim() === '' || /\bNone\b/.test(text));
		return isSaidToBeUnread && isNumber(at(document, 'age')) && isLikely(said) ? said : NaN;
	}
	const counted = birthdays(born, today);
	const isOdd = !Number.isNaN(said) && said !== -1 && (said > counted + 1 || said < counted - 1);
	return isOdd || !isLikely(counted) ? NaN : counted;
}

/** A name without what does not count, with its umlauts in one of two ways. */
const plain = (name: unknown, ways: Record<string, string>): string[] =>
	typeof name === 'string'
		? name
				.toUpperCase()
				.replace(/[ÄÖÜÅØÆ]/g, (letter) => ways[letter])
				.normalize('NFD')
				.replace(/[\u0300-\u036f'’]/g, '')
				.split(/[^\p{L}\p{M}\p{N}]+/u)
				.filter((word) => word !== '')
		: [];
const BARE = { Ä: 'A', Ö: 'O', Ü: 'U', Å: 'A', Ø: 'O', Æ: 'AE' };
const LONG = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Å: 'AA', Ø: 'OE', Æ: 'AE' };

const sorted = (words: string[]) => [...words].sort().join(' ');
const isSameName = (one: string[], other: string[]) =>
	one.length > 0 && (sorted(one) === sorted(other) || one.join('') === other.join(''));

function nameReason(document: unknown, expected: unknown): string | undefined {
	const text = (key: string) =>
		String(typeof at(document, key) === 'string' ? at(document, key) : '').replaceAll(/\bNone\b/g, ' ');
	const hasNone = [text('fullName') + text('firstName') + text('lastName')].every(
		(each) => plain(each, BARE).length === 0,
	);
	if (hasNone || plain(expected, BARE).length === 0) return 'NAME_UNKNOWN';
	const isEqual = [BARE, LONG].some((mine) =>
		[BARE, LONG].some((theirs) => {
			const wanted = plain(expected, mine);
			const [whole, given, family] = ['fullName', 'firstName', 'lastName'].map((key) =>
				plain(text(key), theirs),
			);
			const parts = [...given, ...family];
			const shortened = given
				.slice(1)
				.reduce<string[][]>(
					(kept, word) => [...kept, ...kept.map((words) => [...words, word])],
					[given.slice(0, 1)],
				)
				.map((words) => [...words, ...family]);
			const partsMatch =
				isSameName(wanted, parts) ||
				isSameName(wanted, [...family, ...given]) ||
				(given.length > 0 &&
					family.length > 0 &&
					shortened.some((words) => sorted(words) === sorted(wanted)));
			const wholeMatches = isSameName(wanted, whole) || (partsMatch && isSameName(parts, whole));
			return (whole.length === 0 || wholeMatches) && (parts.length === 0 || partsMatch);
		}),
	);
	return isEqual ? undefined : 'NAME_MISMATCH';
}

function documentReasons(document: unknown, p: DocumentParameters): Reasons {
	const [isValid, isExpired] = [at(document, 'is_valid'), at(document, 'is_expired')];
	if (isValid !== true && isValid !== false) return [['fail', 'DOCUMENT_NOT_READ']];
	const today = givenDay(p.today);
	const [born, expiry] = ['dateOfBirth', 'dateOfExpiry'].map((key) => progenyDay(at(document, key)));
	const reasons: Reasons = [];
	if (!isValid) reasons.push(['fail', 'DOCUMENT_INVALID']);
	if (isExpired === true) reasons.push(['fail', 'DOCUMENT_EXPIRED']);
	else if (isExpired !== false) reasons.push(['review', 'EXPIRY_UNKNOWN']);
	else if (expiry < today) reasons.push(['review', 'CONTRADICTORY']);
	if (born > today) reasons.push(['review', 'CONTRADICTORY']);
	if (p.minValidityDays !== undefined) {
		const reached = (expiry - today) / DAY - minimum(p.minValidityDays);
		if (Number.isNaN(reached)) reasons.push(['review', 'EXPIRY_UNKNOWN']);
		else if (reached < 0) reasons.push(['review', 'EXPIRES_SOON']);
	}
	if (p.minAge !== undefined) {
		const reached = age(document, today) - minimum(p.minAge);
		if (Number.isNaN(reached)) reasons.push(['review', 'AGE_UNKNOWN']);
		else if (reached < 0) reasons.push(['fail', 'UNDER_AGE']);
	}
	if (p.expectedName !== undefined) {
		const reason = nameReason(document, p.expectedName);
		if (reason !== undefined) reasons.push(['review', reason]);
	}
	if (p.expectedDateOfBirth !== undefined) {
		const difference = givenDay(p.expectedDateOfBirth) - born;
		if (Number.isNaN(difference)) reasons.push(['review', 'DATE_OF_BIRTH_UNKNOWN']);
		else if (difference !== 0) reasons.push(['review', 'DATE_OF_BIRTH_MISMATCH']);
	}
	return reasons;
}

const LITTLE_RISK = ['"unknown"', '"low"', 'null', undefined];

/** One background check: what is suspect about it, or that it is not readable. */
function background(check: unknown): Reasons {
	const [match, count, hits, risk] = ['potential_match', 'total_matches', 'hits', 'risk_level'].map((key) =>
		at(check, key),
	);
	const isLittleRisk = LITTLE_RISK.includes(JSON.stringify(risk));
	const reasons: Reasons = [];
	if (match === true || asNumber(count) > 0 || (Array.isArray(hits) && hits.length > 0))
		reasons.push(['review', 'POTENTIAL_MATCH']);
	if (typeof risk === 'string' && !isLittleRisk) reasons.push(['review', 'RISK_LEVEL']);
	const isComplete = match === false && count === 0 && isLittleRisk;
	const hasNoHits = hits === undefined || hits === null || JSON.stringify(hits) === '[]';
	return reasons.length > 0 || (isComplete && hasNoHits) ? reasons : [['fail', 'BACKGROUND_CHECK_MISSING']];
}

function backgroundReasons(answer: unknown, data: unknown, isNeeded: boolean): Reasons {
	const found = [data, answer].map((place) => at(place, 'background_check')).filter((check) => check != null);
	const all = found.flatMap(background);
	if (isNeeded && found.length === 0) return [['fail', 'BACKGROUND_CHECK_MISSING']];
	return isNeeded ? all : all.filter(([makes]) => makes === 'review');
}

/** What a node has to make of an answer: its decision, and its own reasons for that. */
export function expectedOfDocument(
	node: DocumentNode,
	answer: Record<string, unknown>,
	p: DocumentParameters,
): { decision: Decision; reasons: string[] } {
	const data = at(resultOf(answer), 'data');
	const objections: Reasons = objectionsIn(answer).map(() => ['review', 'CONTRADICTORY']);
	const doubts: Reasons = p.doubts.map((doubt) => ['review', doubt]);
	const all: Reasons = [
		...objections,
		...doubts,
		...(node === 'verifyIdentity' ? holder(data) : []),
		...(node === 'backgroundCheck' ? [] : documentReasons(at(data, 'document'), p)),
		...backgroundReasons(answer, data, node === 'backgroundCheck' || p.includesBackgroundCheck),
	];
	const decision =
		(['fail', 'review'] as const).find((made) => all.some(([makes]) => makes === made)) ?? 'pass';
	return { decision, reasons: all.filter(([makes]) => makes === decision).map(([, reason]) => reason) };
}
