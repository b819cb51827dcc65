/** Answers and expectations that look like a pass, or nearly, and what each comes to. */
import type { DocumentParameters } from '../../nodes/shared/result/document';
import { BACKGROUND_CHECK, PASSPORT } from './documented';
import { JUDGES, PLAIN, task } from './judges';

type Json = Record<string, unknown>;

const { document } = PASSPORT.result.data;
const YES = { result: true };
const NO = { result: false };
const CLEAR = BACKGROUND_CHECK.background_check as Json;
const { judge: verify } = JUDGES.verifyIdentity;
const { judge: read } = JUDGES.readDocument;
const { judge: check } = JUDGES.backgroundCheck;

const passport = (fields: Json = {}, beside: Json = {}) =>
	task({ document: { ...document, ...fields }, compare: true, liveness: true, ...beside });
const without = (name: string) => passport({ [name]: undefined });

test('with personal data hidden, nothing of the document comes out but that it is valid and not expired', () => {
	const hidden = {
		...PLAIN,
		hidePersonalData: true,
		includeProviderData: true,
		includesBackgroundCheck: true,
	};
	const answer = passport(
		{},
		{
			background_check: { ...CLEAR, hits: [{ doc: { name: 'Jane Doe' } }] },
			issues: { document: { ODD: 'Jane Doe' } },
		},
	);
	expect(verify(answer, hidden)).toStrictEqual({
		verified: false,
		decision: 'review',
		reasons: ['ODD', 'CONTRADICTORY', 'POTENTIAL_MATCH'],
		faceMatch: YES,
		liveness: YES,
		document: { isValid: true, isExpired: false },
		backgroundCheck: { potentialMatch: false, riskLevel: 'unknown', totalMatches: 0 },
	});
});

test.each<[string, Json, string, string[]]>([
	['is_valid as a text', passport({ is_valid: 'true' }), 'fail', ['DOCUMENT_NOT_READ']],
	['is_valid as 1', passport({ is_valid: 1 }), 'fail', ['DOCUMENT_NOT_READ']],
	['is_valid in a list', passport({ is_valid: [true] }), 'fail', ['DOCUMENT_NOT_READ']],
	['no is_valid', without('is_valid'), 'fail', ['DOCUMENT_NOT_READ']],
	[
		'is_valid by a prototype',
		passport(JSON.parse('{"is_valid":null,"__proto__":{"is_valid":true}}') as Json),
		'fail',
		['DOCUMENT_NOT_READ'],
	],
	['is_valid false', passport({ is_valid: false }), 'fail', ['DOCUMENT_INVALID']],
	[
		'a list of documents',
		task({ document: [document], compare: true, liveness: true }),
		'fail',
		['DOCUMENT_NOT_READ'],
	],
	[
		'a document as JSON text',
		task({ document: JSON.stringify(document), compare: true, liveness: true }),
		'fail',
		['DOCUMENT_NOT_READ'],
	],
	[
		'a document one level too deep',
		task({ data: PASSPORT.result.data }),
		'fail',
		['FACE_MATCH_MISSING', 'LIVENESS_MISSING', 'DOCUMENT_NOT_READ'],
	],
	['is_expired true', passport({ is_expired: true }), 'fail', ['DOCUMENT_EXPIRED']],
	['is_expired as a text', passport({ is_expired: 'false' }), 'review', ['EXPIRY_UNKNOWN']],
	['no is_expired', without('is_expired'), 'review', ['EXPIRY_UNKNOWN']],
	['an expiry that is past', passport({ dateOfExpiry: '2022-3-29' }), 'review', ['CONTRADICTORY']],
	['an expiry today', passport({ dateOfExpiry: '2022-3-30' }), 'pass', []],
	['no expiry', passport({ dateOfExpiry: 'None-None-None' }), 'pass', []],
	['a birth tomorrow', passport({ dateOfBirth: '2022-3-31' }), 'review', ['CONTRADICTORY']],
	['a birth in 2049', passport({ dateOfBirth: '2049-5-22' }), 'review', ['CONTRADICTORY']],
	[
		'compare and authentication, one false',
		passport({}, { authentication: NO }),
		'fail',
		['FACE_NOT_MATCHED'],
	],
	['authentication alone', passport({}, { compare: null, authentication: YES }), 'pass', []],
	['compare as a text', passport({}, { compare: 'true' }), 'fail', ['FACE_MATCH_MISSING']],
	[
		'compare as an object that only looks true',
		passport({}, { compare: { result: 'true' } }),
		'fail',
		['FACE_MATCH_MISSING'],
	],
	[
		'compare that contradicts itself',
		passport({}, { compare: { ...YES, data: NO } }),
		'review',
		['CONTRADICTORY'],
	],
	['liveness false', passport({}, { liveness: false }), 'fail', ['NOT_LIVE']],
	['liveness false at the root as well', { ...passport(), liveness: false }, 'review', ['CONTRADICTORY']],
	['a status of 400', task(PASSPORT.result.data, 400), 'review', ['CONTRADICTORY']],
	['another state', { ...passport(), status: 'success' }, 'review', ['CONTRADICTORY']],
	[
		'a potential match that was not asked for',
		passport({}, { background_check: { potential_match: true } }),
		'review',
		['POTENTIAL_MATCH'],
	],
])('%s', (_, answer, decision, reasons) => {
	expect(verify(answer)).toMatchObject({ verified: decision === 'pass', decision, reasons });
});

test.each<[string, Json, string, string[]]>([
	['compare false', { compare: false }, 'review', ['CONTRADICTORY']],
	['liveness that failed', { liveness: NO }, 'review', ['CONTRADICTORY']],
	['neither', { compare: undefined, liveness: undefined }, 'pass', []],
])('Read Document with %s', (_, beside, decision, reasons) => {
	expect(read(passport({}, beside))).toMatchObject({ valid: decision === 'pass', decision, reasons });
});

test.each<[string, Partial<DocumentParameters>, Json, string, string[]]>([
	...['', ' ', NaN, null, -1, true, 'many', [18], {}].map(
		(minAge): [string, Partial<DocumentParameters>, Json, string, string[]] => [
			`a minimum age of ${JSON.stringify(minAge)}`,
			{ minAge },
			passport(),
			'review',
			['AGE_UNKNOWN'],
		],
	),
	['a minimum age as a text', { minAge: '18' }, passport(), 'pass', []],
	['a day under age', { minAge: 18 }, passport({ dateOfBirth: '2004-3-31', age: 17 }), 'fail', ['UNDER_AGE']],
	['of age today', { minAge: 18 }, passport({ dateOfBirth: '2004-3-30', age: 18 }), 'pass', []],
	[
		'born on 29 February, the day before',
		{ minAge: 18, today: '2022-02-28' },
		passport({ dateOfBirth: '2004-2-29', age: 18 }),
		'fail',
		['UNDER_AGE'],
	],
	[
		'born on 29 February, 1 March',
		{ minAge: 18, today: '2022-03-01' },
		passport({ dateOfBirth: '2004-2-29', age: 18 }),
		'pass',
		[],
	],
	['an age far from the date', { minAge: 18 }, passport({ age: 17 }), 'review', ['AGE_UNKNOWN']],
	['an age of -1 beside a date', { minAge: 18 }, passport({ age: -1 }), 'pass', []],
	[
		'an age of -1 alone',
		{ minAge: 18 },
		passport({ age: -1, dateOfBirth: 'None-None-None' }),
		'review',
		['AGE_UNKNOWN'],
	],
	['an age alone', { minAge: 18 }, passport({ dateOfBirth: 'None-None-None' }), 'pass', []],
	[
		'an age beside a year of two digits',
		{ minAge: 18 },
		passport({ dateOfBirth: '49-5-22' }),
		'review',
		['AGE_UNKNOWN'],
	],
	[
		'no expiry',
		{ minValidityDays: 0 },
		passport({ dateOfExpiry: 'None-None-None' }),
		'review',
		['EXPIRY_UNKNOWN'],
	],
	[
		'a day that does not exist',
		{ minValidityDays: 0 },
		passport({ dateOfExpiry: '2030-2-31' }),
		'review',
		['EXPIRY_UNKNOWN'],
	],
	['a day too few', { minValidityDays: 545 }, passport(), 'review', ['EXPIRES_SOON']],
	['as many days', { minValidityDays: 544 }, passport(), 'pass', []],
	['no name expected in an expectation', { expectedName: '' }, passport(), 'review', ['NAME_UNKNOWN']],
	['a name of signs', { expectedName: "-'., " }, passport(), 'review', ['NAME_UNKNOWN']],
	[
		'a document without a name',
		{ expectedName: 'None None' },
		passport({ firstName: 'None', lastName: 'None' }),
		'review',
		['NAME_UNKNOWN'],
	],
	[
		'a first name that is None',
		{ expectedName: 'Zahra' },
		passport({ firstName: 'None', lastName: 'ZAHRA' }),
		'pass',
		[],
	],
	['another name', { expectedName: 'Jane Smith' }, passport(), 'review', ['NAME_MISMATCH']],
	[
		'a date of birth in another zone',
		{ expectedDateOfBirth: '1990-09-03T22:00:00.000Z' },
		passport(),
		'review',
		['DATE_OF_BIRTH_UNKNOWN'],
	],
	[
		'a date of birth at midnight',
		{ expectedDateOfBirth: '1990-09-04T00:00:00+02:00' },
		passport(),
		'pass',
		[],
	],
	[
		'another date of birth',
		{ expectedDateOfBirth: '1990-09-05' },
		passport(),
		'review',
		['DATE_OF_BIRTH_MISMATCH'],
	],
	[
		'an unusable day as today',
		{ today: 'today' },
		passport({ dateOfBirth: 'None-None-None' }),
		'review',
		['CONTRADICTORY'],
	],
	[
		'no background check',
		{ includesBackgroundCheck: true },
		passport(),
		'fail',
		['BACKGROUND_CHECK_MISSING'],
	],
])('expecting: %s', (_, set, answer, decision, reasons) => {
	expect(verify(answer, { ...PLAIN, ...set })).toMatchObject({ decision, reasons });
});

test.each<[string, Json | null, string, string[]]>([
	['total_matches "0"', { ...CLEAR, total_matches: '0' }, 'fail', ['BACKGROUND_CHECK_MISSING']],
	['total_matches "1"', { ...CLEAR, total_matches: '1' }, 'review', ['POTENTIAL_MATCH']],
	['total_matches -1', { ...CLEAR, total_matches: -1 }, 'fail', ['BACKGROUND_CHECK_MISSING']],
	['hits as an object', { ...CLEAR, hits: { 0: {} } }, 'fail', ['BACKGROUND_CHECK_MISSING']],
	['one hit', { ...CLEAR, hits: [null] }, 'review', ['POTENTIAL_MATCH']],
	['no hits', { ...CLEAR, hits: undefined }, 'pass', []],
	['potential_match "false"', { ...CLEAR, potential_match: 'false' }, 'fail', ['BACKGROUND_CHECK_MISSING']],
	['risk_level low', { ...CLEAR, risk_level: 'low' }, 'pass', []],
	['risk_level LOW', { ...CLEAR, risk_level: 'LOW' }, 'review', ['RISK_LEVEL']],
	['risk_level blank', { ...CLEAR, risk_level: ' ' }, 'review', ['RISK_LEVEL']],
	['risk_level 0', { ...CLEAR, risk_level: 0 }, 'fail', ['BACKGROUND_CHECK_MISSING']],
	['nothing in it', {}, 'fail', ['BACKGROUND_CHECK_MISSING']],
	['null', null, 'fail', ['BACKGROUND_CHECK_MISSING']],
])('a background check with %s', (_, given, decision, reasons) => {
	const answer = task({ background_check: given });
	expect(check(answer)).toMatchObject({ clear: decision === 'pass', decision, reasons });
	const asked = { ...PLAIN, includesBackgroundCheck: true };
	expect(verify(passport({}, { background_check: given }), asked)).toMatchObject({ decision, reasons });
});

test.each<[string, unknown, unknown, string, string[]]>([
	['the same', CLEAR, CLEAR, 'pass', []],
	['a match at the top', CLEAR, { ...CLEAR, potential_match: true }, 'review', ['POTENTIAL_MATCH']],
	['a match in the data', { ...CLEAR, total_matches: 2 }, CLEAR, 'review', ['POTENTIAL_MATCH']],
	['one that cannot be read', CLEAR, [], 'fail', ['BACKGROUND_CHECK_MISSING']],
])('of two background checks the worse counts: %s', (_, inData, atTop, decision, reasons) => {
	const answer = { ...passport({}, { background_check: inData }), background_check: atTop };
	expect(check(answer)).toMatchObject({ decision, reasons });
	expect(verify(answer, { ...PLAIN, includesBackgroundCheck: true })).toMatchObject({ decision, reasons });
});

test('a match counts beside a background check that cannot be read, also where none was asked for', () => {
	const answer = {
		...passport({}, { background_check: { potential_match: true } }),
		background_check: 'clear',
	};
	expect(verify(answer)).toMatchObject({ decision: 'review', reasons: ['POTENTIAL_MATCH'] });
});
