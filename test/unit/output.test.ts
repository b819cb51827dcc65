import type { INodeExecutionData } from 'n8n-workflow';
import { BY_DECISION, type DecisionResult } from '../../nodes/shared/result/decision';
import { messages } from '../../nodes/shared/errors/messages';
import { errorItem, resultItem, routed, type ProcessedItem } from '../../nodes/shared/item/output';

const RESULT = {
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

describe('errorItem', () => {
	test('has exactly the keys error and message, and its pair', () => {
		expect(errorItem(messages.noTaskId(), 2)).toStrictEqual({
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
		const { json, ...rest } = errorItem(thrown, 0);
		expect(Object.keys(json).filter((key) => !['error', 'message'].includes(key))).toEqual([]);
		expect(json.error).toEqual(expect.stringMatching(/\S/));
		expect(rest).toEqual({ pairedItem: { item: 0 } });
	});
});

describe('routed', () => {
	const item = (name: string): INodeExecutionData => ({ json: { name } });
	const found = (decision: DecisionResult['decision']): DecisionResult => ({ decision, reasons: [] });
	const items: Array<ProcessedItem<DecisionResult>> = [
		{ item: item('a'), finding: found('fail') },
		{ item: item('b'), finding: found('pass') },
		{ item: item('c'), finding: found('review') },
		{ item: item('d'), finding: found('pass') },
		{ item: item('could not be processed') },
	];

	test('gives Pass, Review and Fail, each in the order of the items; the last takes what could not be processed', () => {
		expect(routed(items, BY_DECISION)).toEqual([
			[item('b'), item('d')],
			[item('c')],
			[item('a'), item('could not be processed')],
		]);
	});
	test('gives empty outputs where there is nothing', () => {
		expect(routed([], BY_DECISION)).toEqual([[], [], []]);
	});
});
