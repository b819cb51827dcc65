import type { INodeExecutionData } from 'n8n-workflow';
import {
	faultItem,
	resultItem,
	routed,
	type AuthenticateFaceOutput,
	type RoutedItem,
} from '../../nodes/AuthenticateFace/output';
import { faults } from '../../nodes/shared/faults';

const RESULT: AuthenticateFaceOutput = {
	authenticated: true,
	decision: 'pass',
	reasons: [],
	taskId: 't-1',
	elapsedMs: 5,
	polls: 1,
};
const FILE = { data: 'AAAA', mimeType: 'image/jpeg' };

describe('resultItem', () => {
	const input: INodeExecutionData = { json: { order: 7, taskId: 'mine' }, binary: { data: FILE } };

	test('is the result alone, paired with its item', () => {
		expect(resultItem(RESULT, input, 3, false)).toStrictEqual({ json: RESULT, pairedItem: { item: 3 } });
	});

	test('with Include Input, has the fields and files of the input beside it', () => {
		expect(resultItem(RESULT, input, 3, true)).toStrictEqual({
			json: { order: 7, taskId: 'mine', progeny: RESULT },
			binary: { data: FILE },
			pairedItem: { item: 3 },
		});
	});

	test('has no binary key where the input has none', () => {
		expect(resultItem(RESULT, { json: {} }, 0, true)).not.toHaveProperty('binary');
	});

	test.each([['broken'], [null], [false], [{ message: 'x' }]])(
		'moves an input field called error (%j) away, for n8n would take the item for a failed one',
		(error) => {
			const { json } = resultItem(RESULT, { json: { a: 1, error } }, 0, true);
			expect(json).toStrictEqual({ a: 1, inputError: error, progeny: RESULT });
		},
	);

	test('replaces an input field called progeny, and leaves the input as it is', () => {
		const before: INodeExecutionData = { json: { progeny: 'old', error: 'x' } };
		expect(resultItem(RESULT, before, 0, true).json.progeny).toEqual(RESULT);
		expect(before).toEqual({ json: { progeny: 'old', error: 'x' } });
	});
});

describe('faultItem', () => {
	test('has exactly the keys error and message, and its pair', () => {
		expect(faultItem(faults.noTaskId(), 2)).toStrictEqual({
			json: {
				error: 'Task ID is empty',
				message: '[TASK_NOT_FOUND] Give the task ID that the operation Submit returned.',
			},
			pairedItem: { item: 2 },
		});
	});

	test.each<[string, unknown]>([
		['an error', new Error('x')],
		[
			'an error with more',
			Object.assign(new Error('x'), { description: 'd', context: { a: 1 }, httpCode: '500' }),
		],
		['a text', 'x'],
		['an empty error', new Error('')],
		['null', null],
		['nothing', undefined],
	])('made of %s, has no key beside these', (_, thrown) => {
		const { json, ...rest } = faultItem(thrown, 0);
		expect(Object.keys(json).filter((key) => !['error', 'message'].includes(key))).toEqual([]);
		expect(json.error).toEqual(expect.stringMatching(/\S/));
		expect(rest).toEqual({ pairedItem: { item: 0 } });
	});
});

describe('routed', () => {
	const item = (name: string): INodeExecutionData => ({ json: { name } });
	const items: RoutedItem[] = [
		{ item: item('a'), decision: 'fail' },
		{ item: item('b'), decision: 'pass' },
		{ item: item('c'), decision: 'review' },
		{ item: item('d'), decision: 'pass' },
	];

	test('gives one output in the order of the items', () => {
		expect(routed(items, false)).toEqual([[item('a'), item('b'), item('c'), item('d')]]);
	});
	test('gives Pass, Review and Fail', () => {
		expect(routed(items, true)).toEqual([[item('b'), item('d')], [item('c')], [item('a')]]);
	});
	test('gives empty outputs where there is nothing', () => {
		expect(routed([], true)).toEqual([[], [], []]);
		expect(routed([], false)).toEqual([[]]);
	});
});
