import { setTimeout as pause } from 'node:timers/promises';
import { scenarioUuid } from '../../sandbox';
import { Testbed, openTestbed } from '../e2e/support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from '../e2e/support/workflows';

/** The aim on an idle machine is 250 ms. Without Stop, a task that never ends would be polled for two minutes. */
const MOST_MS = 2_000;
const STOPS = 5;

let testbed: Testbed;
beforeAll(async () => {
	testbed = await openTestbed();
	putFiles('stop-at-once', { [`${scenarioUuid('never')}.png`]: anyPhoto() });
});
afterAll(() => testbed.close());

test('an execution ends within moments of Stop, also between polls', async () => {
	const workflow = await testbed.workflow(folderWorkflow('stop-at-once'));
	const polls = () => testbed.sandbox.requests.filter(({ route }) => route === 'task').length;
	const took: number[] = [];
	for (let stop = 0; stop < STOPS; stop++) {
		const before = polls();
		const id = await testbed.api.run(workflow, START);
		// Later each time: the pauses between polls have grown by then.
		while (polls() < before + 2 + stop) await pause(20);
		const stoppedAtMs = Date.now();
		await testbed.api.stop(id);
		const execution = await testbed.api.finished(id);
		expect([execution.status, faceItems(execution)]).toEqual(['canceled', []]);
		took.push(new Date(execution.stoppedAt).getTime() - stoppedAtMs);
	}
	took.sort((a, b) => a - b);
	console.log(`From Stop to the end of the execution, in ms: ${took.join(', ')}`);
	expect(took[Math.floor(STOPS / 2)]).toBeLessThan(MOST_MS);
});
