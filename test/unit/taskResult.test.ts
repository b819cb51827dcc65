import { readCheck, readTaskResult, withNumbers } from '../../nodes/shared/result/taskResult';
import { AUTHENTICATED, FACE_NOT_FOUND, FACE_TOO_SMALL } from './documented';

describe('readTaskResult', () => {
	test('reads the documented success', () => {
		const { data, issues, hasFailureStatus, hasIssues } = readTaskResult(AUTHENTICATED);
		expect(Object.keys(data)).toEqual(['authentication', 'liveness']);
		expect({ issues, hasFailureStatus, hasIssues }).toEqual({
			issues: [],
			hasFailureStatus: false,
			hasIssues: false,
		});
	});

	test.each([
		['A', FACE_TOO_SMALL, 'FACE_TOO_SMALL', 'Absolute face size is too small', true],
		['B', FACE_NOT_FOUND, 'FACE_NOT_FOUND', 'Failed to detect face', false],
	])(
		'finds the code of shape %s once, though it stands in two places',
		(_, answer, code, message, isStatus) => {
			expect(readTaskResult(answer)).toMatchObject({
				issues: [{ check: 'liveness', code, message }],
				hasIssues: true,
				hasFailureStatus: isStatus,
			});
		},
	);

	test.each([
		[undefined, false],
		[null, false],
		[200, false],
		[399, false],
		['200', false],
		[400, true],
		['400', true],
		[500, true],
		['', true],
		['OK', true],
		[true, true],
		[[], true],
		[{}, true],
	])('result.status %p speaks of a failure: %p', (status, isFailure) => {
		expect(readTaskResult({ status: 'SUCCESS', result: { status } }).hasFailureStatus).toBe(isFailure);
	});

	test.each(['FAILURE', 'success', '', undefined, null, 1])(
		'a job in the state %p is a failure',
		(status) => {
			expect(readTaskResult({ status, result: { status: 200 } }).hasFailureStatus).toBe(true);
		},
	);

	test('names a code without a check "task"', () => {
		const result = { status: 400, error_code: 'Bad params', error: 'the UUID is not known' };
		expect(readTaskResult({ status: 'SUCCESS', result }).issues).toEqual([
			{ check: 'task', code: 'Bad params', message: 'the UUID is not known' },
		]);
	});

	test('makes codes and check names fit to be shown', () => {
		const issues = { 'live\u0000ness': { [`LONG${'G'.repeat(1000)}`]: 'x', 'A\u202eB': 'y' } };
		for (const { check, code } of readTaskResult({ result: { data: { issues } } }).issues) {
			expect(check).toBe('live ness');
			expect(code).toMatch(/^(LONGG+…|A B)$/);
			expect(code.length).toBeLessThanOrEqual(300);
		}
	});
});

describe('readCheck', () => {
	test.each<[string, unknown, ReturnType<typeof readCheck>]>([
		['an object with a boolean', { result: false, data: { a: 1 } }, { result: false, data: { a: 1 } }],
		['a result that is a text', { result: 'true' }, { result: undefined, data: {} }],
		['no result', { data: { a: 1 } }, { result: undefined, data: { a: 1 } }],
		['data that is a list', { result: true, data: [1] }, { result: true, data: {} }],
		['data that is null', { result: true, data: null }, { result: true, data: {} }],
		[
			'an error with its code',
			{ result: false, data: { error: 'x', error_code: 'Y' } },
			{ result: false, data: {} },
		],
		['an error without', { result: false, data: { error: 'x' } }, { result: false, data: { error: 'x' } }],
		['a bare boolean', true, undefined],
		['null', null, undefined],
		['a list', [], undefined],
		['a text', 'true', undefined],
	])('%s', (_, value, expected) => {
		expect(readCheck({ liveness: value }, 'liveness')).toEqual(expected);
	});

	test.each(['constructor', 'toString', '__proto__', 'liveness'])('an inherited %s is no check', (name) => {
		expect(readCheck({}, name)).toBeUndefined();
	});
});

describe('withNumbers', () => {
	test('turns the named fields into numbers, drops those that are none, keeps the others', () => {
		const data = { other: '5', score: '2.5', quality: 'high', zone: null };
		expect(withNumbers(data, ['score', 'quality', 'probability'])).toStrictEqual({
			score: 2.5,
			other: '5',
			zone: null,
		});
	});
	test('sees only the own fields', () => {
		expect(withNumbers({}, ['constructor', '__proto__'])).toEqual({});
	});
});
