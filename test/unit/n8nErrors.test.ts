import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { ProgenyError } from '../../nodes/shared/errors/error';
import { messages } from '../../nodes/shared/errors/messages';
import { errorTexts, nodeError } from '../../nodes/shared/errors/n8nErrors';

const node = { id: '1', name: 'Face', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

describe('nodeError', () => {
	test.each<
		[string, ProgenyError, typeof NodeApiError | typeof NodeOperationError, string | null | undefined]
	>([
		['INVALID_UUID', messages.invalidUuid('x'), NodeOperationError, undefined],
		['NO_IMAGE', messages.noImage('data', []), NodeOperationError, undefined],
		['EMPTY_IMAGE', messages.emptyImage('data'), NodeOperationError, undefined],
		['UNSUPPORTED_IMAGE', messages.unsupportedImage('data', 'a GIF image'), NodeOperationError, undefined],
		['IMAGE_TOO_LARGE', messages.imageTooLarge('data', 3e7, 2e7), NodeOperationError, undefined],
		['SUBMIT_REJECTED', messages.submitRejected(400, 'uuid: No'), NodeApiError, '400'],
		['LOGIN_REJECTED', messages.loginRejected(401, 'No'), NodeApiError, '401'],
		['FORBIDDEN', messages.forbidden('No'), NodeApiError, '403'],
		['RATE_LIMITED', messages.rateLimited(''), NodeApiError, '429'],
		['UNREACHABLE', messages.unreachable('the connection was refused'), NodeApiError, null],
		['UNREACHABLE (503)', messages.unavailable(503), NodeApiError, '503'],
		['BAD_RESPONSE', messages.redirected(302), NodeApiError, '302'],
		['OUTCOME_UNKNOWN', messages.outcomeUnknown('it took too long'), NodeApiError, null],
		['TASK_FAILED', messages.taskFailed('FAILURE', ''), NodeApiError, null],
		['TASK_NOT_FOUND', messages.taskNotFound('').about('t-1'), NodeApiError, '404'],
		['TIMED_OUT', messages.timedOut(120, '').about('t-1'), NodeApiError, null],
		['CANCELED', messages.canceled(), NodeApiError, null],
	])('%s keeps its texts, its item and its HTTP code', (_, error, type, httpCode) => {
		const made = nodeError(node, error, 4);
		expect(made).toBeInstanceOf(type);
		expect(made.message).toBe(error.message);
		expect(made.description).toBe(error.description);
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

describe('errorTexts', () => {
	test('of an error are its sentence, and below it the code, the task and the remedy', () => {
		expect(errorTexts(messages.timedOut(60, '').about('t-1'))).toStrictEqual({
			error: 'No result within 60 seconds',
			message:
				'[TIMED_OUT] Task ID t-1. Progeny may still finish it: fetch the result with the operation Get Task Result and the receipt. A longer Timeout under Options waits longer.',
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
		expect(errorTexts(thrown)).toStrictEqual(texts);
	});

	test('are never empty and never long', () => {
		for (const thrown of [new Error('x'.repeat(9999)), 'text', 5, [], Object.create(null)]) {
			const { error } = errorTexts(thrown);
			expect(error.length).toBeGreaterThan(0);
			expect(error.length).toBeLessThanOrEqual(300);
		}
	});
});
