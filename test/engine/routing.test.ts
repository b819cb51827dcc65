import type { IDataObject } from 'n8n-workflow';
import { runNode, toolTypeOf, type Ran } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, fakeProgeny, taskId, useProgeny } from './support/progeny';
import { NODES } from './support/services';
import { rowsFor } from '../support/thorough';

useProgeny();

/** The indexes of the items in each output. */
const itemsIn = ({ outputs }: Ran) =>
	outputs.map((output) =>
		output.map(({ pairedItem }) =>
			typeof pairedItem === 'number' ? pairedItem : (pairedItem as { item: number }).item,
		),
	);

describe.each(NODES)('%s', (node, { inputs, unsendable, good, bad, timedOut }) => {
	/** A good face, a bad one, an answer that contradicts itself, a task that fails, and no photo at all. */
	const five = [0, 1, 2, 3].map(() => fileItem(tinyJpeg())).concat({ json: {} });
	const answers = [
		good.answer,
		bad.answer,
		{ ...good.answer, result: { ...good.answer.result, status: 500 } },
		{ id: 1, status: 'FAILURE', result: null },
	];
	const run = (settings = {}, parameters: IDataObject = {}) => {
		fakeProgeny({ task: (_, id) => [200, answers[Number(id.slice(-1))]] });
		return runNode({
			node,
			account: ACCOUNT,
			items: five,
			parameters: { ...inputs, options: { concurrency: 1, routeByDecision: true }, ...parameters },
			settings,
			outputs: 4,
		});
	};

	test('sends each item to the output of its result, and those that could not be processed to the first', async () => {
		const ran = await run({ onError: 'continueRegularOutput' });
		expect(itemsIn(ran)).toEqual([[1, 3, 4], [2], [0]]);
		expect(ran.arrived[2]).toEqual([expect.objectContaining(good.finding)]);
		expect(ran.arrived[0]).toEqual(
			expect.arrayContaining([
				expect.objectContaining(bad.finding),
				{ error: expect.any(String), message: expect.stringMatching(/^\[TASK_FAILED\]/) },
				{ error: expect.any(String), message: expect.stringMatching(`^\\[${unsendable}\\]`) },
			]),
		);
	});

	test('with the error output, sends those there instead', async () => {
		const ran = await run({ onError: 'continueErrorOutput' });
		expect(itemsIn(ran).slice(0, 3)).toEqual([[1], [2], [0]]);
		expect(ran.arrived[3].map(({ message }) => String(message).split(' ')[0])).toEqual([
			'[TASK_FAILED]',
			`[${unsendable}]`,
		]);
	});

	test.each(rowsFor(node, [false, undefined, 'true', 1, '={{ true }}']))(
		'with Route by Decision %s, one output has everything',
		async (value) => {
			const options = { concurrency: 1, routeByDecision: value };
			const ran = await run({ onError: 'continueRegularOutput' }, { options });
			expect(itemsIn(ran)).toEqual([[0, 1, 2, 3, 4]]);
		},
	);

	test('a timeout that is to be a result goes to Review alone', async () => {
		fakeProgeny({ task: () => [200, PENDING] });
		const { outputs } = await runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg())],
			parameters: { ...inputs, options: { routeByDecision: true, timeout: 1, onTimeout: 'review' } },
		});
		expect(outputs).toHaveLength(3);
		expect(outputs[1].map(({ json }) => json)).toEqual([expect.objectContaining(timedOut)]);
		expect(outputs.flat()).toHaveLength(1);
	});

	test('does not apply to submit', async () => {
		const ran = await run({ onError: 'continueRegularOutput' }, { operation: 'submit' });
		expect(itemsIn(ran)).toEqual([[0, 1, 2, 3, 4]]);
	});

	test('applies to getResult, where a bare task ID is never a pass', async () => {
		const ran = await run(
			{ onError: 'continueRegularOutput' },
			{ operation: 'getResult', receipt: `={{ "${taskId(0).slice(0, -1)}" + Math.min($itemIndex, 3) }}` },
		);
		expect(itemsIn(ran)).toEqual([[1, 3, 4], [0, 2], []]);
	});

	test('does not apply to the tool of an AI agent, who sees one output', async () => {
		const ran = await run({ onError: 'continueRegularOutput', type: toolTypeOf(node) });
		expect(ran.error).toBeUndefined();
		expect(itemsIn(ran)).toEqual([[0, 1, 2, 3, 4]]);
	});
});
