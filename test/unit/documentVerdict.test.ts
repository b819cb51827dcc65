import type { DocumentParameters } from '../../nodes/shared/result/document';
import * as documented from './documented';
import { JUDGES, PLAIN, task } from './judges';
import { each } from '../support/words';

type Fields = Record<string, unknown>;
const { verifyIdentity, readDocument, backgroundCheck } = JUDGES;
const { document, ...CHECKS } = documented.PASSPORT.result.data;
const { background_check: CLEAR } = documented.BACKGROUND_CHECK;
const HIT = { doc: { name: 'Jane Doe' }, score: 1.7 };

const JANE = {
	isValid: true,
	isExpired: false,
	fullName: 'JANE DOE',
	firstName: 'JANE',
	lastName: 'DOE',
	...{
		dateOfBirth: '1990-09-04',
		age: 31,
		dateOfIssue: null,
		dateOfExpiry: '2023-09-25',
		expiresInDays: 544,
	},
	documentNumber: 'XX000000',
	sex: 'F',
	nationality: 'UKRAINIAN',
};
const NO_HIT = { potentialMatch: false, riskLevel: 'unknown', totalMatches: 0, hits: [] };
const PASS = { decision: 'pass', reasons: [] };

/** Returns the documented passport with other fields; undefined leaves one out. */
const passport = (fields: Fields, others: Fields = CHECKS) =>
	task({ document: { ...document, ...fields }, ...others });

describe('documented answers', () => {
	const MATCHED = { faceMatch: { result: true }, liveness: { result: true } };

	test('a passport, with and without its holder', () => {
		const holder = { verified: true, ...PASS, ...MATCHED, document: JANE };
		expect(verifyIdentity.judge(documented.PASSPORT)).toStrictEqual(holder);
		expect(readDocument.judge(documented.PASSPORT)).toStrictEqual({ valid: true, ...PASS, document: JANE });
	});
	test('a passport years later contradicts itself', () => {
		const later = { ...PLAIN, days: ['2026-11-25'], minAge: 18 };
		expect(verifyIdentity.judge(documented.PASSPORT, later)).toStrictEqual({
			verified: false,
			decision: 'review',
			reasons: ['CONTRADICTORY', 'AGE_UNKNOWN'],
			...MATCHED,
			document: { ...JANE, age: 36, expiresInDays: -1157 },
		});
	});
	test('a background check without a hit, alone and with a passport', () => {
		const alone = { clear: true, ...PASS, backgroundCheck: NO_HIT };
		const bare = { status: 'SUCCESS', ...documented.BACKGROUND_CHECK };
		for (const answer of [bare, documented.BACKGROUND_CHECK_TASK])
			expect(backgroundCheck.judge(answer)).toStrictEqual(alone);
		const answer = passport({}, { ...CHECKS, ...documented.BACKGROUND_CHECK });
		const both = { verified: true, ...PASS, ...MATCHED, document: JANE, backgroundCheck: NO_HIT };
		expect(verifyIdentity.judge(answer, { ...PLAIN, includesBackgroundCheck: true })).toStrictEqual(both);
	});
});

/** Each is judged as a document alone, by the parameters. */
const expectReasons = (answer: Fields, parameters: Partial<DocumentParameters>, reasons: string[]) => {
	const chosen = { ...PLAIN, ...parameters };
	const found = readDocument.judge(answer, chosen);
	expect([...found.reasons].sort()).toEqual([...reasons].sort());
	const isFail = reasons.some((reason) => /NOT_READ|INVALID|EXPIRED|UNDER/.test(reason));
	expect(found.decision).toBe(isFail ? 'fail' : reasons.length > 0 ? 'review' : 'pass');
};

describe('a boolean of the document', () => {
	test.each(['true', 1, 0, null, undefined, [true], { result: true }])('that is %j is not read', (value) => {
		expectReasons(passport({ is_valid: value }), {}, ['DOCUMENT_NOT_READ']);
		expectReasons(passport({ is_expired: value }), {}, ['EXPIRY_UNKNOWN']);
	});
	test('that contradicts it fails', () => {
		const both = ['DOCUMENT_INVALID', 'DOCUMENT_EXPIRED'];
		expectReasons(passport({ is_valid: false, is_expired: true }), {}, both);
	});
	test('by an inherited key does not count', () => {
		const inherited = JSON.parse('{ "__proto__": { "is_valid": true, "is_expired": false } }') as Fields;
		expectReasons(task({ document: inherited }), {}, ['DOCUMENT_NOT_READ']);
	});
	test.each([[[document]], JSON.stringify(document), true, null])('in a document that is %j', (value) => {
		expectReasons(task({ document: value }), {}, ['DOCUMENT_NOT_READ']);
	});
});

const UNREAD_DATE = 'None-None-None';
const AN_AGE = { minAge: 18 };
const BIRTH = '1990-09-04';
test.each<[string, Fields, Partial<DocumentParameters>, string[]]>([
	['the last day of validity', {}, { days: ['2023-09-25'], minValidityDays: 0 }, []],
	['the day after it', {}, { days: ['2023-09-26'] }, ['CONTRADICTORY']],
	['no expiry date', { dateOfExpiry: UNREAD_DATE }, {}, []],
	['none, with a minimum', { dateOfExpiry: UNREAD_DATE }, { minValidityDays: 0 }, ['EXPIRY_UNKNOWN']],
	['a day that does not exist', { dateOfExpiry: '2030-2-31' }, { minValidityDays: 1 }, ['EXPIRY_UNKNOWN']],
	['as many days as needed', {}, { minValidityDays: 544 }, []],
	['a day fewer', {}, { minValidityDays: 545 }, ['EXPIRES_SOON']],
	['an old birth date', { dateOfBirth: '1880-1-1', age: -1 }, AN_AGE, ['AGE_UNKNOWN', 'CONTRADICTORY']],
	['a birth in the future', { dateOfBirth: '2049-5-22', age: -1 }, {}, ['CONTRADICTORY']],
	['a birth today', { dateOfBirth: '2022-3-30', age: 0 }, { minAge: 0 }, []],
	['a birth tomorrow', { dateOfBirth: '2022-3-31', age: 0 }, {}, ['CONTRADICTORY']],
	['two digits of a year, with a minimum', { dateOfBirth: '49-5-22' }, AN_AGE, ['AGE_UNKNOWN']],
	['the eve of the birthday', { dateOfBirth: '2004-3-31', age: 17 }, AN_AGE, ['UNDER_AGE']],
	['the birthday', { dateOfBirth: '2004-3-30', age: 18 }, AN_AGE, []],
	['a count that is behind by a year', { age: 30 }, AN_AGE, []],
	['a count that is off by two', { age: 33 }, AN_AGE, ['AGE_UNKNOWN']],
	['a count as a text that is off', { age: '12' }, AN_AGE, ['AGE_UNKNOWN']],
	['a count alone', { dateOfBirth: UNREAD_DATE }, { minAge: 31 }, []],
	['a count alone, below it', { dateOfBirth: undefined }, { minAge: 32 }, ['UNDER_AGE']],
	['a count of -1 beside a date', { age: -1 }, AN_AGE, []],
	...['31', -1, -5, 131, undefined].map((age): [string, Fields, Partial<DocumentParameters>, string[]] => [
		`a count of ${typeof age} ${age} alone`,
		{ dateOfBirth: undefined, age },
		{ minAge: 0 },
		['AGE_UNKNOWN'],
	]),
	['the expected name', {}, { expectedName: 'Jane Doe' }, []],
	['another name', { lastName: 'DOE JR' }, { expectedName: 'Jane Doe' }, ['NAME_MISMATCH']],
	['a full name of another', { fullName: 'JOHN ROE' }, { expectedName: 'Jane Doe' }, ['NAME_MISMATCH']],
	['a name of "None"', { firstName: 'None', lastName: 'ZAHRA' }, { expectedName: 'Zahra' }, []],
	['no name', { firstName: 'None', lastName: 'None None' }, { expectedName: 'Zahra' }, ['NAME_UNKNOWN']],
	['a name too long to be shown', { lastName: 'D'.repeat(400) }, { expectedName: 'Jane' }, ['NAME_MISMATCH']],
	['the expected birth', {}, { expectedDateOfBirth: BIRTH }, []],
	['another birth', {}, { expectedDateOfBirth: '1990-09-05' }, ['DATE_OF_BIRTH_MISMATCH']],
	['no birth', { dateOfBirth: UNREAD_DATE }, { expectedDateOfBirth: BIRTH }, ['DATE_OF_BIRTH_UNKNOWN']],
])('%s', (_, fields, parameters, reasons) => {
	expectReasons(passport(fields), parameters, reasons);
});

const UNUSABLE = [null, '', ' ', 'many', '18 years', NaN, Infinity, -1, '-1', true, false, [18], [], {}];
test.each(UNUSABLE)('a minimum or an expectation %j is never met', (value) => {
	expectReasons(passport({}), { minAge: value }, ['AGE_UNKNOWN']);
	expectReasons(passport({}), { minValidityDays: value }, ['EXPIRY_UNKNOWN']);
	expectReasons(passport({}), { expectedDateOfBirth: value }, ['DATE_OF_BIRTH_UNKNOWN']);
	const isText = typeof value === 'string' && /\w/.test(value);
	expectReasons(passport({}), { expectedName: value }, [isText ? 'NAME_MISMATCH' : 'NAME_UNKNOWN']);
});

const NO_NAMES = { fullName: null, firstName: null, lastName: null };
const NOT_SHOWN = { documentNumber: null, sex: null, nationality: null };
test.each<[Fields, Fields]>([
	[
		{ firstName: 'None', lastName: 'ZAHRA' },
		{ ...NO_NAMES, fullName: 'ZAHRA', lastName: 'ZAHRA' },
	],
	[{ fullName: 'None DOE' }, { fullName: 'DOE', firstName: 'JANE', lastName: 'DOE' }],
	// People are called so: only a document without any other name was not read.
	[{ lastName: 'NULL' }, { fullName: 'JANE NULL', firstName: 'JANE', lastName: 'NULL' }],
	[{ firstName: 7, lastName: '' }, NO_NAMES],
	[{ documentNumber: 'None', sex: ' ', nationality: {} }, NOT_SHOWN],
	[{ nationality: 'A\u0000\n\u202eB' }, { nationality: 'A B' }],
	[{ documentNumber: 'x'.repeat(301) }, { documentNumber: null }],
	[{ documentNumber: Buffer.from('a'.repeat(60)).toString('base64') }, { documentNumber: null }],
	[{ dateOfBirth: '2049-5-22' }, { dateOfBirth: '2049-05-22', age: null }],
	[{ dateOfBirth: '2030-2-31' }, { dateOfBirth: null, age: 31 }],
	[
		{ age: -1, dateOfBirth: 'None-None-None' },
		{ dateOfBirth: null, age: null },
	],
	[{ dateOfIssue: '2013-9-25' }, { dateOfIssue: '2013-09-25' }],
	[{ dateOfExpiry: 'None-9-25' }, { dateOfExpiry: null, expiresInDays: null }],
])('a document with %j shows %j', (fields, shown) => {
	expect(readDocument.judge(passport(fields))).toMatchObject({ document: { ...shown } });
	expect(JSON.stringify(readDocument.judge(passport(fields)))).not.toContain('portrait');
});

const UNREAD = {
	firstName: 'None',
	lastName: 'None',
	fullName: null,
	dateOfBirth: 'None-None-None',
	dateOfExpiry: 'None-None-None',
	documentNumber: '',
	sex: '',
	nationality: 'None',
	age: -1,
};
test.each<[string, Fields, boolean]>([
	['nothing', {}, false],
	['fillers', { firstName: '<<<', lastName: '---', documentNumber: '***' }, false],
	['other signs', { fullName: '…', firstName: '－', lastName: '. /', documentNumber: '#?' }, false],
	['fillers as wide as a letter', { lastName: 'ＸＸ', documentNumber: '００＜' }, false],
	['zeros and X', { lastName: 'xxx', documentNumber: '000 XX 0' }, false],
	['what is invisible', { firstName: '\u3164', lastName: '\u200b\uffa0', documentNumber: '\u2800' }, false],
	['words for nothing', { fullName: 'N/A', firstName: 'null', documentNumber: 'UNKNOWN' }, false],
	['what is not a text', { firstName: 7, lastName: ['DOE'], documentNumber: 12 }, false],
	['a day that does not exist', { dateOfBirth: '2030-2-31' }, false],
	['the rest alone', { sex: 'F', nationality: 'UTO', age: 31, dateOfIssue: '2013-9-25' }, false],
	['a name', { lastName: 'DOE' }, true],
	['a whole name', { fullName: 'None DOE' }, true],
	['a name beside NULL', { firstName: 'JANE', lastName: 'NULL' }, true],
	['a name beside NAN', { firstName: 'NAN', lastName: 'GOLDIN' }, true],
	['a number', { documentNumber: '7615917' }, true],
	['a birth', { dateOfBirth: '1990-9-4' }, true],
])('a document of which %s was read', (_, fields, isRead) => {
	expectReasons(passport({ ...UNREAD, ...fields }), {}, isRead ? [] : ['DOCUMENT_NOT_READ']);
});

test.each<[string, Fields, boolean]>([
	['issued on the day of birth', { dateOfIssue: '1990-9-4' }, true],
	['issued before birth', { dateOfIssue: '1985-1-1' }, false],
	['issued tomorrow', { dateOfIssue: '2022-3-31' }, true],
	['issued the day after', { dateOfIssue: '2022-4-1' }, false],
	['issued on the last day', { dateOfIssue: '2022-3-30', dateOfExpiry: '2022-3-30' }, true],
	['issued after the end', { dateOfIssue: '2022-3-30', dateOfExpiry: '2022-3-29', is_expired: null }, false],
	['born 125 years ago', { dateOfBirth: '1897-3-30', age: 125 }, true],
	['born a day before that', { dateOfBirth: '1897-3-29', age: 125 }, false],
	['born in another calendar', { dateOfBirth: '1410-3-4', age: -1 }, false],
	['without an end', { dateOfExpiry: '9999-12-31' }, true],
])('a document %s can be true: %p', (_, fields, isPossible) => {
	const { reasons } = readDocument.judge(passport(fields));
	expect(reasons.includes('CONTRADICTORY')).toBe(!isPossible);
});

/** Two days that may be today: what holds on both of them stands. */
test.each<[string, Fields, Partial<DocumentParameters>, string[]]>([
	['nothing depends on the day', {}, { minAge: 18, minValidityDays: 90 }, []],
	['of age on one of them', { dateOfBirth: '2004-3-31', age: 18 }, { minAge: 18 }, ['AGE_UNKNOWN']],
	['under age on both', { dateOfBirth: '2004-4-2', age: 17 }, { minAge: 18 }, ['UNDER_AGE']],
	['of age on both', { dateOfBirth: '2004-3-30', age: 18 }, { minAge: 18 }, []],
	['a count that is off on both', { age: 50 }, { minAge: 18 }, ['AGE_UNKNOWN']],
	['expired on one of them', { dateOfExpiry: '2022-3-30' }, {}, ['EXPIRY_UNKNOWN']],
	['expired on both', { dateOfExpiry: '2022-3-29' }, {}, ['CONTRADICTORY']],
	['valid on both', { dateOfExpiry: '2022-3-31' }, {}, []],
	['long enough on one of them', { dateOfExpiry: '2022-4-9' }, { minValidityDays: 10 }, ['EXPIRY_UNKNOWN']],
	['too short on both', { dateOfExpiry: '2022-4-2' }, { minValidityDays: 10 }, ['EXPIRES_SOON']],
	['born on the later one', { dateOfBirth: '2022-3-31', age: 0 }, {}, ['AGE_UNKNOWN']],
])('on an unknown day: %s', (_, fields, parameters, reasons) => {
	expectReasons(passport(fields), { ...parameters, days: ['2022-03-30', '2022-03-31'] }, reasons);
});

test.each([
	[['2022-09-03', '2022-09-04'], null],
	[['2022-09-05', '2022-09-06'], 32],
])('if today is one of %j, the age is %p and the days to the expiry are unknown', (days, age) => {
	const { document: shown } = readDocument.judge(passport({}), { ...PLAIN, days }) as { document?: object };
	expect(shown).toMatchObject({ age, expiresInDays: null, dateOfBirth: '1990-09-04' });
});

test.each<[string, Fields, string[]]>([
	['a whole name', { fullName: 'Jane Doe', firstName: null, lastName: null }, []],
	['the name Null', { lastName: 'NULL' }, []],
	['the names Nan and Na', { firstName: 'NAN', lastName: 'NA LI' }, []],
	['a name of fillers', { firstName: '<<', lastName: 'None' }, ['NAME_UNKNOWN']],
	['no birth', { dateOfBirth: 'None-9-4' }, ['DATE_OF_BIRTH_UNKNOWN']],
])('a background check of a document with %s', (_, fields, reasons) => {
	const answer = passport(fields, { ...CHECKS, background_check: CLEAR });
	expect(verifyIdentity.judge(answer, { ...PLAIN, includesBackgroundCheck: true }).reasons).toEqual(reasons);
	expect(verifyIdentity.judge(answer).reasons).toEqual([]);
});

describe("the holder's checks", () => {
	const YES = { result: true };
	const NO = { result: false };
	test.each<[Fields, string[]]>([
		[{ compare: true, liveness: true }, []],
		[{ compare: YES, liveness: YES }, []],
		[{ authentication: YES, liveness: true }, []],
		[{ compare: true, authentication: YES, liveness: true }, []],
		[{ compare: null, authentication: true, liveness: true }, []],
		[{ compare: false, liveness: true }, ['FACE_NOT_MATCHED']],
		[{ compare: true, authentication: false, liveness: true }, ['FACE_NOT_MATCHED']],
		[{ compare: NO, authentication: true, liveness: true }, ['FACE_NOT_MATCHED']],
		[{ compare: true, authentication: 'no', liveness: true }, ['CONTRADICTORY']],
		[{ compare: true, authentication: { result: 0 }, liveness: true }, ['CONTRADICTORY']],
		[{ compare: true, authentication: {}, liveness: true }, []],
		[{ compare: true, liveness: { result: true, data: { result: false } } }, ['CONTRADICTORY']],
		[{ compare: true, liveness: NO }, ['NOT_LIVE']],
		[{ compare: true }, ['LIVENESS_MISSING']],
		[{ liveness: true }, ['FACE_MATCH_MISSING']],
		...['true', 1, [true], {}, { result: 'true' }, { data: YES }, null].flatMap(
			(odd): Array<[Fields, string[]]> => [
				[{ compare: odd, liveness: true }, ['FACE_MATCH_MISSING']],
				[{ compare: true, liveness: odd }, ['LIVENESS_MISSING']],
			],
		),
		[JSON.parse('{ "__proto__": { "compare": true }, "liveness": true }') as Fields, ['FACE_MATCH_MISSING']],
	])('%j', (checks, reasons) => {
		const found = verifyIdentity.judge(passport({}, checks));
		expect(found.reasons).toEqual(reasons);
	});

	test('are not needed to read a document alone; a false of one contradicts', () => {
		expect(readDocument.judge(passport({}, {})).decision).toBe('pass');
		for (const checks of [{ compare: false }, { liveness: NO }, { authentication: false }])
			expect(readDocument.judge(passport({}, checks)).reasons).toEqual(['CONTRADICTORY']);
	});

	test('are shown with their numbers and unknown fields, the failed one first', () => {
		const liveness = { result: true, data: { probability: '0.93', engine: 'a', result: false, error: null } };
		const authentication = { result: false, data: { matchScore: '1.25' } };
		const answer = passport({}, { compare: true, authentication, liveness });
		expect(verifyIdentity.judge(answer)).toMatchObject({
			faceMatch: { result: false, matchScore: 1.25 },
			liveness: { result: true, probability: 0.93, engine: 'a', error: null },
		});
		const hidden = JSON.stringify(verifyIdentity.judge(answer, { ...PLAIN, hideScores: true }));
		expect(hidden).not.toMatch(/1\.25|0\.93/);
	});
});

describe('a background check', () => {
	const at = (check: unknown, top?: unknown) => ({
		...task({ background_check: check }),
		...(top === undefined ? {} : { background_check: top }),
	});
	const MISSING = ['BACKGROUND_CHECK_MISSING'];
	const clearBut = (key: string, values: unknown[]) => values.map((value) => ({ ...CLEAR, [key]: value }));
	test.each<[unknown, string[]]>([
		...each([CLEAR, { ...CLEAR, risk_level: 'low' }, { ...CLEAR, risk_level: null, hits: null }], []),
		[{ potential_match: false, total_matches: 0 }, []],
		...each(clearBut('potential_match', [true, 1]), ['POTENTIAL_MATCH']),
		...each(clearBut('total_matches', [1, true, '1', 0.5, Infinity]), ['POTENTIAL_MATCH']),
		...each(clearBut('hits', [[HIT], [null]]), ['POTENTIAL_MATCH']),
		[{ hits: [HIT] }, ['POTENTIAL_MATCH']],
		...each(clearBut('risk_level', ['high', 'UNKNOWN', 'LOW', '', ' ', 'None', 'low ']), ['RISK_LEVEL']),
		[{ potential_match: true, risk_level: 'medium' }, ['POTENTIAL_MATCH', 'RISK_LEVEL']],
		...each(clearBut('total_matches', ['0', '', null, undefined, false, -1, NaN, [], {}, 'None']), MISSING),
		...each(clearBut('potential_match', ['false', 'true', 0, null, undefined, [], {}]), MISSING),
		...each(clearBut('hits', [{}, { 0: HIT }, '', '[]', 0, false]), MISSING),
		...each(clearBut('risk_level', [0, false, ['low'], {}]), MISSING),
		...each(clearBut('data', [CLEAR, { potential_match: null }, { name: 'Jane Doe' }]), []),
		...each(clearBut('data', [{ potential_match: 'true' }, { hits: { 0: HIT } }]), MISSING),
		...each(clearBut('data', [{ total_matches: -1 }, { risk_level: 0.9 }]), MISSING),
		...each([{}, [CLEAR], true, false, 'clear', 0, null, undefined], MISSING),
		[JSON.parse('{ "__proto__": { "potential_match": false, "total_matches": 0 } }'), MISSING],
	])('%j: %j', (check, reasons) => {
		const found = backgroundCheck.judge(at(check));
		expect(found.reasons).toEqual(reasons);
		expect(found.decision).toBe(reasons === MISSING ? 'fail' : reasons.length > 0 ? 'review' : 'pass');
		const answer = passport({}, { ...CHECKS, background_check: check });
		const asked = verifyIdentity.judge(answer, { ...PLAIN, includesBackgroundCheck: true });
		expect([asked.decision, asked.reasons]).toEqual([found.decision, found.reasons]);
		// A check that was not asked for may be missing, but a hit counts, and so does what cannot be read.
		const isNothing =
			['null', '{}', undefined].includes(JSON.stringify(check)) && !Object.keys(check ?? {}).length;
		expect(verifyIdentity.judge(answer).reasons).toEqual(
			reasons !== MISSING ? reasons : isNothing ? [] : ['CONTRADICTORY'],
		);
	});

	const MATCH = { ...CLEAR, potential_match: true };
	test.each<[string, unknown, unknown, string[]]>([
		['the top alone', undefined, CLEAR, []],
		['both clear', CLEAR, CLEAR, []],
		['the top worse', CLEAR, MATCH, ['POTENTIAL_MATCH']],
		['the data worse', MATCH, CLEAR, ['POTENTIAL_MATCH']],
		['the top unreadable', CLEAR, { hits: {} }, MISSING],
		['the top empty', CLEAR, {}, []],
		['the data unreadable', 'x', CLEAR, MISSING],
		['both bad in their own way', MATCH, { ...CLEAR, risk_level: 'high' }, ['POTENTIAL_MATCH', 'RISK_LEVEL']],
	])('in both places the worse counts: %s', (_, data, top, reasons) => {
		expect(backgroundCheck.judge(at(data, top)).reasons).toEqual(reasons);
	});

	test('passes at the top only with the status SUCCESS, and nothing against it', () => {
		const SUCCESS = { ...documented.BACKGROUND_CHECK, status: 'SUCCESS' };
		expect(backgroundCheck.judge(SUCCESS).decision).toBe('pass');
		const faults = [{ status: 'PENDING' }, { status: null }, { status: undefined }, { httpStatus: 400 }];
		for (const against of faults)
			expect(backgroundCheck.judge({ ...SUCCESS, ...against }).reasons).toEqual(['CONTRADICTORY']);
	});

	test('shows the first ten hits as they came', () => {
		const hits = Array.from({ length: 12 }, (_, i) => ({ ...HIT, i }));
		const answer = at({ ...CLEAR, hits, total_matches: 12, risk_level: 'a\nb' });
		expect(backgroundCheck.judge(answer)).toMatchObject({
			backgroundCheck: { potentialMatch: false, riskLevel: 'a b', totalMatches: 12, hits: hits.slice(0, 10) },
		});
		const hidden = backgroundCheck.judge(answer, { ...PLAIN, hideScores: true });
		expect(JSON.stringify(hidden)).not.toContain('1.7');
	});
});
