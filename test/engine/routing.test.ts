import type { IDataObject } from 'n8n-workflow';
import { taskId } from './support/answers';
import { CONTINUE, failed } from './support/check';
import { pairedWith, toolTypeOf, type Ran } from './support/engine';
import { photos } from './support/items';
import { check, fakeProgeny, useProgeny, type Check } from './support/progeny';
import { NODE_ROWS } from './support/services';

useProgeny();

/** Returns the indexes of the items in each output. */
const itemsIn = ({ outputs }: Ran) => outputs.map((output) => output.map(pairedWith));

describe.each(NODE_ROWS)('%s', (node, { unsendable, good, bad }) => {
	/** A good face, a bad one, an answer that contradicts itself, a task that fails, and no photo at all. */
	const five = [...photos(4), { json: {} }];
	const answers = [
		good.answer,
		bad.answer,
		{ ...good.answer, result: { ...good.answer.result, status: 500 } },
		{ id: 1, status: 'FAILURE', result: null },
	];
	const run = (setup: Check, options: IDataObject = { routeByDecision: true }) => {
		fakeProgeny({ task: (_, id) => [200, answers[Number(id.slice(-1))]] });
		return check({
			node,
			items: five,
			settings: CONTINUE,
			outputs: 4,
			options: { concurrency: 1, ...options },
			...setup,
		});
	};

	test('sends each item to the output of its result, and unprocessed items to the first', async () => {
		const ran = await run({});
		expect(itemsIn(ran)).toEqual([[1, 3, 4], [2], [0]]);
		expect(ran.arrived[2]).toEqual([expect.objectContaining(good.output)]);
		const isBad = expect.objectContaining(bad.output);
		expect(ran.arrived[0]).toEqual([isBad, failed('TASK_FAILED'), failed(unsendable)]);
	});

	test('with the error output, sends those there instead, without their input', async () => {
		const ran = await run({ settings: { onError: 'continueErrorOutput' } });
		expect(itemsIn(ran).slice(0, 3)).toEqual([[1], [2], [0]]);
		expect(ran.arrived[3]).toEqual([failed('TASK_FAILED'), failed(unsendable)]);
	});

	test('does not apply if it is off, to submit, or to a tool, whose agent sees one output', async () => {
		const tool = { settings: { ...CONTINUE, type: toolTypeOf(node) } };
		for (const ran of [await run({}, {}), await run({ operation: 'submit' }), await run(tool)]) {
			expect(ran.error).toBeUndefined();
			expect(itemsIn(ran)).toEqual([[0, 1, 2, 3, 4]]);
		}
	});

	test('applies to getResult, whose bare task ID never passes', async () => {
		const receipt = `={{ "${taskId(0).slice(0, -1)}" + Math.min($itemIndex, 3) }}`;
		const ran = await run({ operation: 'getResult', parameters: { receipt } });
		expect(itemsIn(ran)).toEqual([[1, 3, 4], [0, 2], []]);
	});
});
