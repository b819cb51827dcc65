import type { INodeExecutionData } from 'n8n-workflow';
import { messages } from '../../nodes/shared/errors/messages';
import {
	errorItem,
	resultItem,
	resultOutput,
	routed,
	submitOutput,
	type ProcessedItem,
} from '../../nodes/shared/item/output';
import type { Decision } from '../../nodes/shared/service';

const RESULT = { authenticated: false, decision: 'fail', reasons: ['NOT_MATCHED'], taskId: 't-1' };
const FILE = { data: 'AAAA', mimeType: 'image/jpeg' };
const ORIGIN = {
	taskId: 't-1',
	echoed: { uuid: 'u-1' },
	submittedAt: '2026-01-01T00:00:00.000Z',
	receipt: 'pgr1.a.b',
};

test('Submit Photo puts out the task ID, the receipt, what was sent and when, and no key without a value', () => {
	expect(submitOutput(ORIGIN)).toStrictEqual({
		taskId: 't-1',
		receipt: 'pgr1.a.b',
		uuid: 'u-1',
		submittedAt: '2026-01-01T00:00:00.000Z',
	});
	expect(submitOutput({ ...ORIGIN, reference: 'order-7' })).toHaveProperty('reference', 'order-7');
});

describe('resultOutput', () => {
	const LIVENESS = { affirmative: 'live' };
	const decided = { decision: 'pass' as const, reasons: [], liveness: { result: true } };
	const ended = { kind: 'finished', task: {}, polls: 2, elapsedMs: 1200.4 } as const;

	test('puts the decision, its reasons and whose it is first', () => {
		const keys = Object.keys(resultOutput(LIVENESS, decided, ORIGIN, ended));
		expect(keys).toEqual(['live', 'decision', 'reasons', 'uuid', 'liveness', 'taskId', 'timing']);
	});

	test('groups the times; a bare task ID does not tell when it was submitted', () => {
		const { timing } = resultOutput(LIVENESS, decided, { taskId: 't-1', echoed: {} }, ended);
		expect(timing).toEqual({ completedAt: expect.any(String), elapsedMs: 1200, polls: 2 });
	});

	test('has the receipt if the result has yet to be fetched, and no time of a result', () => {
		const timedOut = {
			kind: 'timedOut',
			error: messages.timedOut(1, ''),
			polls: 1,
			elapsedMs: 1000,
		} as const;
		const reviewed = { ...decided, decision: 'review' as const };
		const output = resultOutput(LIVENESS, reviewed, { ...ORIGIN, reference: 'r' }, timedOut);
		expect(output).toMatchObject({ receipt: 'pgr1.a.b', reference: 'r' });
		expect(output.timing).not.toHaveProperty('completedAt');
	});
});

describe('resultItem', () => {
	const alone = { includeInput: false, isCombined: false };
	const included = { includeInput: true, isCombined: false };
	const combined = { includeInput: true, isCombined: true };
	const evil = { authenticated: true, decision: 'pass', error: 'x', input: 1, _files: { photo: FILE } };
	const input: INodeExecutionData = { json: evil, binary: { data: FILE } };

	test('is the result alone, paired with its item', () => {
		expect(resultItem(RESULT, input, 3, alone)).toStrictEqual({ json: RESULT, pairedItem: { item: 3 } });
	});

	test('with Include Input has the incoming fields under input, so that none can pass for the result', () => {
		expect(resultItem(RESULT, input, 3, included)).toStrictEqual({
			json: { ...RESULT, input: evil },
			binary: { data: FILE },
			pairedItem: { item: 3 },
		});
		expect(resultItem(RESULT, { json: {} }, 0, included)).not.toHaveProperty('binary');
	});

	test('in combined binary mode keeps the file objects of _files on top, and nothing else of it', () => {
		const { _files, ...fields } = evil;
		const json = { ...fields, _files: { ..._files, authenticated: true, note: { text: 'no file' } } };
		expect(resultItem(RESULT, { json }, 0, combined).json).toStrictEqual({
			...RESULT,
			_files: { photo: FILE },
			input: fields,
		});
	});
});

describe('errorItem', () => {
	test('has exactly the keys error and message, and is paired by a number', () => {
		expect(errorItem(messages.noReceipt(), 2)).toStrictEqual({
			json: {
				error: 'Receipt or Task ID is empty',
				message: '[INVALID_RECEIPT] Use the receipt that a Submit operation or a timeout returned.',
			},
			pairedItem: 2,
		});
	});

	const ODD = Object.assign(new Error('x'), { description: 'd', context: { a: 1 }, httpCode: '500' });
	test.each([new Error('x'), ODD, 'x', new Error(''), null, undefined])(
		'made of %p has no other key',
		(thrown) => {
			const { json, ...rest } = errorItem(thrown, 0);
			expect(Object.keys(json).filter((key) => !['error', 'message'].includes(key))).toEqual([]);
			expect(json.error).toEqual(expect.stringMatching(/\S/));
			expect(rest).toEqual({ pairedItem: 0 });
		},
	);
});

describe('routed', () => {
	const processed = (name: string, decision?: Decision): ProcessedItem => ({
		item: { json: { name } },
		...(decision === undefined ? {} : { decision }),
	});
	const named = (...names: string[]) => names.map((name) => ({ json: { name } }));

	test('has the outputs worst first, each in the order of the items; what was not decided goes first', () => {
		const decided = [processed('a', 'fail'), processed('b', 'pass'), processed('c', 'review')];
		const items = [...decided, processed('d', 'pass'), processed('could not be processed')];
		expect(routed(items)).toEqual([named('a', 'could not be processed'), named('c'), named('b', 'd')]);
		expect(routed([])).toEqual([[], [], []]);
	});
});
