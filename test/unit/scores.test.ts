import { JUDGES, PLAIN, task } from './judges';
import * as documented from './documented';
import type { JudgeParameters } from '../../nodes/shared/service';
import { each } from '../support/words';

const { authenticateFace, faceLiveness, registerFace } = JUDGES;
const YES = { result: true };

/** Returns a finished task of two passing checks, with these scores. */
const scored = (scorePercent: unknown, probability: unknown) =>
	task({ authentication: { ...YES, data: { scorePercent } }, liveness: { ...YES, data: { probability } } });

test.each<[unknown, number | undefined]>([
	['20.0', 20],
	[' 7.5 ', 7.5],
	[9900, 9900],
	...each(['', 'NaN', '1e999', '0x10', '20,0', '20%', null, true, [20], {}], undefined),
])('a score %p is shown as %p', (sent, number) => {
	const check = { result: true, data: { matchScore: sent, quality: sent } };
	const kept = (name: string) => (number === undefined ? {} : { [name]: number });
	// A field that is not a score of this check is kept as it came.
	expect(authenticateFace.judge(task({ authentication: check, liveness: check }))).toMatchObject({
		authentication: { result: true, quality: sent, ...kept('matchScore') },
		liveness: { result: true, matchScore: sent, ...kept('quality') },
	});
});

test("unknown fields of a check's data are kept, and none replaces its result", () => {
	const liveness = { result: false, data: { zone: ['a', { b: 1 }], score: '2', result: true } };
	expect(faceLiveness.judge(task({ liveness }))).toMatchObject({
		decision: 'fail',
		liveness: { result: false, score: 2, zone: ['a', { b: 1 }] },
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
		['match score above its scale', { minMatchPercent: 90 }, 9900, 0.9, MATCH],
		['match score a little above its scale', { minMatchPercent: 90 }, '100.01', 0.9, MATCH],
		['match score below its scale', { minMatchPercent: 0 }, -0.1, 1, MATCH],
		['probability missing', { minLivenessProbability: 0.9 }, '100', undefined, LIVENESS],
		['probability in percent', { minLivenessProbability: 0.9 }, '99', 3.2, LIVENESS],
		['the ends of the scales', { minMatchPercent: 100, minLivenessProbability: 1 }, 100, '1.0', []],
		['zero, reached by zero', { minMatchPercent: 0, minLivenessProbability: 0 }, 0, '0.0', []],
		['zero, score missing', { minMatchPercent: 0, minLivenessProbability: 0 }, undefined, 0.5, MATCH],
		['a minimum as text, reached', { minMatchPercent: '90' }, '95', 0.9, []],
		['a minimum that is not a number', { minMatchPercent: 'ninety' }, '100', 0.9, MATCH],
		['a minimum that is null', { minMatchPercent: null }, '100', 1, MATCH],
		['a minimum that is undefined', { minMatchPercent: undefined }, '100', 1, MATCH],
		['a fraction for a percentage', { minMatchPercent: 0.9 }, '100', 1, MATCH],
		['a fraction as text', { minMatchPercent: '1.0' }, 100, 1, MATCH],
		['more than a fraction', { minMatchPercent: 1.01 }, '1.01', 1, []],
		['a minimum above the scale', { minMatchPercent: 101 }, 101, 1, MATCH],
		['a minimum below the scale', { minLivenessProbability: -1 }, '100', 1, LIVENESS],
	])('%s', (_, minimums, percent, probability, reasons) => {
		const found = authenticateFace.judge(scored(percent, probability), { ...PLAIN, minimums });
		expect(found.reasons).toEqual(reasons);
		expect(found.decision).toBe(reasons.length === 0 ? 'pass' : 'review');
	});

	test('are measured by the score that Progeny sent, which is shown whatever else is omitted', () => {
		const many = Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`f${i}`, i]));
		const data = { ...many, probability: 0.5 };
		const minimums = { minLivenessProbability: 0.4 };
		const found = faceLiveness.judge(task({ liveness: { result: true, data } }), { ...PLAIN, minimums });
		expect(found).toMatchObject({ decision: 'pass' });
		expect(found).toHaveProperty('liveness.probability', 0.5);
	});

	test('come after CONTRADICTORY and before other review reasons', () => {
		const answer = { ...scored(1, 0.1), error: 'Odd' };
		const reviewReasons = ['NO_RECEIPT', 'TOO_OLD'];
		const parameters = { ...PLAIN, minimums: { minMatchPercent: 2 }, reviewReasons };
		const reasons = ['CONTRADICTORY', ...MATCH, ...reviewReasons];
		expect(authenticateFace.judge(answer, parameters).reasons).toEqual(reasons);
	});

	test('say nothing about a check that failed, and those of another check nothing at all', () => {
		const minimums = { minMatchPercent: 90, minLivenessProbability: 0.99 };
		expect(faceLiveness.judge(documented.SPOOF, { ...PLAIN, minimums }).reasons).toEqual(['NOT_LIVE']);
		const ofAnother = { ...PLAIN, minimums: { minMatchPercent: 99 } };
		expect(faceLiveness.judge(documented.LIVE, ofAnother).decision).toBe('pass');
		expect(registerFace.judge(documented.REGISTERED, { ...PLAIN, minimums }).decision).toBe('pass');
	});
});

test('inherited scores of a check do not count', () => {
	const liveness = { ...YES, data: JSON.parse('{ "__proto__": { "probability": 1 } }') as unknown };
	const parameters = { ...PLAIN, minimums: { minLivenessProbability: 0.5 } };
	expect(faceLiveness.judge(task({ liveness }), parameters).reasons).toEqual(['LIVENESS_BELOW_MINIMUM']);
});
