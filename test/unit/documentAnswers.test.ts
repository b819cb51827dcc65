import fc from 'fast-check';
import { backgroundCheckVerdict } from '../../nodes/shared/result/backgroundCheck';
import { documentVerdict, holderVerdict, type DocumentParameters } from '../../nodes/shared/result/document';
import type { Decision } from '../../nodes/shared/service';
import { IS_THOROUGH, runs } from '../support/thorough';
import { expectedOf, type DocumentNode } from './documentRules';
import { SEED } from './mutations';

type Json = Record<string, unknown>;
interface Found {
	decision: Decision;
	reasons: string[];
	document?: object;
	backgroundCheck?: object;
}

const JUDGES: Record<
	DocumentNode,
	{ affirmative: string; judge(answer: Json, parameters: DocumentParameters): Found }
> = {
	verifyIdentity: { affirmative: 'verified', judge: holderVerdict },
	readDocument: { affirmative: 'valid', judge: documentVerdict },
	backgroundCheck: { affirmative: 'clear', judge: backgroundCheckVerdict },
};
const NODES = Object.entries(JUDGES) as Array<[DocumentNode, (typeof JUDGES)[DocumentNode]]>;

const PLAIN: DocumentParameters = {
	hideScores: false,
	includeProviderData: false,
	minimums: {},
	doubts: [],
	hidePersonalData: false,
	today: '2022-03-30',
	includesBackgroundCheck: false,
	minAge: undefined,
	minValidityDays: undefined,
	expectedName: undefined,
	expectedDateOfBirth: undefined,
};

/** ocr_passport's documented answer with every field, and a background check beside it. */
const SAMPLE = {
	id: 2188,
	status: 'SUCCESS',
	result: {
		status: 200,
		data: {
			document: {
				is_valid: true,
				is_expired: false,
				dateOfBirth: '1990-9-4',
				age: 31,
				firstName: 'JANE',
				lastName: 'DOE',
				dateOfIssue: 'None-None-None',
				dateOfExpiry: '2023-9-25',
				documentNumber: 'XX000000',
				sex: 'F',
				nationality: 'UKRAINIAN',
				portrait: 'images/services/ocr_passport/0000000000.jpg',
				portrait_url: 'https://dev.progeny.tech/media/images/services/ocr_passport/0000000000.jpg',
			},
			compare: true,
			liveness: true,
			background_check: {
				potential_match: false,
				risk_level: 'unknown',
				total_matches: 0,
				hits: [] as unknown[],
			},
		},
	},
};
const BARE = { background_check: SAMPLE.result.data.background_check };

const KEYS = [
	...['is_valid', 'is_expired', 'dateOfBirth', 'dateOfExpiry', 'age', 'firstName', 'lastName', 'fullName'],
	...['document', 'compare', 'authentication', 'liveness', 'background_check', 'data', 'result', 'status'],
	...['potential_match', 'risk_level', 'total_matches', 'hits', 'issues', 'error', 'error_code', 'errors'],
	...['success', 'httpStatus', '__proto__', 'constructor', 'toString', '', '0'],
];

/** Values that are nearly right: another type, the right type with another meaning, limits, empty things. */
const JUNK: unknown[] = [
	...[true, false, 'true', 'false', 'True', 1, 0, -1, '1', '0', null, '', ' ', 'None', [], {}, [true], [[]]],
	...[{ result: true }, { result: false }, { result: 'true' }, { result: true, data: { result: false } }],
	...[{ result: { result: true } }, { result: null }, { data: { error_code: 'EYES_CLOSED' } }, [false], 'OK'],
	...['1990-9-4', '1990-09-04', '49-5-22', '2049-5-22', '2030-2-31', '2000-2-29', '1900-2-29', 'None-9-4'],
	...['None-None-None', '1890-1-1', '2004-3-30', '2004-3-31', '2022-3-30', '2022-3-29', '2021-12-31'],
	...['2022-3-31', '2022-4-29', '9999-12-31', '1990-9-4T00:00:00', '1990-9-4T10:00:00', '4.9.1990', '1990-9'],
	...[31, 30, 29, 32, 33, 17, 18, 130, 131, 31.5, '31', '29', 'NaN', 'Infinity', 1e308, 200, '200', 400, 3],
	...['JANE', 'DOE', 'JANE DOE', 'DOE JANE', 'ANNA MARIA', 'None DOE', 'None None', 'JANEDOE', 'JANE-MARY'],
	...['unknown', 'low', 'LOW', 'UNKNOWN', 'medium', 'high', 'low ', 'SUCCESS', 'FAILURE', 'x'.repeat(1500)],
	...[[{ doc: { name: 'Jane Doe' } }], { 0: { doc: {} } }, [null], { length: 1 }, '[]', '{}', 404.5],
	{ potential_match: true, risk_level: 'high', total_matches: 3, hits: [{}] },
	{ potential_match: false, risk_level: 'low', total_matches: 0, hits: [] },
	{ potential_match: false, total_matches: 0 },
	{ is_valid: true, is_expired: false },
	{ liveness: { FACE_TOO_SMALL: 'Absolute face size is too small' } },
	JSON.parse('{ "__proto__": { "is_valid": true, "is_expired": false, "result": true, "polluted": true } }'),
	{ constructor: { prototype: { polluted: true } } },
];

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const isContainer = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const containersIn = (value: unknown): Json[] =>
	isContainer(value) ? [value, ...Object.values(value).flatMap(containersIn)] : [];

/** Sets a key as JSON.parse would: `__proto__` becomes a key like any other. */
const set = (container: Json, key: string, value: unknown) =>
	Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });

const junk = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom(...JUNK) },
	{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
const edit = fc.record({
	place: fc.nat(999),
	entry: fc.nat(999),
	key: fc.constantFrom(...KEYS),
	value: junk,
});
const kind = fc.constantFrom('replace', 'delete', 'add');

/** The sample, or the one without an envelope, with none to five edits at random places. */
const mutated: fc.Arbitrary<Json> = fc
	.tuple(
		fc.oneof(
			{ weight: 6, arbitrary: fc.constant<Json>(SAMPLE) },
			{ weight: 1, arbitrary: fc.constant<Json>(BARE) },
		),
		fc.array(fc.tuple(kind, edit), { maxLength: 5 }),
		fc.boolean(),
	)
	.map(([sample, edits, isText]) => {
		const answer = copyOf(sample);
		for (const [how, { place, entry, key, value }] of edits) {
			const containers = containersIn(answer);
			const container = containers[place % containers.length];
			const keys = Object.keys(container);
			const chosen = how === 'add' || keys.length === 0 ? key : keys[entry % keys.length];
			if (Array.isArray(container)) container.push(copyOf(value));
			else if (how === 'delete') delete container[chosen];
			else set(container, chosen, copyOf(value));
		}
		const read = copyOf(answer);
		return isText && 'result' in read ? { ...read, result: JSON.stringify(read.result) } : read;
	});

const parameters: fc.Arbitrary<DocumentParameters> = fc.record({
	hideScores: fc.boolean(),
	includeProviderData: fc.boolean(),
	minimums: fc.constant({}),
	doubts: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, fc.constantFrom(['NO_RECEIPT'], ['TOO_OLD'])),
	hidePersonalData: fc.boolean(),
	today: fc.oneof(
		{ weight: 3, arbitrary: fc.constant('2022-03-30') },
		fc.constantFrom('2023-09-25', '2023-09-26', '2024-02-29', '2049-05-21', '1990-09-03'),
	),
	includesBackgroundCheck: fc.boolean(),
	minAge: unlessUnset(18, 18, 31, 32, '18', '', ' ', NaN, null, -1, true, 131, 'many', [18], Infinity, 17.5),
	minValidityDays: unlessUnset(0, 30, 544, 545, '30', '', NaN, null, -1, false, {}, 'soon'),
	expectedName: unlessUnset('Jane Doe', 'doe, JANE', 'Jane-Doe', 'Jane', 'John Doe', '---', '', null, 5, [
		'Jane Doe',
	]),
	expectedDateOfBirth: unlessUnset(
		...['1990-09-04', '1990-09-04T00:00:00.000+02:00', '1990-09-03T22:00:00.000Z', '1990-9-4', '1991-09-04'],
		...['2023-02-29', '', null, 0, true, {}],
	),
});

function unlessUnset(...values: unknown[]): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 3, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.constantFrom(...values) },
	);
}

const OWN_REASONS = new Set([
	...[
		'FACE_NOT_MATCHED',
		'NOT_LIVE',
		'DOCUMENT_INVALID',
		'DOCUMENT_EXPIRED',
		'UNDER_AGE',
		'FACE_MATCH_MISSING',
	],
	...['LIVENESS_MISSING', 'DOCUMENT_NOT_READ', 'BACKGROUND_CHECK_MISSING', 'EXPIRY_UNKNOWN', 'EXPIRES_SOON'],
	...['AGE_UNKNOWN', 'NAME_MISMATCH', 'NAME_UNKNOWN', 'DATE_OF_BIRTH_MISMATCH', 'DATE_OF_BIRTH_UNKNOWN'],
	...['POTENTIAL_MATCH', 'RISK_LEVEL', 'CONTRADICTORY', 'NO_RECEIPT', 'TOO_OLD', 'TIMED_OUT'],
]);

/** Judges the answer, and throws where it is not decided as the oracle says or comes out in another shape. */
function judged(node: DocumentNode, answer: Json, chosen: DocumentParameters): Found {
	const { judge, affirmative } = JUDGES[node];
	const before = JSON.stringify(answer);
	const found = judge(answer, chosen);
	const text = JSON.stringify(found);
	const { decision, reasons } = expectedOf(node, answer, chosen);
	const own = found.reasons.filter((reason) => OWN_REASONS.has(reason));
	const fault = (what: string) => new Error(`${what}: ${text} from ${before} with ${JSON.stringify(chosen)}`);
	if (found.decision !== decision) throw fault(`${decision} expected for ${reasons.join()}`);
	if ((found as unknown as Json)[affirmative] !== (decision === 'pass')) throw fault(affirmative);
	if ((found.reasons.length === 0) !== (decision === 'pass')) throw fault('reasons of a pass');
	const isEach =
		decision === 'fail'
			? own.every((each) => reasons.includes(each)) && own.length > 0
			: sameSet(own, reasons);
	if (!isEach) throw fault(`reasons ${reasons.join()} expected`);
	if (Object.keys(found).slice(0, 3).join() !== `${affirmative},decision,reasons`) throw fault('order');
	if (JSON.stringify(JSON.parse(text)) !== text) throw fault('not stable as JSON');
	if (JSON.stringify(answer) !== before) throw fault('the answer was changed');
	if (!chosen.includeProviderData && /portrait|0000000000\.jpg/.test(text)) throw fault('the portrait');
	if (chosen.hidePersonalData) {
		const allowed = [
			affirmative,
			'decision',
			'reasons',
			'faceMatch',
			'liveness',
			'document',
			'backgroundCheck',
		];
		const extra = [
			...Object.keys(found).filter((name) => !allowed.includes(name)),
			...Object.keys(found.document ?? {}).filter((name) => !['isValid', 'isExpired'].includes(name)),
			...(JSON.stringify({ ...found, reasons: own }).match(
				/JANE|DOE|XX000000|1990|UKRAINIAN|"hits"|Absolute face/g,
			) ?? []),
		];
		if (extra.length > 0) throw fault(`personal data ${extra.join()}`);
	}
	return found;
}

const sameSet = (one: string[], other: string[]) =>
	[...new Set(one)].sort().join() === [...new Set(other)].sort().join();

/** Each field of each object in the samples with each value; in a thorough run also each field that is not there. */
function* singleEdits(): Generator<[Json, number, string, unknown]> {
	for (const sample of [SAMPLE, BARE])
		for (const [place, container] of containersIn(sample).entries())
			for (const name of new Set([...Object.keys(container), ...(IS_THOROUGH ? KEYS : ['error'])]))
				for (const value of [undefined, ...JUNK]) yield [sample, place, name, value];
}

describe.each(NODES)('%s', (node) => {
	test('decides any mutation of the documented answers as the design says', () => {
		const seen = { pass: 0, review: 0, fail: 0 };
		fc.assert(
			fc.property(mutated, parameters, (answer, chosen) => {
				seen[judged(node, answer, chosen).decision]++;
			}),
			{ seed: SEED, numRuns: runs(5000) },
		);
		// The property would prove nothing if hardly any of the cases reached one of these.
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs(5000) / 40);
		expect(({} as Json).polluted).toBeUndefined();
	});

	test('decides each field of the documented answers with each other value, and without it, as the design says', () => {
		const asked = { ...PLAIN, includesBackgroundCheck: true, minAge: 18, minValidityDays: 30 };
		const all = { ...asked, expectedName: 'Jane Doe', expectedDateOfBirth: '1990-09-04' };
		const chosen = IS_THOROUGH ? [PLAIN, all, { ...all, hidePersonalData: true }] : [all];
		for (const [i, [sample, place, name, value]] of [...singleEdits()].entries()) {
			if (!IS_THOROUGH && i % 5 > 0) continue;
			const answer = copyOf<Json>(sample);
			const container = containersIn(answer)[place];
			if (Array.isArray(container)) container.push(copyOf(value ?? null));
			else if (value === undefined) delete container[name];
			else set(container, name, copyOf(value));
			for (const each of chosen) judged(node, answer, each);
		}
	});

	test('passes no answer of which any part was left out that it needs', () => {
		const needed: Record<DocumentNode, string[]> = {
			verifyIdentity: [
				'is_valid',
				'is_expired',
				'compare',
				'liveness',
				'document',
				'background_check',
				'data',
				'status',
			],
			readDocument: ['is_valid', 'is_expired', 'document', 'background_check', 'data', 'status'],
			backgroundCheck: ['potential_match', 'total_matches', 'background_check', 'data', 'status'],
		};
		const chosen = { ...PLAIN, includesBackgroundCheck: true };
		expect(judged(node, SAMPLE, chosen).decision).toBe('pass');
		for (const name of needed[node]) {
			const answer = copyOf<Json>(SAMPLE);
			const holder = containersIn(answer).find((container) =>
				name !== 'status' ? name in container : container === answer,
			)!;
			delete holder[name];
			expect([name, JUDGES[node].judge(answer, chosen).decision]).not.toEqual([name, 'pass']);
		}
	});

	test('never throws, and passes nothing that is not an answer of Progeny', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue()), parameters, (answer, chosen) => {
				judged(node, copyOf(answer) as Json, chosen);
			}),
			{ seed: SEED, numRuns: runs(1000) },
		);
	});
});
