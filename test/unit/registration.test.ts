import fc from 'fast-check';
import { registration, timedOutRegistration, type Registration } from '../../nodes/RegisterFace/registration';
import type { JudgeParameters } from '../../nodes/shared/service';
import * as documented from './documented';
import { mutationsOf, SEED } from './mutations';
import { at, isClean, isUuidShaped } from './oracle';

const PLAIN: JudgeParameters = { hideScores: false, includeProviderData: false, minimums: {} };
const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
const LIVE_SCORES = { score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const NOT_REGISTERED = { registered: false, uuid: null } as const;

/** A finished task with this under `result.data`. */
const task = (data: unknown, status: unknown = 200): Record<string, unknown> => ({
	id: 1,
	status: 'SUCCESS',
	result: { status, data },
});

describe('documented and expected answers', () => {
	const nothing: Registration = { ...NOT_REGISTERED, reasons: ['UUID_MISSING'] };
	const expected: Record<string, Registration> = {
		REGISTERED: { registered: true, uuid: UUID, reasons: [] },
		FACE_TOO_SMALL: {
			...NOT_REGISTERED,
			reasons: ['FACE_TOO_SMALL', 'NOT_LIVE'],
			issues: [{ check: 'liveness', code: 'FACE_TOO_SMALL', message: 'Absolute face size is too small' }],
			liveness: { result: false },
		},
		FACE_NOT_FOUND: {
			...NOT_REGISTERED,
			reasons: ['FACE_NOT_FOUND', 'NOT_LIVE'],
			issues: [{ check: 'liveness', code: 'FACE_NOT_FOUND', message: 'Failed to detect face' }],
			liveness: { result: false },
		},
		SPOOF: {
			...NOT_REGISTERED,
			reasons: ['NOT_LIVE'],
			liveness: { result: false, score: -3.5, quality: 0.75, probability: 0.0293 },
		},
		UNREADABLE_PICTURE: {
			...NOT_REGISTERED,
			reasons: ['FAILED_TO_READ_IMAGE'],
			issues: [{ check: 'authentication', code: 'FAILED_TO_READ_IMAGE', message: 'Failed to read image' }],
			liveness: { result: true, score: 2.5, quality: 0.75, probability: 0.92 },
		},
		LIVE: { ...nothing, liveness: { result: true, ...LIVE_SCORES } },
		AUTHENTICATED: { ...nothing, liveness: { result: true, ...LIVE_SCORES } },
		ANOTHER_PERSON: { ...nothing, liveness: { result: true, ...LIVE_SCORES } },
		PASSPORT: { ...NOT_REGISTERED, reasons: ['LIVENESS_MISSING'] },
		BACKGROUND_CHECK: nothing,
		EMPTY_ENVELOPE: nothing,
		CRASHED: nothing,
		PENDING: nothing,
	};
	test.each(Object.entries(documented.ANSWERS))('%s', (name, answer) => {
		expect(registration(answer, PLAIN)).toStrictEqual(expected[name]);
	});
});

describe('only a UUID at result.data.uuid registers', () => {
	test.each([
		['version 1', UUID],
		['version 4', '98008e56-cd6f-410c-9d8d-f9e620661395'],
		['upper case', UUID.toUpperCase()],
		['of no version', '00000000-0000-0000-0000-000000000000'],
	])('%s: given out as it came', (_, uuid) => {
		expect(registration(task({ uuid }), PLAIN)).toStrictEqual({ registered: true, uuid, reasons: [] });
	});

	test.each<[string, unknown]>([
		['absent', undefined],
		['null', null],
		['empty', ''],
		['a blank', ' '],
		['a number', 42],
		['true', true],
		['an object', { uuid: UUID }],
		['a list', [UUID]],
		['a name', 'Jane Doe'],
		['a digit short', UUID.slice(0, -1)],
		['a digit long', `${UUID}0`],
		['without hyphens', UUID.replaceAll('-', '')],
		['in braces', `{${UUID}}`],
		['with a blank around it', ` ${UUID}`],
		['with a line after it', `${UUID}\nx`],
		['with a line break after it', `${UUID}\n`],
		['not hexadecimal', UUID.replace('d3da', 'z3da')],
	])('not one that is %s', (_, uuid) => {
		expect(registration(task({ uuid }), PLAIN)).toStrictEqual({
			...NOT_REGISTERED,
			reasons: ['UUID_MISSING'],
		});
	});

	test.each<[string, Record<string, unknown>]>([
		['beside data', { id: 1, status: 'SUCCESS', result: { status: 200, uuid: UUID } }],
		['beside result', { id: 1, status: 'SUCCESS', uuid: UUID, result: { status: 200, data: {} } }],
		['in a check', task({ register: { result: true, data: { uuid: UUID } } })],
		['as the task', { id: UUID, status: 'SUCCESS', result: UUID }],
		['in a list', task([{ uuid: UUID }])],
		['inherited alone', task(JSON.parse(`{ "__proto__": { "uuid": "${UUID}" } }`))],
	])('not one that stands %s', (_, answer) => {
		expect(registration(answer, PLAIN)).toMatchObject({ ...NOT_REGISTERED, reasons: ['UUID_MISSING'] });
	});
});

describe('a UUID with anything against it is not given out', () => {
	const withUuid = (more: Record<string, unknown>, status?: unknown) => task({ uuid: UUID, ...more }, status);
	test.each<[string, Record<string, unknown>, string[]]>([
		['result.status 400', withUuid({}, 400), []],
		['result.status "500"', withUuid({}, '500'), []],
		['a result.status that is no number', withUuid({}, 'failed'), []],
		['HTTP status 400', { ...withUuid({}), httpStatus: 400 }, []],
		['a job that is not SUCCESS', { ...withUuid({}), status: 'PARTIAL' }, []],
		['a listed code', withUuid({ issues: { liveness: { EYES_CLOSED: 'Closed' } } }), ['EYES_CLOSED']],
		['a code of no check', withUuid({ error_code: 'DUPLICATE', error: 'Known' }), ['DUPLICATE']],
		['issues as a text', withUuid({ issues: 'EYES_CLOSED' }), []],
		['issues as a list', withUuid({ issues: ['EYES_CLOSED'] }), []],
		['an error without a code', withUuid({ error: 'Odd' }), []],
		['a code in an unknown check', withUuid({ compare: { error_code: 'ODD' } }), ['ODD']],
		['liveness false', withUuid({ liveness: { result: false } }), ['NOT_LIVE']],
		[
			'liveness false with a code',
			withUuid({ liveness: { result: false, error: 'Too dark', error_code: 'TOO_DARK' } }),
			['TOO_DARK', 'NOT_LIVE'],
		],
		[
			'liveness true with a code',
			withUuid({ liveness: { result: true, data: { error_code: 'TOO_DARK' } } }),
			['TOO_DARK'],
		],
		['liveness "true"', withUuid({ liveness: { result: 'true' } }), ['LIVENESS_MISSING']],
		['liveness 1', withUuid({ liveness: { result: 1 } }), ['LIVENESS_MISSING']],
		['liveness without a result', withUuid({ liveness: {} }), ['LIVENESS_MISSING']],
		['a bare true as liveness', withUuid({ liveness: true }), ['LIVENESS_MISSING']],
		['a bare false as liveness', withUuid({ liveness: false }), ['LIVENESS_MISSING']],
		['liveness as a text', withUuid({ liveness: '' }), ['LIVENESS_MISSING']],
		['liveness as a list', withUuid({ liveness: [{ result: true }] }), ['LIVENESS_MISSING']],
	])('%s', (_, answer, reasons) => {
		expect(registration(answer, PLAIN)).toMatchObject({
			...NOT_REGISTERED,
			reasons: [...reasons, 'CONTRADICTORY'],
		});
	});

	test.each<[string, Record<string, unknown>]>([
		['no liveness', withUuid({})],
		['liveness null', withUuid({ liveness: null })],
		['liveness true', withUuid({ liveness: { result: true, data: { probability: 0.1 } } })],
		['issues {}', withUuid({ issues: {} })],
		['issues of no code', withUuid({ issues: { liveness: {} } })],
		['result.status "200"', withUuid({}, '200')],
		['no result.status', { status: 'SUCCESS', result: { data: { uuid: UUID } } }],
		['HTTP status 200', { ...withUuid({}), httpStatus: 200 }],
	])('%s speaks not against it', (_, answer) => {
		expect(registration(answer, PLAIN)).toMatchObject({ registered: true, uuid: UUID, reasons: [] });
	});
});

test('a failure without a code says why, where Progeny does', () => {
	expect(registration(task({ liveness: { result: false } }, 400), PLAIN)).toStrictEqual({
		...NOT_REGISTERED,
		reasons: ['NOT_LIVE'],
		liveness: { result: false },
	});
	expect(registration(task({}, 400), PLAIN).reasons).toEqual(['UUID_MISSING']);
});

test('one code in several places is one reason', () => {
	const answer = task({
		liveness: { result: false, error_code: 'TOO_DARK' },
		issues: { liveness: { TOO_DARK: 'Too dark' }, register: { TOO_DARK: 'Too dark' } },
	});
	expect(registration(answer, PLAIN).reasons).toEqual(['TOO_DARK', 'NOT_LIVE']);
});

describe('settings', () => {
	const answer = task({
		uuid: UUID,
		liveness: { result: true, data: { probability: 0.930498, raw: { score: 2.5 } } },
	});
	const refused = task({
		liveness: { result: false, data: { probability: 0.0293 } },
		issues: { liveness: { SPOOF: 'Probability 0.0293 is too small' } },
	});

	test('Hide Scores leaves every score out, and keeps the UUID', () => {
		const hiding = { ...PLAIN, hideScores: true, includeProviderData: true };
		expect(registration(answer, hiding)).toStrictEqual({
			registered: true,
			uuid: UUID,
			reasons: [],
			liveness: { result: true },
		});
		expect(registration(refused, hiding)).toStrictEqual({
			...NOT_REGISTERED,
			reasons: ['SPOOF', 'NOT_LIVE'],
			issues: [{ check: 'liveness', code: 'SPOOF', message: 'Probability … is too small' }],
			liveness: { result: false },
		});
	});

	test('Include Provider Data gives the result as Progeny sent it, and changes nothing else', () => {
		const found = registration(answer, { ...PLAIN, includeProviderData: true });
		expect(found).toStrictEqual({ ...registration(answer, PLAIN), providerData: answer.result });
		expect(registration(answer, PLAIN)).not.toHaveProperty('providerData');
	});

	test('a minimum of another service changes nothing', () => {
		const minimums = { minLivenessProbability: 0.99, minMatchPercent: null };
		expect(registration(answer, { ...PLAIN, minimums })).toMatchObject({ registered: true, uuid: UUID });
	});
});

test('a task that did not end in time is not registered', () => {
	expect(timedOutRegistration()).toStrictEqual({ ...NOT_REGISTERED, reasons: ['TIMED_OUT'] });
});

describe('any mutation of the documented answers', () => {
	const uuidOf = (answer: unknown) => at(answer, 'result', 'data', 'uuid');
	const mayRegister = (answer: unknown): boolean => {
		const liveness = at(answer, 'result', 'data', 'liveness') ?? undefined;
		return (
			isUuidShaped(uuidOf(answer)) &&
			isClean(answer) &&
			(liveness === undefined || at(liveness, 'result') === true)
		);
	};

	const settings: fc.Arbitrary<JudgeParameters> = fc.record({
		hideScores: fc.boolean(),
		includeProviderData: fc.boolean(),
		minimums: fc.constant({}),
	});

	test('registers exactly where it may, with the UUID that Progeny gave, and is fit for JSON', () => {
		const seen = { registered: 0, refused: 0, withheld: 0 };
		fc.assert(
			fc.property(mutationsOf(documented.REGISTERED), settings, (answer, chosen) => {
				const before = JSON.stringify(answer);
				const found = registration(answer, chosen);
				const text = JSON.stringify(found);
				const given = uuidOf(answer);
				const may = mayRegister(answer);
				if (found.registered !== may) throw new Error(`registered: ${text}`);
				if (found.uuid !== (may ? given : null)) throw new Error(`uuid: ${text}`);
				if ((found.reasons.length === 0) !== may) throw new Error(`reasons: ${text}`);
				if (!may && isUuidShaped(given) !== found.reasons.includes('CONTRADICTORY'))
					throw new Error(`contradictory or not: ${text}`);
				if ('error' in found) throw new Error('a top-level error key');
				if (JSON.stringify(JSON.parse(text)) !== text) throw new Error(`not stable as JSON: ${text}`);
				if (JSON.stringify(answer) !== before) throw new Error('the answer was changed');
				if (JSON.stringify(registration(structuredClone(answer), chosen)) !== text)
					throw new Error(`another result for the same answer: ${text}`);
				seen[may ? 'registered' : isUuidShaped(given) ? 'withheld' : 'refused']++;
			}),
			{ seed: SEED, numRuns: 8000 },
		);
		// The property would prove nothing if hardly any of the cases reached one of these.
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(300);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('with scores hidden, shows none of the numbers that Progeny sent', () => {
		fc.assert(
			fc.property(mutationsOf(documented.FACE_TOO_SMALL), (answer) => {
				const { reasons, uuid, issues, liveness, ...rest } = registration(answer, {
					...PLAIN,
					hideScores: true,
					includeProviderData: true,
				});
				const texts = JSON.stringify([rest, liveness, (issues ?? []).map(({ message }) => message)]);
				if (/\d/.test(texts)) throw new Error(texts);
				return uuid === null || reasons.length === 0;
			}),
			{ seed: SEED + 1, numRuns: 1500 },
		);
	});
});
