import fc from 'fast-check';
import { timedOutVerdict, verdict, type Verdict } from '../../nodes/AuthenticateFace/verdict';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import type { JudgeParameters } from '../../nodes/shared/service';
import * as documented from './documented';
import { mutatedAnswer, SEED } from './mutations';

const PLAIN: JudgeParameters = { hideScores: false, includeProviderData: false, minimums: {} };

const LIVE_SCORES = { score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const YES = { result: true };
const BOTH = { authentication: YES, liveness: YES };

/** A finished task with this under `result.data`. */
const task = (data: unknown, status: unknown = 200): Record<string, unknown> => ({
	id: 1,
	status: 'SUCCESS',
	result: { status, data },
});

/** A finished task of two passing checks, with these scores. */
const scored = (scorePercent: unknown, probability: unknown) =>
	task({
		authentication: { result: true, data: { scorePercent } },
		liveness: { result: true, data: { probability } },
	});

describe('documented and expected answers', () => {
	const noFace = { authenticated: false, decision: 'fail' } as const;
	test.each<[string, Record<string, unknown>, Verdict]>([
		[
			'authenticate_face, success',
			documented.AUTHENTICATED,
			{
				authenticated: true,
				decision: 'pass',
				reasons: [],
				authentication: { result: true, matchScore: 20, scorePercent: 100 },
				liveness: { result: true, ...LIVE_SCORES },
			},
		],
		[
			'face_liveness, live',
			documented.LIVE,
			{ ...noFace, reasons: ['AUTHENTICATION_MISSING'], liveness: { result: true, ...LIVE_SCORES } },
		],
		[
			'failure, shape A (code in the check, result.status 400)',
			documented.FACE_TOO_SMALL,
			{
				...noFace,
				reasons: ['FACE_TOO_SMALL', 'AUTHENTICATION_MISSING', 'NOT_LIVE'],
				issues: [{ check: 'liveness', code: 'FACE_TOO_SMALL', message: 'Absolute face size is too small' }],
				liveness: { result: false },
			},
		],
		[
			'failure, shape B (code in the data of the check, result.status 200)',
			documented.FACE_NOT_FOUND,
			{
				...noFace,
				reasons: ['FACE_NOT_FOUND', 'AUTHENTICATION_MISSING', 'NOT_LIVE'],
				issues: [{ check: 'liveness', code: 'FACE_NOT_FOUND', message: 'Failed to detect face' }],
				liveness: { result: false },
			},
		],
		[
			'register_face, success',
			documented.REGISTERED,
			{ ...noFace, reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'] },
		],
		[
			'background_check, no envelope',
			documented.BACKGROUND_CHECK,
			{ ...noFace, reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'] },
		],
		[
			'the bare envelope',
			documented.EMPTY_ENVELOPE,
			{ ...noFace, reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'] },
		],
		[
			'live, but another person',
			documented.ANOTHER_PERSON,
			{
				...noFace,
				reasons: ['NOT_MATCHED'],
				authentication: { result: false, matchScore: 1.25, scorePercent: 6.25 },
				liveness: { result: true, ...LIVE_SCORES },
			},
		],
		[
			'a spoof without a code',
			documented.SPOOF,
			{
				...noFace,
				reasons: ['AUTHENTICATION_MISSING', 'NOT_LIVE'],
				liveness: { result: false, score: -3.5, quality: 0.75, probability: 0.0293 },
			},
		],
		[
			'a picture that cannot be compared',
			documented.UNREADABLE_PICTURE,
			{
				...noFace,
				reasons: ['FAILED_TO_READ_IMAGE', 'NOT_MATCHED'],
				issues: [{ check: 'authentication', code: 'FAILED_TO_READ_IMAGE', message: 'Failed to read image' }],
				authentication: { result: false },
				liveness: { result: true, score: 2.5, quality: 0.75, probability: 0.92 },
			},
		],
		[
			'a crashed job',
			documented.CRASHED,
			{ ...noFace, reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'] },
		],
		[
			'a job under way',
			documented.PENDING,
			{ ...noFace, reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'] },
		],
	])('%s', (_, answer, expected) => {
		expect(verdict(answer, PLAIN)).toStrictEqual(expected);
	});

	test('ocr_passport, whose checks are plain booleans, is no face check', () => {
		const { authenticated, decision, reasons } = verdict(documented.PASSPORT, PLAIN);
		expect({ authenticated, decision }).toEqual({ authenticated: false, decision: 'fail' });
		expect(reasons).toContain('AUTHENTICATION_MISSING');
	});

	test("v2's plain booleans at the top are no verdict", () => {
		expect(verdict({ liveness: true, authorize: true, authentication: true }, PLAIN).decision).toBe('fail');
	});
});

describe('only the boolean true of both checks passes', () => {
	const NOT_TRUE: Array<[string, unknown]> = [
		['false', false],
		['the text "true"', 'true'],
		['the text "True"', 'True'],
		['1', 1],
		['null', null],
		['a list with true', [true]],
		['an object with true', { result: true }],
		['an empty text', ''],
		['a key that is not there', undefined],
	];
	test.each(NOT_TRUE)('authentication.result: %s', (_, result) => {
		const found = verdict(task({ authentication: { result, data: {} }, liveness: YES }), PLAIN);
		expect(found).toMatchObject({ authenticated: false, decision: 'fail' });
		expect(found.reasons).toEqual([result === false ? 'NOT_MATCHED' : 'AUTHENTICATION_MISSING']);
		expect(found.authentication).toEqual({ result: false });
	});
	test.each(NOT_TRUE)('liveness.result: %s', (_, result) => {
		const found = verdict(task({ authentication: YES, liveness: { result, data: {} } }), PLAIN);
		expect(found).toMatchObject({ authenticated: false, decision: 'fail' });
		expect(found.reasons).toEqual([result === false ? 'NOT_LIVE' : 'LIVENESS_MISSING']);
		expect(found.liveness).toEqual({ result: false });
	});

	test.each<[string, unknown]>([
		['missing', undefined],
		['null', null],
		['a list', [YES]],
		['a text', 'true'],
		['a number', 1],
		['an empty object', {}],
		['a bare true', true],
	])('a check that is %s does not pass', (_, check) => {
		expect(verdict(task({ authentication: check, liveness: YES }), PLAIN)).toMatchObject({
			decision: 'fail',
			reasons: ['AUTHENTICATION_MISSING'],
		});
		expect(verdict(task({ authentication: YES, liveness: check }), PLAIN)).toMatchObject({
			decision: 'fail',
			reasons: ['LIVENESS_MISSING'],
		});
	});

	test('two bare booleans are not two results', () => {
		expect(verdict(task({ authentication: true, liveness: true }), PLAIN).decision).toBe('fail');
	});

	test.each<[string, unknown]>([
		['null', null],
		['a text', 'SUCCESS'],
		['a number', 200],
		['a list', [{ status: 200, data: BOTH }]],
		['true', true],
		['absent', undefined],
	])('a result that is %s fails, and never throws', (_, result) => {
		expect(verdict({ id: 1, status: 'SUCCESS', result }, PLAIN)).toStrictEqual({
			authenticated: false,
			decision: 'fail',
			reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'],
		});
	});

	test.each<[string, unknown]>([
		['null', null],
		['a text', '{}'],
		['a list', [BOTH]],
		['absent', undefined],
	])('a result.data that is %s fails', (_, data) => {
		expect(verdict(task(data), PLAIN).decision).toBe('fail');
	});
});

describe('an answer that contradicts itself is a review', () => {
	test.each<[string, Record<string, unknown>, string[]]>([
		['result.status 400', task(BOTH, 400), []],
		['result.status "400"', task(BOTH, '400'), []],
		['result.status 500', task(BOTH, 500), []],
		['a result.status that is no number', task(BOTH, 'failed'), []],
		['a result.status that is true', task(BOTH, true), []],
		['a result.status that is an object', task(BOTH, {}), []],
		['a listed code', task({ ...BOTH, issues: { liveness: { EYES_CLOSED: 'Closed' } } }), ['EYES_CLOSED']],
		[
			'a listed code without a text',
			task({ ...BOTH, issues: { liveness: { EYES_CLOSED: '' } } }),
			['EYES_CLOSED'],
		],
		[
			'a listed code with null',
			task({ ...BOTH, issues: { liveness: { EYES_CLOSED: null } } }),
			['EYES_CLOSED'],
		],
		['a listed code with {}', task({ ...BOTH, issues: { liveness: { EYES_CLOSED: {} } } }), ['EYES_CLOSED']],
		['codes in a list', task({ ...BOTH, issues: { liveness: ['EYES_CLOSED'] } }), []],
		['a code as text', task({ ...BOTH, issues: { liveness: 'EYES_CLOSED' } }), []],
		['issues as a list', task({ ...BOTH, issues: ['EYES_CLOSED'] }), []],
		['issues as a text', task({ ...BOTH, issues: 'EYES_CLOSED' }), []],
		['issues that are a code', task({ ...BOTH, issues: { error_code: 'ODD' } }), []],
		['issues of an unknown check', task({ ...BOTH, issues: { other: { ODD: 'Odd' } } }), ['ODD']],
		[
			'a code in a check',
			task({ ...BOTH, liveness: { result: true, error_code: 'EYES_CLOSED', error: 'Closed' } }),
			['EYES_CLOSED'],
		],
		[
			'a code in the data of a check',
			task({ ...BOTH, authentication: { result: true, data: { error_code: 'UNKNOWN', error: 'x' } } }),
			['UNKNOWN'],
		],
		['HTTP status 400', { ...task(BOTH), httpStatus: 400 }, []],
		['a job that is not SUCCESS', { ...task(BOTH), status: 'PARTIAL' }, []],
		['an error that is an object', task({ ...BOTH, liveness: { result: true, error: { text: 'Odd' } } }), []],
		[
			'an error that is an odd object',
			task({ ...BOTH, liveness: { result: true, error: { text: {} } } }),
			[],
		],
		['an error without a code', task({ ...BOTH, liveness: { result: true, error: 'Odd' } }), []],
		['a code that is a number', task({ ...BOTH, liveness: { result: true, error_code: 7 } }), []],
		['a code of a third check', task({ ...BOTH, compare: { error_code: 'ODD' } }), ['ODD']],
		['a code beside the checks', task({ ...BOTH, error_code: 'ODD', error: 'Odd' }), ['ODD']],
	])('%s', (_, answer, codes) => {
		const found = verdict(answer, PLAIN);
		expect(found).toMatchObject({ authenticated: false, decision: 'review' });
		expect(found.reasons).toEqual([...codes, 'CONTRADICTORY']);
	});

	test.each<[string, Record<string, unknown>]>([
		['issues: {}', task({ ...BOTH, issues: {} })],
		['issues: []', task({ ...BOTH, issues: [] })],
		['issues: null', task({ ...BOTH, issues: null })],
		[
			'issues without a code for either check',
			task({ ...BOTH, issues: { liveness: {}, authentication: {} } }),
		],
		['an error that is null', task({ ...BOTH, liveness: { result: true, error: null, error_code: null } })],
		['an error that is empty', task({ ...BOTH, liveness: { result: true, error: '', error_code: '' } })],
		['result.status 201', task(BOTH, 201)],
		['result.status "200"', task(BOTH, '200')],
		['no result.status', { status: 'SUCCESS', result: { data: BOTH } }],
		['result.status null', task(BOTH, null)],
	])('%s is none', (_, answer) => {
		expect(verdict(answer, PLAIN)).toMatchObject({ authenticated: true, decision: 'pass', reasons: [] });
	});

	test('a check that failed stays a fail, without CONTRADICTORY', () => {
		expect(verdict(documented.FACE_TOO_SMALL, PLAIN).reasons).not.toContain('CONTRADICTORY');
	});
});

describe('issues', () => {
	test('come from all three places, each once', () => {
		const answer = task({
			liveness: {
				result: false,
				error_code: 'IN_CHECK',
				error: 'one',
				data: { error_code: 'IN_DATA', error: 'two' },
			},
			authentication: { result: false, error_code: 'LISTED', error: 'again' },
			issues: { authentication: { LISTED: 'three' }, liveness: { IN_CHECK: 'one' } },
		});
		expect(verdict(answer, PLAIN)).toMatchObject({
			reasons: ['LISTED', 'IN_CHECK', 'IN_DATA', 'NOT_MATCHED', 'NOT_LIVE'],
			issues: [
				{ check: 'authentication', code: 'LISTED', message: 'three' },
				{ check: 'liveness', code: 'IN_CHECK', message: 'one' },
				{ check: 'liveness', code: 'IN_DATA', message: 'two' },
			],
		});
	});

	test('one code of two checks is one reason and two issues', () => {
		const answer = task({ issues: { liveness: { UNKNOWN: 'a' }, authentication: { UNKNOWN: 'b' } } });
		const { reasons, issues } = verdict(answer, PLAIN);
		expect(reasons.filter((reason) => reason === 'UNKNOWN')).toHaveLength(1);
		expect(issues).toHaveLength(2);
	});

	test.each<[string, unknown, string]>([
		['a text', 'Too dark', 'Too dark'],
		['a number', 5, ''],
		['null', null, ''],
		['control characters', 'Too\u0000\u202e\ndark', 'Too dark'],
	])('a message that is %s', (_, message, shown) => {
		const { issues } = verdict(task({ issues: { liveness: { DARK: message } } }), PLAIN);
		expect(issues).toEqual([{ check: 'liveness', code: 'DARK', message: shown }]);
	});

	test('an error without a code is kept beside the scores', () => {
		const answer = task({ ...BOTH, liveness: { result: false, data: { error: 'Odd', score: 1 } } });
		expect(verdict(answer, PLAIN).liveness).toEqual({ result: false, error: 'Odd', score: 1 });
	});
});

describe('scores', () => {
	test.each<[unknown, number | undefined]>([
		['20.0', 20],
		[' 7.5 ', 7.5],
		['-1e2', -100],
		[0, 0],
		['0', 0],
		[0.5, 0.5],
		['', undefined],
		[' ', undefined],
		['NaN', undefined],
		['Infinity', undefined],
		['1e999', undefined],
		['0x10', undefined],
		['20,0', undefined],
		['20%', undefined],
		[null, undefined],
		[true, undefined],
		[[20], undefined],
		[{}, undefined],
	])('%p is %p', (sent, number) => {
		const check = { result: true, data: { matchScore: sent, quality: sent } };
		const found = verdict(task({ authentication: check, liveness: check }), PLAIN);
		const kept = (name: string) => (number === undefined ? {} : { [name]: number });
		// A field that is no score of this check is kept as it came.
		expect(found.authentication).toStrictEqual({ result: true, quality: sent, ...kept('matchScore') });
		expect(found.liveness).toStrictEqual({ result: true, matchScore: sent, ...kept('quality') });
	});

	test('unknown fields of a check are kept, after the scores and before the result', () => {
		const answer = task({ ...BOTH, liveness: { result: true, data: { zone: ['a', { b: 1 }], score: '2' } } });
		expect(verdict(answer, PLAIN).liveness).toEqual({ result: true, score: 2, zone: ['a', { b: 1 }] });
	});

	test("a field called result in a check's data does not replace the result", () => {
		const answer = task({ ...BOTH, liveness: { result: false, data: { result: true } } });
		expect(verdict(answer, PLAIN)).toMatchObject({ decision: 'fail', liveness: { result: false } });
	});

	test('a huge text (an echoed image, say) is left out of the output', () => {
		const answer = task({ ...BOTH, liveness: { result: true, data: { echo: 'A'.repeat(5000) } } });
		expect(verdict(answer, PLAIN).liveness).toEqual({ result: true, echo: '(5000 characters left out)' });
	});
});

describe('minimums', () => {
	const MATCH = ['MATCH_BELOW_MINIMUM'];
	const LIVENESS = ['LIVENESS_BELOW_MINIMUM'];
	test.each<[string, JudgeParameters['minimums'], unknown, unknown, string[]]>([
		['none set', {}, 1, 0.01, []],
		['both reached', { minMatchPercent: 90, minLivenessProbability: 0.9 }, '90.0', 0.9, []],
		['match missed by a little', { minMatchPercent: 90 }, '89.999', 0.9, MATCH],
		['liveness missed by a little', { minLivenessProbability: 0.9 }, '100', 0.8999, LIVENESS],
		['both missed', { minMatchPercent: 90, minLivenessProbability: 0.9 }, '1', 0.1, [...MATCH, ...LIVENESS]],
		['match score missing', { minMatchPercent: 90 }, undefined, 0.9, MATCH],
		['match score no number', { minMatchPercent: 90 }, 'high', 0.9, MATCH],
		['match score not finite', { minMatchPercent: 90 }, 'Infinity', 0.9, MATCH],
		['probability missing', { minLivenessProbability: 0.9 }, '100', undefined, LIVENESS],
		['probability a boolean', { minLivenessProbability: 0.9 }, '100', true, LIVENESS],
		['zero, reached by zero', { minMatchPercent: 0, minLivenessProbability: 0 }, 0, '0.0', []],
		['zero, missed by less', { minMatchPercent: 0 }, -0.1, 1, MATCH],
		['zero, score missing', { minMatchPercent: 0, minLivenessProbability: 0 }, undefined, 0.5, MATCH],
		['a minimum as text, reached', { minMatchPercent: '90' }, '95', 0.9, []],
		['a minimum as text, missed', { minMatchPercent: '90' }, '85', 0.9, MATCH],
		['a minimum that is no number', { minMatchPercent: 'ninety' }, '100', 0.9, MATCH],
		['a minimum that is NaN', { minLivenessProbability: NaN }, '100', 1, LIVENESS],
		['a minimum that is null', { minMatchPercent: null }, '100', 1, MATCH],
		['a minimum that is empty', { minLivenessProbability: '' }, '100', 1, LIVENESS],
	])('%s', (_, minimums, percent, probability, reasons) => {
		const found = verdict(scored(percent, probability), { ...PLAIN, minimums });
		expect(found.reasons).toEqual(reasons);
		expect(found.decision).toBe(reasons.length === 0 ? 'pass' : 'review');
		expect(found.authenticated).toBe(reasons.length === 0);
	});

	test('say nothing about a check that failed', () => {
		const settings = { ...PLAIN, minimums: { minMatchPercent: 90, minLivenessProbability: 0.9 } };
		expect(verdict(documented.SPOOF, settings).reasons).toEqual(['AUTHENTICATION_MISSING', 'NOT_LIVE']);
	});

	test('hold with hidden scores too', () => {
		const settings = { ...PLAIN, hideScores: true, minimums: { minMatchPercent: 90 } };
		expect(verdict(scored('50', 0.9), settings)).toMatchObject({ decision: 'review', reasons: MATCH });
	});
});

describe('Hide Scores', () => {
	const SCORES = ['87654.321', '76.5439', '2.71828', '0.61803', '0.57721'];
	const [matchScore, scorePercent, score, quality, probability] = SCORES;
	const answer = task({
		authentication: { result: true, data: { matchScore, scorePercent, distance: 0.123456 } },
		liveness: {
			result: false,
			data: {
				score: Number(score),
				quality: Number(quality),
				probability: Number(probability),
				error: `Probability ${probability} is below 0.95`,
				error_code: 'PROBABILITY_TOO_SMALL',
				raw: { engine: { probability } },
			},
		},
		issues: { liveness: { LOW_SCORE: `Score ${score}, quality ${quality}, 57,721 of 100000` } },
	});

	test('leaves no digit of any score anywhere', () => {
		const settings = { ...PLAIN, hideScores: true, includeProviderData: true, minimums: {} };
		const output = JSON.stringify(verdict(answer, settings));
		expect(output).not.toMatch(/\d/);
		expect(output).toContain('PROBABILITY_TOO_SMALL');
	});

	test('keeps the verdict, the reasons and the words', () => {
		expect(verdict(answer, { ...PLAIN, hideScores: true })).toStrictEqual({
			authenticated: false,
			decision: 'fail',
			reasons: ['LOW_SCORE', 'PROBABILITY_TOO_SMALL', 'NOT_LIVE'],
			issues: [
				{ check: 'liveness', code: 'LOW_SCORE', message: 'Score …, quality …, … of …' },
				{ check: 'liveness', code: 'PROBABILITY_TOO_SMALL', message: 'Probability … is below …' },
			],
			authentication: { result: true },
			liveness: { result: false },
		});
	});

	test('the same answer shows every score without it', () => {
		const output = JSON.stringify(verdict(answer, PLAIN));
		for (const each of SCORES) expect(output).toContain(each);
	});
});

describe('Include Provider Data', () => {
	const extended = task({ ...BOTH, provider: { raw: { probability: 0.5 }, image: 'A'.repeat(2000) } });

	test('puts the result as Progeny sent it under providerData, huge texts left out', () => {
		expect(verdict(extended, { ...PLAIN, includeProviderData: true }).providerData).toEqual({
			status: 200,
			data: { ...BOTH, provider: { raw: { probability: 0.5 }, image: '(2000 characters left out)' } },
		});
	});
	test('is absent otherwise', () => {
		expect(verdict(extended, PLAIN)).not.toHaveProperty('providerData');
	});
	test('changes nothing in the decision', () => {
		expect(verdict(extended, { ...PLAIN, includeProviderData: true })).toMatchObject(
			verdict(extended, PLAIN),
		);
	});
	test('is null where Progeny sent nothing', () => {
		expect(verdict({ status: 'SUCCESS' }, { ...PLAIN, includeProviderData: true }).providerData).toBeNull();
	});
});

describe('keys that mean something to JavaScript', () => {
	const hostile = JSON.parse(`{
		"id": 1, "status": "SUCCESS", "__proto__": { "polluted": true },
		"result": { "status": 200, "__proto__": { "data": { "polluted": true } }, "constructor": { "prototype": { "polluted": true } },
			"data": {
				"__proto__": { "authentication": { "result": true }, "polluted": true },
				"constructor": { "result": true },
				"authentication": { "result": true, "__proto__": { "polluted": true },
					"data": { "__proto__": { "polluted": true }, "constructor": { "prototype": { "polluted": true } }, "scorePercent": "50" } },
				"liveness": { "__proto__": { "result": true }, "data": { "toString": "x" } },
				"issues": { "__proto__": { "CODE": "x" }, "constructor": { "__proto__": "y" } }
			} } }`) as Record<string, unknown>;

	test('pollute neither the output nor Object.prototype', () => {
		const found = verdict(hostile, { ...PLAIN, includeProviderData: true });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(Object.keys(Object.prototype)).toEqual([]);
		for (const object of [found, found.authentication!, found.liveness!, found.providerData as object]) {
			expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
			expect(Object.hasOwn(object, '__proto__')).toBe(false);
			expect((object as { polluted?: unknown }).polluted).toBeUndefined();
		}
	});

	test('a result that only an inherited key would give does not count', () => {
		expect(verdict(hostile, PLAIN)).toMatchObject({ decision: 'fail', liveness: { result: false } });
	});

	test('a check that is only inherited does not count', () => {
		const data = Object.create({ authentication: YES }) as Record<string, unknown>;
		data.liveness = YES;
		expect(verdict(task(data), PLAIN).reasons).toEqual(['AUTHENTICATION_MISSING']);
	});
});

test.each([1000, 100_000])('an answer nested %p levels deep neither throws nor comes out', (levels) => {
	const deep: unknown = JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
	const authentication = { result: true, error: deep };
	const liveness = { result: true, data: { deep } };
	for (const answer of [task({ authentication, liveness }), task({ ...BOTH, issues: deep })]) {
		const found = verdict(answer, { ...PLAIN, includeProviderData: true });
		expect(found.decision).toBe('review');
		expect(JSON.stringify(found).length).toBeLessThan(5000);
	}
});

test('an answer that lists 50,000 codes is judged within a second', () => {
	const codes = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`CODE_${i}`, 'x']));
	const start = performance.now();
	expect(verdict(task({ ...BOTH, issues: { liveness: codes } }), PLAIN).decision).toBe('review');
	expect(performance.now() - start).toBeLessThan(1000);
});

test('a huge number as text is judged at once', () => {
	const start = performance.now();
	expect(verdict(task(BOTH, `${'1'.repeat(20_000)}x`), PLAIN).decision).toBe('review');
	expect(performance.now() - start).toBeLessThan(100);
});

test('the input is not changed', () => {
	const copy = structuredClone(documented.UNREADABLE_PICTURE);
	verdict(copy, { hideScores: true, includeProviderData: true, minimums: { minMatchPercent: 5 } });
	expect(copy).toStrictEqual(documented.UNREADABLE_PICTURE);
});

test('a task that did not end in time is a review without checks', () => {
	expect(timedOutVerdict()).toStrictEqual({
		authenticated: false,
		decision: 'review',
		reasons: ['TIMED_OUT'],
	});
});

/*
 * The oracle below is written from Progeny's documentation and the design, not from the code: it reads the answer with its
 * own few lines.
 */
describe('any mutation of the documented answers', () => {
	type Node = Record<string, unknown>;
	const own = (value: unknown, key: string): unknown =>
		typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
			? (value as Node)[key]
			: undefined;
	const isNothing = (value: unknown): boolean =>
		value === undefined ||
		value === null ||
		value === '' ||
		value === false ||
		(typeof value === 'object' && Object.keys(value).length === 0);
	const numeric = (value: unknown): number =>
		typeof value === 'number'
			? value
			: typeof value === 'string' && value.trim() !== ''
				? Number(value)
				: NaN;

	/** Issues are listed where any check under `issues` has anything, or either check carries an error or a code. */
	function hasNoIssue(data: unknown): boolean {
		const issues = own(data, 'issues');
		const isListFree =
			isNothing(issues) ||
			(typeof issues === 'object' &&
				!Array.isArray(issues) &&
				Object.values(issues as Node).every(isNothing));
		const places = ['authentication', 'liveness'].flatMap((name) => [
			own(data, name),
			own(own(data, name), 'data'),
		]);
		return (
			isListFree &&
			places.every((place) => isNothing(own(place, 'error')) && isNothing(own(place, 'error_code')))
		);
	}

	const resultOf = (answer: Node) => own(answer, 'result');
	const dataOf = (answer: Node) => own(resultOf(answer), 'data');
	const hasBothTrue = (answer: Node): boolean =>
		own(own(dataOf(answer), 'authentication'), 'result') === true &&
		own(own(dataOf(answer), 'liveness'), 'result') === true;

	function mayPass(answer: Node, { minimums }: JudgeParameters): boolean {
		const status = own(resultOf(answer), 'status');
		const score = (check: string, name: string) =>
			numeric(own(own(own(dataOf(answer), check), 'data'), name));
		const isReached = (minimum: unknown, reached: number) =>
			minimum === undefined || (Number.isFinite(reached) && reached >= numeric(minimum));
		return (
			hasBothTrue(answer) &&
			own(answer, 'status') === 'SUCCESS' &&
			(status === undefined || status === null || numeric(status) < 400) &&
			hasNoIssue(dataOf(answer)) &&
			isReached(minimums.minMatchPercent, score('authentication', 'scorePercent')) &&
			isReached(minimums.minLivenessProbability, score('liveness', 'probability'))
		);
	}

	const settings: fc.Arbitrary<JudgeParameters> = fc.record({
		hideScores: fc.boolean(),
		includeProviderData: fc.boolean(),
		minimums: fc.record(
			{
				minMatchPercent: fc.constantFrom(undefined, undefined, 0, 99, 100.5, '100', 'many', NaN),
				minLivenessProbability: fc.constantFrom(undefined, undefined, 0, 0.93, 0.94, '0.5', '', null),
			},
			{ requiredKeys: [] },
		),
	});

	test('gives a verdict that is safe, stable and fit for JSON', () => {
		const seen = { pass: 0, review: 0, fail: 0 };
		let unsafe = 0;
		fc.assert(
			fc.property(mutatedAnswer, settings, (answer, chosen) => {
				const found = verdict(answer, chosen);
				const text = JSON.stringify(found);
				if (!['pass', 'review', 'fail'].includes(found.decision)) throw new Error(`decision ${text}`);
				seen[found.decision]++;
				if (found.authenticated !== (found.decision === 'pass')) throw new Error(`authenticated ${text}`);
				if (found.authenticated && !mayPass(answer, chosen)) {
					unsafe++;
					throw new Error(`wrong pass ${text}`);
				}
				if (hasBothTrue(answer) === (found.decision === 'fail')) throw new Error(`fail or not ${text}`);
				if ((found.reasons.length === 0) !== found.authenticated) throw new Error(`reasons ${text}`);
				if (JSON.stringify(JSON.parse(text)) !== text) throw new Error(`not stable as JSON ${text}`);
				if (JSON.stringify(verdict(structuredClone(answer), chosen)) !== text)
					throw new Error(`another verdict for the same answer ${text}`);
				if ('error' in found) throw new Error('a top-level error key');
			}),
			{ seed: SEED, numRuns: 12_000 },
		);
		expect(unsafe).toBe(0);
		// The property would prove nothing if hardly any of the cases reached a pass or a review.
		expect(Math.min(seen.pass, seen.review)).toBeGreaterThan(300);
		expect(seen.fail).toBeGreaterThan(3000);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('passes only where the job itself is in the state SUCCESS', () => {
		let finished = 0;
		fc.assert(
			fc.property(mutatedAnswer, (body) => {
				const outcome = pollOutcome({ kind: 'answer', status: 200, body }, 0);
				if (outcome.kind !== 'finished') return;
				finished++;
				if (own(body, 'status') !== 'SUCCESS') throw new Error('finished in another state');
				if (verdict(outcome.task, PLAIN).authenticated && !mayPass(body, PLAIN))
					throw new Error('wrong pass');
			}),
			{ seed: SEED + 1, numRuns: 3000 },
		);
		expect(finished).toBeGreaterThan(1000);
	});

	test('with scores hidden, shows none of the numbers that Progeny sent', () => {
		const numbered = mutatedAnswer.filter((answer) => !/\d/.test(Object.keys(flat(answer)).join('')));
		fc.assert(
			fc.property(numbered, (answer) => {
				const { reasons, issues, ...rest } = verdict(answer, {
					hideScores: true,
					includeProviderData: true,
					minimums: {},
				});
				const texts = JSON.stringify([rest, (issues ?? []).map(({ message }) => message)]);
				if (/\d/.test(texts)) throw new Error(texts);
				return reasons.length >= 0;
			}),
			{ seed: SEED + 2, numRuns: 2000 },
		);
	});

	function flat(value: unknown): Record<string, true> {
		if (typeof value !== 'object' || value === null) return {};
		return Object.fromEntries([
			...Object.keys(value).map((key) => [key, true] as const),
			...Object.values(value).flatMap((each) => Object.entries(flat(each))),
		]);
	}
});
