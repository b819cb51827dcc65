import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { Fault, faults } from '../../nodes/shared/faults';
import { faultTexts, nodeError } from '../../nodes/shared/nodeError';

const node = { id: '1', name: 'Face', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

describe('nodeError', () => {
	test.each<[string, Fault, typeof NodeApiError | typeof NodeOperationError, string | null | undefined]>([
		['INVALID_UUID', faults.invalidUuid('x'), NodeOperationError, undefined],
		['NO_IMAGE', faults.noImage('data', []), NodeOperationError, undefined],
		['EMPTY_IMAGE', faults.emptyImage('data'), NodeOperationError, undefined],
		['UNSUPPORTED_IMAGE', faults.unsupportedImage('data', 'a GIF image'), NodeOperationError, undefined],
		['IMAGE_TOO_LARGE', faults.imageTooLarge('data', 3e7, 2e7), NodeOperationError, undefined],
		['SUBMIT_REJECTED', faults.submitRejected(400, 'uuid: No'), NodeApiError, '400'],
		['LOGIN_REJECTED', faults.loginRejected(401, 'No'), NodeApiError, '401'],
		['FORBIDDEN', faults.forbidden('No'), NodeApiError, '403'],
		['RATE_LIMITED', faults.rateLimited(''), NodeApiError, '429'],
		['UNREACHABLE', faults.unreachable('the connection was refused'), NodeApiError, null],
		['UNREACHABLE (503)', faults.unavailable(503), NodeApiError, '503'],
		['BAD_RESPONSE', faults.redirected(302), NodeApiError, '302'],
		['OUTCOME_UNKNOWN', faults.outcomeUnknown('it took too long'), NodeApiError, null],
		['TASK_FAILED', faults.taskFailed('FAILURE', ''), NodeApiError, null],
		['TASK_NOT_FOUND', faults.taskNotFound('').about('t-1'), NodeApiError, '404'],
		['TIMED_OUT', faults.timedOut(120, '').about('t-1'), NodeApiError, null],
		['CANCELED', faults.canceled(), NodeApiError, null],
	])('%s keeps its texts, its item and its HTTP code', (_, fault, type, httpCode) => {
		const made = nodeError(node, fault, 4);
		expect(made).toBeInstanceOf(type);
		expect(made.message).toBe(fault.message);
		expect(made.description).toBe(fault.description);
		expect(made.context.itemIndex).toBe(4);
		expect(made.node).toBe(node);
		expect((made as NodeApiError).httpCode).toBe(httpCode);
	});

	test('another error is passed on with its words and the item', () => {
		const made = nodeError(node, new Error('Cannot read that'), 2);
		expect(made).toBeInstanceOf(NodeOperationError);
		expect(made.message).toBe('Cannot read that');
		expect(made.context.itemIndex).toBe(2);
	});

	test('an error of n8n stays the same one', () => {
		const thrown = new NodeOperationError(node, 'x', { itemIndex: 1 });
		expect(nodeError(node, thrown, 1)).toBe(thrown);
	});
});

describe('faultTexts', () => {
	test('of a fault are its sentence, and below it the code, the task and the remedy', () => {
		expect(faultTexts(faults.timedOut(60, '').about('t-1'))).toStrictEqual({
			error: 'No result within 60 seconds',
			message:
				'[TIMED_OUT] Task ID t-1. Progeny may still finish it: fetch the result with the operation Get Result and this task ID. A longer Timeout under Options waits longer.',
		});
	});

	const OTHER = 'The item could not be processed';
	test.each<[string, unknown, object]>([
		['an error', new Error('x'), { error: 'x' }],
		[
			'an error with a description',
			Object.assign(new Error('x'), { description: 'd' }),
			{ error: 'x', message: 'd' },
		],
		['an empty description', Object.assign(new Error('x'), { description: '' }), { error: 'x' }],
		['a description that is no text', Object.assign(new Error('x'), { description: {} }), { error: 'x' }],
		['a message on several lines', new Error('a\n\u0000b'), { error: 'a b' }],
		['an empty message', new Error(''), { error: OTHER }],
		['null', null, { error: OTHER }],
		['nothing', undefined, { error: OTHER }],
		['an empty object', {}, { error: OTHER }],
	])('of %s', (_, thrown, texts) => {
		expect(faultTexts(thrown)).toStrictEqual(texts);
	});

	test('are never empty and never long', () => {
		for (const thrown of [new Error('x'.repeat(9999)), 'text', 5, [], Object.create(null)]) {
			const { error } = faultTexts(thrown);
			expect(error.length).toBeGreaterThan(0);
			expect(error.length).toBeLessThanOrEqual(300);
		}
	});
});
