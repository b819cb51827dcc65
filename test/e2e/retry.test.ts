import { scenarioUuid } from '../../sandbox';
import { Testbed, openTestbed } from './support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

describe('Retry On Fail', () => {
	let testbed: Testbed;

	beforeAll(async () => {
		testbed = await openTestbed({ taskTime: 2500 });
		putFiles('retry', {
			[`${scenarioUuid('pass')}.png`]: anyPhoto(),
			[`${scenarioUuid('another-person')}.png`]: anyPhoto(),
		});
	});

	afterAll(() => testbed.close());

	it('goes on waiting for the tasks of the first try and pays for no second one', async () => {
		const retry = { retryOnFail: true, maxTries: 4, waitBetweenTries: 500 };
		const workflow = await testbed.workflow(folderWorkflow('retry', { options: { timeout: 1 } }, retry));
		const execution = await testbed.api.finished(await testbed.api.run(workflow, START));

		expect(execution.status).toBe('success');
		expect(faceItems(execution).map(({ json }) => json.decision)).toEqual(['pass', 'fail']);
		expect(testbed.sandbox.submits()).toBe(2);
	});

	it('ends with the code and the task ID when no try is in time', async () => {
		testbed.sandbox.set({ taskTime: 60_000 });
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };
		const workflow = await testbed.workflow(folderWorkflow('retry', { options: { timeout: 1 } }, retry));
		const execution = await testbed.api.finished(await testbed.api.run(workflow, START));

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.description).toMatch(/\[TIMED_OUT\].*[0-9a-f-]{36}/);
		expect(testbed.sandbox.submits()).toBe(4);
	});
});
