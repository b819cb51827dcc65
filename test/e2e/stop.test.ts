import { setTimeout as pause } from 'node:timers/promises';
import { scenarioUuid } from '../../sandbox';
import { Testbed, openTestbed } from './support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

describe('an execution that the user stops', () => {
	let testbed: Testbed;

	beforeAll(async () => {
		testbed = await openTestbed();
		putFiles('stop', {
			[`${scenarioUuid('never')}.png`]: anyPhoto(),
			[`${scenarioUuid('slow-60s')}.png`]: anyPhoto(),
		});
	});

	afterAll(() => testbed.close());

	it('sends nothing more to Progeny and makes no item', async () => {
		const workflow = await testbed.workflow(folderWorkflow('stop'));
		const id = await testbed.api.run(workflow, START);
		const polls = () => testbed.sandbox.requests.filter(({ route }) => route === 'task').length;
		while (polls() < 4) await pause(50);

		await testbed.api.stop(id);
		const execution = await testbed.api.finished(id);
		const sent = testbed.sandbox.requests.length;
		// Longer than the longest pause between two questions.
		await pause(8000);

		expect(execution.status).toBe('canceled');
		expect(faceItems(execution)).toEqual([]);
		expect(testbed.sandbox.requests).toHaveLength(sent);
	});
});
