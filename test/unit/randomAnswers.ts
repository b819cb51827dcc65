/** Documented answers with edits at random places, and users' options at random, for property tests. */
import fc from 'fast-check';
import type { DocumentParameters } from '../../nodes/shared/result/document';
import { words } from '../support/words';
import { ANSWERS, BACKGROUND_CHECK, FACE_TOO_SMALL, PASSPORT, type Answer } from './documented';
import { PLAIN } from './judges';

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
const CHECK = [true, true, YES, YES, NO, false, null, 'true', 0, 1, [], {}, [true], { result: 'true' }];

/** The values of interest under a key. */
const VALUES: Record<string, unknown[]> = {
	...Object.fromEntries(words('compare authentication liveness').map((key) => [key, CHECK])),
	...Object.fromEntries(words('is_valid is_expired result').map((key) => [key, CHECK])),
	...Object.fromEntries(words('dateOfBirth dateOfExpiry dateOfIssue').map((key) => [key, DATES])),
	...Object.fromEntries(words('fullName firstName lastName').map((key) => [key, NAMES])),
	age: [null, 31, 30, 32, 33, 17, -1, -5, 131, '31', '12', 31.5, 'None', true, []],
	background_check: [
		...[BACKGROUND_CHECK.background_check, FOUND, { ...FOUND, potential_match: false }, { hits: {} }, {}],
		{ ...FOUND, potential_match: false, total_matches: 0, hits: [] },
		{ ...FOUND, total_matches: '1', hits: {} },
	],
	potential_match: CHECK,
	total_matches: [1, 0, '0', '1', -1, 0.5, null, false, true, [], 'None', 1e308],
	hits: [[HIT], [null], {}, [[]], { 0: HIT }, '', 'None', 1, null, false],
	risk_level: ['low', 'unknown', 'LOW', 'high', '', ' ', 'None', null, 0, false, ['low']],
};

/** Other keys that mean something in Progeny's answers or in JavaScript. */
const KEYS = [
	...words(`
		httpStatus success errors document provider id status data uuid issues task error error_code FACE_TOO_SMALL matchScore
		scorePercent score quality probability __proto__ constructor prototype toString length`),
	...['', '0'],
];

/** Values that are nearly right: the wrong type, the right type with the wrong meaning, limits, empty things. */
const JUNK: unknown[] = [
	...[true, false, 'true', 'false', 1, 0, -1, null, '', [], {}, [true], [[]], ' '],
	...[200, 399, 400, 404.5, 500, 1e308, 0.5, 201, 199, 300, 302, -1, 3.2, 9900, -0.1, 99],
	...words(
		'SUCCESS success FAILURE 200 400 20.0 100.0 -0.5 NaN Infinity 1e999 0 None none OK 299 302 FACE_TOO_SMALL',
	),
	...[NO, { success: false }, { error: null, detail: 'None' }, { liveness: null }, [null], { errors: [] }],
	...[{ error: 'None', error_code: 0 }, { data: NO }, { raw: NO }, YES, { result: YES }, { result: [true] }],
	...['Absolute face size is too small', '\u0000\u202e\u2028', 'x'.repeat(1500)],
	...[{ error_code: 'UNKNOWN' }, { error: 'a text without a code' }, { data: { error_code: 'EYES_CLOSED' } }],
	...[{ liveness: {} }, { liveness: { FACE_CROPPED: '' } }, { liveness: { FACE_CROPPED: null } }],
	...[{ liveness: ['FACE_CROPPED'] }, { liveness: 'FACE_CROPPED' }, ['FACE_CROPPED']],
	...['d3da2b7a-b062-11ec-b3b9-0242ac190002', '98008E56-CD6F-410C-9D8D-F9E620661395'],
	...['d3da2b7a-b062-11ec-b3b9-0242ac19000', ' d3da2b7a-b062-11ec-b3b9-0242ac190002'],
	JSON.parse('{ "__proto__": { "result": true, "polluted": true } }'),
	{ constructor: { prototype: { polluted: true } } },
	...Object.values(ANSWERS).map(({ result }) => result ?? null),
];

const { document, ...HOLDER } = PASSPORT.result.data;
const inEnvelope = (data: Answer): Answer => ({ ...PASSPORT, result: { status: 200, data } });
/** The documented answers, and mixtures of them. */
const SAMPLES: Answer[] = [
	...Object.values(ANSWERS),
	inEnvelope({ document, compare: YES, liveness: YES }),
	inEnvelope({ document, authentication: { result: true, data: { matchScore: '20.0' } }, liveness: true }),
	inEnvelope({ document, compare: true, authentication: false, liveness: true }),
	inEnvelope({ document, ...FACE_TOO_SMALL.result.data }),
	{ ...inEnvelope({ document, ...HOLDER, ...BACKGROUND_CHECK }), ...BACKGROUND_CHECK },
	inEnvelope({ document, ...HOLDER, background_check: FOUND }),
	{ id: 1, status: 'SUCCESS', ...BACKGROUND_CHECK },
];

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const containersIn = (value: unknown): Container[] =>
	isContainer(value) ? [value, ...Object.values(value).flatMap(containersIn)] : [];

/** Sets a key as JSON.parse would: `__proto__` becomes a key like any other. A list gets one more entry. */
function set(container: Container, name: string, value: unknown): void {
	const key = Array.isArray(container) && !Object.keys(container).includes(name) ? container.length : name;
	Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

/** One edit. `place` picks an entry of the answer or, to add one, an object or a list; `choice` a value for its key. */
const edit = fc.record({
	kind: fc.constantFrom('replace' as const, 'replace' as const, 'delete' as const, 'add' as const),
	place: fc.nat(1000),
	key: fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom(...Object.keys(VALUES)) },
		{ weight: 6, arbitrary: fc.constantFrom(...KEYS) },
		{ weight: 1, arbitrary: fc.string() },
	),
	choice: fc.option(fc.nat(1000), { freq: 2 }),
	other: fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom(...JUNK, ...Object.values(VALUES).flat()) },
		{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
	),
});

/** Documented answers with up to five edits, as JSON returns them. Half of them start from `passing`. */
export const editedAnswers = (passing: Answer): fc.Arbitrary<Record<string, unknown>> =>
	fc
		.tuple(fc.oneof(fc.constant(passing), fc.constantFrom(...SAMPLES)), fc.array(edit, { maxLength: 5 }))
		.map(([sample, edits]) => {
			const answer = JSON.parse(JSON.stringify(sample)) as Answer;
			for (const { kind, place, key, choice, other } of edits) {
				const valueOf = (name: string): unknown => {
					const own = choice !== null && Object.hasOwn(VALUES, name) ? VALUES[name] : [other];
					return JSON.parse(JSON.stringify(own[(choice ?? 0) % own.length]));
				};
				const containers = containersIn(answer);
				const entries = containers.flatMap((container) =>
					Object.keys(container).map((name) => [container, name] as const),
				);
				const [container, name] = entries[place % entries.length] ?? [answer, ''];
				if (kind === 'add' || entries.length === 0)
					set(containers[place % containers.length], key, valueOf(key));
				else if (kind === 'replace') set(container, name, valueOf(name));
				else if (Array.isArray(container)) container.splice(Number(name), 1);
				else delete (container as Record<string, unknown>)[name];
			}
			return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
		});

/** Returns an option that is mostly not set, and mostly to a value that can be used. */
const option = (usable: unknown[], unusable: unknown[]) =>
	fc.oneof(
		{ weight: 7, arbitrary: fc.constant(undefined) },
		{ weight: 3, arbitrary: fc.constantFrom(...usable) },
		{ weight: 1, arbitrary: fc.constantFrom(...unusable) },
	);

/** Every node's parameters; most of them ask for little. */
export const anyParameters: fc.Arbitrary<DocumentParameters> = fc
	.record({
		hideScores: fc.boolean(),
		includeProviderData: fc.boolean(),
		hidePersonalData: fc.boolean(),
		includesBackgroundCheck: fc.constantFrom(false, false, true),
		reviewReasons: fc.constantFrom([], [], [], [], [], ['NO_RECEIPT'], ['NO_RECEIPT', 'TOO_OLD']),
		minimums: fc.record(
			{
				minMatchPercent: fc.constantFrom<unknown>(0, 50, 99, 100, 100.5, '100', 'many', NaN, null, undefined),
				minLivenessProbability: fc.constantFrom<unknown>(0, 0.5, 0.93, 0.94, 1.1, -0.1, '0.5', '', null),
			},
			{ requiredKeys: [] },
		),
		days: fc.constantFrom(
			...[['2022-03-30'], ['2022-03-30'], ['2022-03-31'], ['2023-09-25'], ['2023-09-26'], ['2024-02-29']],
			['2023-09-25', '2023-09-26'],
		),
		minAge: option([18, 31, '18', 0], [32, 130, -1, '', ' ', 'many', NaN, Infinity, null, true, [18], {}]),
		minValidityDays: option([0, 30, '90'], [600, -1, '', NaN, null, false, [], {}]),
		expectedName: option(['Jane Doe', 'doe, jane', 'Jane Mary Doe', 'Günther Müller'], ['Доe', '---', '', 7]),
		expectedDateOfBirth: option(
			['1990-09-04', '1990-09-04T00:00:00+02:00'],
			['1990-09-05', '1990-9-4', '', null, 7],
		),
	})
	.map((parameters) => ({ ...PLAIN, ...parameters }));
