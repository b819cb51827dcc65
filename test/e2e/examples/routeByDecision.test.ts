import { submitForm } from '../../../demo/form';
import type { Execution, StoredWorkflow } from '../../../demo/api';
import { Bench, openTestbed } from '../support/bench';
import { sendFace } from '../support/sendFace';
import { itemsOf } from '../support/workflows';

describe('the example route-by-decision', () => {
	let bench: Bench;
	let workflow: StoredWorkflow;

	beforeAll(async () => {
		bench = await openTestbed();
		workflow = await bench.api.activate(await bench.example('route-by-decision'));
	});

	afterAll(() => bench.close());

	/** Sends a photo under a scenario's UUID; gives the execution when it has ended or waits for the reviewer. */
	const send = (scenario: string) => sendFace(bench, workflow, 'route-by-decision', scenario);

	const outcome = ({ data }: Execution) => ({
		opened: itemsOf(data, 'Open the Account').map(({ json }) => json.decidedBy),
		turnedDown: itemsOf(data, 'Turn Down').map(({ json }) => json.decidedBy),
	});

	it.each([
		['pass', { opened: ['Progeny'], turnedDown: [] }],
		['another-person', { opened: [], turnedDown: ['Progeny'] }],
		['spoof', { opened: [], turnedDown: ['Progeny'] }],
	])('decides %s without a person', async (scenario, expected) => {
		const execution = await send(scenario);
		expect(execution.status).toBe('success');
		expect(outcome(execution)).toEqual(expected);
	});

	it.each([
		['low-match', 'Approve', { opened: ['A. Reviewer'], turnedDown: [] }],
		['low-liveness', 'Turn down', { opened: [], turnedDown: ['A. Reviewer'] }],
		['contradictory-issues', 'Turn down', { opened: [], turnedDown: ['A. Reviewer'] }],
	])('asks a person about %s and does as told: %s', async (scenario, decision, expected) => {
		const waiting = await send(scenario);
		expect(waiting.status).toBe('waiting');
		expect(outcome(waiting)).toEqual({ opened: [], turnedDown: [] });

		const [{ json }] = itemsOf(waiting.data, 'Message for the Reviewer') as [{ json: { message: string } }];
		const link = /http\S+$/.exec(json.message)![0];
		await submitForm(link, [decision, 'A. Reviewer']);
		expect(outcome(await bench.api.finished(waiting.id))).toEqual(expected);
	});
});
