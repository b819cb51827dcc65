import { NodeOperationError } from 'n8n-workflow';
import { messages } from '../../nodes/shared/errors/messages';
import { errorTexts, nodeError } from '../../nodes/shared/errors/n8nErrors';
import { ANY_NODE } from '../support/anyNode';
import { each } from '../support/words';

describe('nodeError', () => {
	test('another error is passed on with its words and the item', () => {
		const made = nodeError(ANY_NODE, new Error('Cannot read that'), 2);
		expect(made).toBeInstanceOf(NodeOperationError);
		expect(made.message).toBe('Cannot read that');
		expect(made.context.itemIndex).toBe(2);
	});

	test('an error of n8n stays the same one', () => {
		const thrown = new NodeOperationError(ANY_NODE, 'x', { itemIndex: 1 });
		expect(nodeError(ANY_NODE, thrown, 1)).toBe(thrown);
	});
});

describe('errorTexts', () => {
	test('of an error are its sentence, and below it the code, the task and the remedy', () => {
		const { message, remedy } = messages.timedOut(60, '');
		const texts = { error: message, message: `[TIMED_OUT] Task ID t-1. ${remedy}` };
		expect(errorTexts(messages.timedOut(60, '').about('t-1'))).toStrictEqual(texts);
	});

	const OTHER = 'The item could not be processed';
	const described = (description: unknown) => Object.assign(new Error('x'), { description });
	test.each<[unknown, object]>([
		[new Error('x'), { error: 'x' }],
		[described('d'), { error: 'x', message: 'd' }],
		[described(''), { error: 'x' }],
		[described({}), { error: 'x' }],
		[new Error('a\n\u0000b'), { error: 'a b' }],
		[new Error('x'.repeat(9999)), { error: `${'x'.repeat(299)}…` }],
		...each([new Error(''), null, undefined, {}, 5, [], Object.create(null)], { error: OTHER }),
	])('of %p', (thrown, texts) => {
		expect(errorTexts(thrown)).toStrictEqual(texts);
	});
});
