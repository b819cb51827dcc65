import type { StoredWorkflow, WorkflowFile } from '../../../demo/api';
import { Bench, openTestbed } from '../support/bench';
import { sendFace } from '../support/sendFace';
import { itemsOf } from '../support/workflows';

/** The example waits a minute and asks for 20 seconds; here, both are one second. */
function inAHurry(file: WorkflowFile): void {
	for (const { name, parameters } of file.nodes) {
		if (name === 'Wait a Minute') parameters.amount = 1;
		if (name === 'Get Verdict') (parameters.options as { timeout: number }).timeout = 1;
	}
}

describe('the example submit-now-fetch-later', () => {
	let bench: Bench;
	let workflow: StoredWorkflow;

	beforeAll(async () => {
		bench = await openTestbed();
		workflow = await bench.api.activate(await bench.example('submit-now-fetch-later', inAHurry));
	});

	afterAll(() => bench.close());

	const ends = ['Let In', 'Ask a Person', 'Turn Away'];

	it.each([
		['pass', 'Let In', /^Let in/, 1],
		['contradictory-issues', 'Ask a Person', /CONTRADICTORY/, 1],
		['another-person', 'Turn Away', /NOT_MATCHED/, 1],
		['failure', 'Turn Away', /TASK_FAILED/, 1],
		['never', 'Ask a Person', /TIMED_OUT/, 6],
	])('fetches %s: %s, after one upload', async (scenario, end, outcome, rounds) => {
		const before = bench.sandbox.submits();
		const { data } = await sendFace(bench, workflow, 'submit-face', scenario);
		for (const name of ends) expect(itemsOf(data, name)).toHaveLength(name === end ? 1 : 0);
		expect(itemsOf(data, end)[0]!.json.outcome).toMatch(outcome);
		expect(data.resultData.runData['Get Verdict']).toHaveLength(rounds);
		expect(bench.sandbox.submits() - before).toBe(1);
	});
});
