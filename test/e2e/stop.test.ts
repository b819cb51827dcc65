import { setTimeout as pause } from 'node:timers/promises';
import { scenarioUuid } from '../../sandbox';
import { Bench, openTestbed } from './support/bench';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

describe('an execution that the user stops', () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
		putFiles('stop', {
			[`${scenarioUuid('never')}.png`]: anyPhoto(),
			[`${scenarioUuid('slow-60s')}.png`]: anyPhoto(),
		});
	});

	afterAll(() => bench.close());

	it('sends nothing more to Progeny and makes no item', async () => {
		const workflow = await bench.workflow(folderWorkflow('stop'));
		const id = await bench.api.run(workflow, START);
		const polls = () => bench.sandbox.requests.filter(({ route }) => route === 'task').length;
		while (polls() < 4) await pause(50);

		await bench.api.stop(id);
		const execution = await bench.api.finished(id);
		const sent = bench.sandbox.requests.length;
		// Longer than the longest pause between two questions.
		await pause(8000);

		expect(execution.status).toBe('canceled');
		expect(faceItems(execution)).toEqual([]);
		expect(bench.sandbox.requests).toHaveLength(sent);
	});
});
