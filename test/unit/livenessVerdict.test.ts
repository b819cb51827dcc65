import fc from 'fast-check';
import {
	livenessVerdict,
	timedOutLiveness,
	type LivenessVerdict,
} from '../../nodes/FaceLiveness/livenessVerdict';
import type { JudgeParameters } from '../../nodes/shared/service';
import * as documented from './documented';
import { mutationsOf, SEED } from './mutations';
import { at, isClean, numeric } from './oracle';

const PLAIN: JudgeParameters = { hideScores: false, includeProviderData: false, minimums: {} };
const LIVE_SCORES = { score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const FAIL = { live: false, decision: 'fail' } as const;

/** A finished task with this liveness check, and more, under `result.data`. */
const task = (liveness: unknown, more: Record<string, unknown> = {}, status: unknown = 200) => ({
	id: 1,
	status: 'SUCCESS',
	result: { status, data: { liveness, ...more } },
});

describe('documented and expected answers', () => {
	const live: LivenessVerdict = {
		live: true,
		decision: 'pass',
		reasons: [],
		liveness: { result: true, ...LIVE_SCORES },
	};
	const missing: LivenessVerdict = { ...FAIL, reasons: ['LIVENESS_MISSING'] };
	const expected: Record<string, LivenessVerdict> = {
		LIVE: live,
		FACE_TOO_SMALL: {
			...FAIL,
			reasons: ['FACE_TOO_SMALL', 'NOT_LIVE'],
			issues: [{ check: 'liveness', code: 'FACE_TOO_SMALL', message: 'Absolute face size is too small' }],
			liveness: { result: false },
		},
		FACE_NOT_FOUND: {
			...FAIL,
			reasons: ['FACE_NOT_FOUND', 'NOT_LIVE'],
			issues: [{ check: 'liveness', code: 'FACE_NOT_FOUND', message: 'Failed to detect face' }],
			liveness: { result: false },
		},
		SPOOF: {
			...FAIL,
			reasons: ['NOT_LIVE'],
			liveness: { result: false, score: -3.5, quality: 0.75, probability: 0.0293 },
		},
		UNREADABLE_PICTURE: {
			live: false,
			decision: 'review',
			reasons: ['FAILED_TO_READ_IMAGE', 'CONTRADICTORY'],
			issues: [{ check: 'authentication', code: 'FAILED_TO_READ_IMAGE', message: 'Failed to read image' }],
			liveness: { result: true, score: 2.5, quality: 0.75, probability: 0.92 },
		},
		AUTHENTICATED: live,
		ANOTHER_PERSON: live,
		REGISTERED: missing,
		PASSPORT: missing,
		BACKGROUND_CHECK: missing,
		EMPTY_ENVELOPE: missing,
		CRASHED: missing,
		PENDING: missing,
	};
	test.each(Object.entries(documented.ANSWERS))('%s', (name, answer) => {
		expect(livenessVerdict(answer, PLAIN)).toStrictEqual(expected[name]);
	});
});

test.each<[string, unknown, string]>([
	['false', { result: false }, 'NOT_LIVE'],
	['the text "true"', { result: 'true' }, 'LIVENESS_MISSING'],
	['1', { result: 1 }, 'LIVENESS_MISSING'],
	['null', { result: null }, 'LIVENESS_MISSING'],
	['a list with true', { result: [true] }, 'LIVENESS_MISSING'],
	['in the data of the check', { data: { result: true } }, 'LIVENESS_MISSING'],
	['a bare true', true, 'LIVENESS_MISSING'],
	['in a list', [{ result: true }], 'LIVENESS_MISSING'],
	['of an inherited key', JSON.parse('{ "__proto__": { "result": true } }'), 'LIVENESS_MISSING'],
])('a result that is %s is a fail', (_, liveness, reason) => {
	expect(livenessVerdict(task(liveness), PLAIN)).toMatchObject({ ...FAIL, reasons: [reason] });
});

test.each<[string, Record<string, unknown>, string[]]>([
	['result.status 400', task({ result: true }, {}, 400), []],
	['a job that is not SUCCESS', { ...task({ result: true }), status: 'PARTIAL' }, []],
	['HTTP status 400', { ...task({ result: true }), httpStatus: 400 }, []],
	['a listed code', task({ result: true }, { issues: { liveness: { EYES_CLOSED: 'x' } } }), ['EYES_CLOSED']],
	['an error without a code', task({ result: true, error: 'Odd' }), []],
	['a code of another check', task({ result: true }, { compare: { error_code: 'ODD' } }), ['ODD']],
])('true beside %s is a review', (_, answer, codes) => {
	expect(livenessVerdict(answer, PLAIN)).toMatchObject({
		live: false,
		decision: 'review',
		reasons: [...codes, 'CONTRADICTORY'],
	});
});

describe('Minimum Liveness Probability', () => {
	test.each<[string, unknown, unknown, boolean]>([
		['reached', 0.93, 0.930498, true],
		['reached exactly, score as text', 0.9, '0.9', true],
		['missed by a little', 0.931, 0.930498, false],
		['missing the score', 0.5, undefined, false],
		['given by an expression as text', '0.95', 0.93, false],
		['given by an expression that gave nothing', null, 1, false],
		['no number', 'high', 1, false],
		['zero, score missing', 0, undefined, false],
		['unset', undefined, 0.01, true],
	])('%s', (_, minimum, probability, isReached) => {
		const minimums = minimum === undefined ? {} : { minLivenessProbability: minimum };
		const found = livenessVerdict(task({ result: true, data: { probability } }), { ...PLAIN, minimums });
		expect(found).toMatchObject(
			isReached
				? { live: true, decision: 'pass', reasons: [] }
				: { live: false, decision: 'review', reasons: ['LIVENESS_BELOW_MINIMUM'] },
		);
	});

	test('says nothing of a face that is not live, and that of another check is none', () => {
		const minimums = { minLivenessProbability: 0.99, minMatchPercent: 99 };
		expect(livenessVerdict(documented.SPOOF, { ...PLAIN, minimums }).reasons).toEqual(['NOT_LIVE']);
		expect(livenessVerdict(documented.LIVE, { ...PLAIN, minimums: { minMatchPercent: 99 } }).live).toBe(true);
	});
});

describe('settings', () => {
	const refused = task(
		{ result: false, data: { probability: 0.0293, error: 'Score -3.5', error_code: 'LOW' } },
		{ extend_data: { raw: 0.0293 } },
	);

	test('Hide Scores leaves every score out, the minimum still counts', () => {
		const hiding = { ...PLAIN, hideScores: true, includeProviderData: true };
		expect(livenessVerdict(refused, hiding)).toStrictEqual({
			...FAIL,
			reasons: ['LOW', 'NOT_LIVE'],
			issues: [{ check: 'liveness', code: 'LOW', message: 'Score -…' }],
			liveness: { result: false },
		});
		const minimums = { minLivenessProbability: 0.95 };
		expect(livenessVerdict(documented.LIVE, { ...hiding, minimums })).toStrictEqual({
			live: false,
			decision: 'review',
			reasons: ['LIVENESS_BELOW_MINIMUM'],
			liveness: { result: true },
		});
	});

	test('Include Provider Data gives the result as Progeny sent it, and changes nothing else', () => {
		expect(livenessVerdict(refused, { ...PLAIN, includeProviderData: true })).toStrictEqual({
			...livenessVerdict(refused, PLAIN),
			providerData: refused.result,
		});
		expect(livenessVerdict(refused, PLAIN)).not.toHaveProperty('providerData');
	});
});

test('a task that did not end in time is a review without a check', () => {
	expect(timedOutLiveness()).toStrictEqual({ live: false, decision: 'review', reasons: ['TIMED_OUT'] });
});

describe('any mutation of the documented answers', () => {
	const checkOf = (answer: unknown) => at(answer, 'result', 'data', 'liveness');
	const isTrue = (answer: unknown) => at(checkOf(answer), 'result') === true;
	const mayPass = (answer: unknown, { minimums: { minLivenessProbability: least } }: JudgeParameters) =>
		isTrue(answer) &&
		isClean(answer) &&
		(least === undefined || numeric(at(checkOf(answer), 'data', 'probability')) >= numeric(least));

	const settings: fc.Arbitrary<JudgeParameters> = fc.record({
		hideScores: fc.boolean(),
		includeProviderData: fc.boolean(),
		minimums: fc.record(
			{ minLivenessProbability: fc.constantFrom(undefined, undefined, 0, 0.93, 0.94, '0.5', '', null) },
			{ requiredKeys: [] },
		),
	});

	test('is live exactly where it may be, never fails without cause, and is fit for JSON', () => {
		const seen = { pass: 0, review: 0, fail: 0 };
		fc.assert(
			fc.property(mutationsOf(documented.LIVE), settings, (answer, chosen) => {
				const before = JSON.stringify(answer);
				const found = livenessVerdict(answer, chosen);
				const text = JSON.stringify(found);
				if (found.live !== mayPass(answer, chosen)) throw new Error(`live: ${text}`);
				if (found.live !== (found.decision === 'pass')) throw new Error(`decision: ${text}`);
				if (isTrue(answer) === (found.decision === 'fail')) throw new Error(`fail or not: ${text}`);
				if ((found.reasons.length === 0) !== found.live) throw new Error(`reasons: ${text}`);
				if ('error' in found) throw new Error('a top-level error key');
				if (JSON.stringify(JSON.parse(text)) !== text) throw new Error(`not stable as JSON: ${text}`);
				if (JSON.stringify(answer) !== before) throw new Error('the answer was changed');
				if (JSON.stringify(livenessVerdict(structuredClone(answer), chosen)) !== text)
					throw new Error(`another verdict for the same answer: ${text}`);
				seen[found.decision]++;
			}),
			{ seed: SEED, numRuns: 8000 },
		);
		// The property would prove nothing if hardly any of the cases reached one of these.
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(300);
	});
});
