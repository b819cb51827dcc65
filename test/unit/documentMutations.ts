/** Values of documents, their holders, background checks and users' expectations, for random answers and parameters. */
import fc from 'fast-check';
import type { DocumentParameters } from '../../nodes/shared/result/document';
import { BACKGROUND_CHECK, BACKGROUND_CHECK_TASK, FACE_TOO_SMALL, PASSPORT, type Answer } from './documented';
import { words } from '../support/words';
import { PLAIN } from './judges';
import { mutationsOf, type Vocabulary } from './mutations';
import { at } from './implications';

const { document } = PASSPORT.result.data;
const inEnvelope = (data: Answer): Answer => ({ ...PASSPORT, result: { status: 200, data } });
const YES = { result: true };
const NO = { result: false };

/** A hit as the provider that Progeny's answer looks like writes it. */
const HIT = { doc: { name: 'Jane Doe', types: ['pep'] }, score: 1.7 };
const FOUND = { potential_match: true, risk_level: 'high', total_matches: 1, hits: [HIT] };

const DATES = [
	...words(`1990-9-4 1990-09-04 2004-3-30 2004-3-31 2023-9-25 2022-3-30 2022-3-29 2022-4-28 2049-5-22 49-5-22 2030-2-31
		2004-2-29 None-None-None 1990-None-4 0001-1-1 1990-9-4T00:00:00Z 1990-09-03T22:00:00Z 1880-1-1 1990/9/4`),
	...['', 652406400],
];
const NAMES = [
	...['JANE', 'DOE', 'JANE MARY', 'JANE DOE', 'DOE JANE', 'JANE MARY DOE', 'None', 'None DOE', 'None None'],
	...['MUELLER', 'MÜLLER', 'GÜNTHER', 'DOE JR', 'Дое', '---', 'SMITH'],
];
const CHECKS = [
	...[BACKGROUND_CHECK.background_check, FOUND, { ...FOUND, potential_match: false }, { hits: {} }],
	{ ...FOUND, potential_match: false, total_matches: 0, hits: [] },
	{ ...FOUND, total_matches: '1', hits: {} },
];

const DOCUMENTS: Vocabulary = {
	keys: words(`
		document compare authentication liveness background_check is_valid is_expired dateOfBirth dateOfExpiry dateOfIssue age
		fullName firstName lastName result potential_match risk_level total_matches hits issues error`),
	values: [
		...[true, false, true, false, null, 0, 1, 'true', 'false', 'None', [], {}, [true], YES, NO],
		...[...DATES, ...NAMES, ...CHECKS, document],
		...[31, 30, 17, 18, 12, -1, -5, 131, '31', 31.5, 1e308, ...words('low LOW unknown medium high'), '', HIT],
	],
	answers: [
		PASSPORT,
		inEnvelope({ document, compare: YES, liveness: YES }),
		inEnvelope({ document, authentication: { result: true, data: { matchScore: '20.0' } }, liveness: true }),
		inEnvelope({ ...PASSPORT.result.data, ...BACKGROUND_CHECK }),
		{ ...inEnvelope({ ...PASSPORT.result.data, ...BACKGROUND_CHECK }), ...BACKGROUND_CHECK },
		inEnvelope({ ...PASSPORT.result.data, background_check: FOUND }),
		inEnvelope({ document, compare: true, authentication: false, liveness: true }),
		inEnvelope({ document, ...FACE_TOO_SMALL.result.data }),
		...[{ id: 1, status: 'SUCCESS', ...BACKGROUND_CHECK }, BACKGROUND_CHECK, BACKGROUND_CHECK_TASK],
	],
	edits: 3,
};

const DOCUMENT = ['result', 'data', 'document'];
const BACKGROUND = ['result', 'data', 'background_check'];
const placesIn = (path: string[], fields: Record<string, unknown[]>) =>
	Object.entries(fields).map(([key, values]): [string[], unknown[]] => [[...path, key], values]);
const ANY = [true, false, null, 'true', 'false', 0, 1, [], {}, [true], YES, NO];
const ANY_NAME = [...NAMES, ...NAMES, undefined, null, 7, [], {}];
const ANY_CHECK = [...ANY, YES, true, true, undefined];

/** Values for a place of its own; undefined leaves it out. Twice if it is to be found more often. */
const PLACES: Array<[path: string[], values: unknown[]]> = [
	...placesIn(DOCUMENT, {
		is_valid: [...ANY, undefined, false],
		is_expired: [...ANY, undefined, true],
		dateOfBirth: [...DATES, undefined],
		dateOfExpiry: [...DATES, undefined],
		age: [undefined, null, 31, 30, 32, 33, 17, -1, -5, 131, '31', '12', 31.5, 'None', true, []],
		fullName: ANY_NAME,
		firstName: ANY_NAME,
		lastName: ANY_NAME,
	}),
	...placesIn(['result', 'data'], {
		compare: ANY_CHECK,
		authentication: ANY_CHECK,
		liveness: ANY_CHECK,
		background_check: [...CHECKS, ...ANY],
	}),
	...placesIn([], { background_check: [...CHECKS, ...ANY] }),
	...placesIn(BACKGROUND, {
		potential_match: [...ANY, undefined],
		total_matches: [1, 0, '0', '1', -1, 0.5, null, undefined, false, true, [], 'None', 1e308],
		hits: [[HIT], [null], {}, [[]], { 0: HIT }, '', 'None', 1, null, undefined, false],
		risk_level: ['low', 'unknown', 'LOW', 'high', '', ' ', 'None', null, undefined, 0, false, ['low']],
	}),
];

/** Answers of the documented shapes: some with edits anywhere, most with one to four values that are of interest there. */
export const documentAnswers = (passing: Answer): fc.Arbitrary<Record<string, unknown>> => {
	const edits = fc.array(fc.tuple(fc.nat(PLACES.length - 1), fc.nat(1000)), { maxLength: 4 });
	const whole = fc
		.oneof(fc.constant(passing), fc.constantFrom(...DOCUMENTS.answers))
		.map((answer) => structuredClone(answer));
	const base = fc.oneof(
		{ weight: 3, arbitrary: whole },
		{ weight: 1, arbitrary: mutationsOf(passing, DOCUMENTS) },
	);
	return fc.tuple(base, edits).map(([answer, chosen]) => {
		for (const [which, entry] of chosen) {
			const [path, values] = PLACES[which];
			const value = values[entry % values.length];
			const place = path.length === 1 ? answer : at(answer, ...path.slice(0, -1));
			if (typeof place === 'object' && place !== null)
				(place as Record<string, unknown>)[path.at(-1)!] = structuredClone(value);
		}
		return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
	});
};

/** An option that is mostly not set, and mostly to a value that can be used. */
const option = (usable: unknown[], unusable: unknown[]) =>
	fc.oneof(
		{ weight: 7, arbitrary: fc.constant(undefined) },
		{ weight: 3, arbitrary: fc.constantFrom(...usable) },
		{ weight: 1, arbitrary: fc.constantFrom(...unusable) },
	);

/** Document parameters at random; most of them ask for little. */
export const documentParameters: fc.Arbitrary<DocumentParameters> = fc
	.record({
		hideScores: fc.boolean(),
		includeProviderData: fc.boolean(),
		hidePersonalData: fc.boolean(),
		includesBackgroundCheck: fc.constantFrom(false, false, true),
		reviewReasons: fc.constantFrom([], [], [], [], [], ['NO_RECEIPT'], ['NO_RECEIPT', 'TOO_OLD']),
		days: fc.constantFrom(
			...[['2022-03-30'], ['2022-03-30'], ['2022-03-31'], ['2023-09-25'], ['2023-09-26'], ['2024-02-29']],
			['2023-09-25', '2023-09-26'],
		),
		minAge: option([18, 31, '18', 0], [32, 130, -1, '', ' ', 'many', NaN, Infinity, null, true, [18], {}]),
		minValidityDays: option([0, 30, '90'], [600, -1, '', NaN, null, false, [], {}]),
		expectedName: option(
			['Jane Doe', 'doe, jane', 'Jane Mary Doe', 'Günther Müller'],
			['Доe', '---', '', null, 7, []],
		),
		expectedDateOfBirth: option(
			['1990-09-04', '1990-09-04T00:00:00+02:00'],
			['1990-09-05', '1990-9-4', '', null, 7],
		),
	})
	.map((parameters) => ({ ...PLAIN, ...parameters }));
