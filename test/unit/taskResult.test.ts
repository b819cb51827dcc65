import { readCheck, readTaskResult, shownData, withNumbers } from '../../nodes/shared/result/taskResult';
import { AUTHENTICATED, FACE_NOT_FOUND, FACE_TOO_SMALL } from './documented';

const ASKED = { taskId: 'd48eac86-228e-4933-a01d-279886a9c6b5' };

describe('readTaskResult', () => {
	test('reads the documented success', () => {
		expect(readTaskResult(AUTHENTICATED, ASKED)).toEqual({
			data: AUTHENTICATED.result.data,
			levels: [AUTHENTICATED.result.data, AUTHENTICATED.result, AUTHENTICATED],
			raw: AUTHENTICATED.result,
			issues: [],
			codes: [],
			isContradicted: false,
		});
	});

	test.each([
		['A', FACE_TOO_SMALL, 'FACE_TOO_SMALL', 'Absolute face size is too small'],
		['B', FACE_NOT_FOUND, 'FACE_NOT_FOUND', 'Failed to detect face'],
	])('finds the code of shape %s once, though it stands in two places', (_, answer, code, message) => {
		expect(readTaskResult(answer, ASKED)).toMatchObject({
			issues: [{ check: 'liveness', code, message }],
			codes: [code],
			isContradicted: true,
		});
	});

	test('names a code without a check "task"', () => {
		const result = { status: 400, error_code: 'Bad params', error: 'the UUID is not known' };
		expect(readTaskResult({ status: 'SUCCESS', result }, ASKED).issues).toEqual([
			{ check: 'task', code: 'Bad params', message: 'the UUID is not known' },
		]);
	});

	test('makes codes and check names fit to be shown', () => {
		const issues = { 'live\u0000ness': { [`It is ${'very '.repeat(100)}dark`]: 'x', 'A\u202eB': 'y' } };
		const { issues: found, codes } = readTaskResult({ result: { data: { issues } } }, ASKED);
		expect(found.map(({ check }) => check)).toEqual(['live ness', 'live ness']);
		expect(found[0].code).toMatch(/^It is very .*…$/);
		expect(found[0].code).toHaveLength(300);
		expect(found[1].code).toBe('A B');
		expect(codes).toEqual([]);
	});
});

describe('readCheck', () => {
	test.each<[string, unknown, ReturnType<typeof readCheck>]>([
		['an object with a boolean', { result: false, data: { a: 1 } }, { result: false, data: { a: 1 } }],
		['a result that is a text', { result: 'true' }, { result: undefined, data: {} }],
		['no result', { data: { a: 1 } }, { result: undefined, data: { a: 1 } }],
		['data that is a list', { result: true, data: [1] }, { result: true, data: {} }],
		['data that is null', { result: true, data: null }, { result: true, data: {} }],
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

test('shownData leaves out a result, and an error that is listed by its code', () => {
	expect(shownData({ result: true, error: 'x', error_code: 'Y', a: 1 })).toEqual({ a: 1 });
	expect(shownData({ error: 'x', error_code: 'None', a: 1 })).toEqual({ error: 'x', a: 1 });
	expect(shownData({ error: 'x' })).toEqual({ error: 'x' });
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
