import { kycUrl, postForm } from '../e2e/support/webhooks';
import { useTestbed } from './support/testbed';
import { executionIds, finishedBy, lastExecution, underWay } from './support/executions';
import { isAlive } from './support/members';
import { passingRequests } from './support/requests';
import { sendAll } from './support/send';
import { until } from './support/until';

/** Each of these tests ends a process that the other one does not need. */
describe('a process that ends', () => {
	const testbed = useTestbed();

	beforeAll(async () => {
		testbed.sandbox.set({ taskTime: 4_000 });
	});

	it('a webhook process that is killed: the caller gets no answer, the result is kept', async () => {
		const { api, cluster, sandbox } = testbed;
		const [submitsBefore, before] = [sandbox.submits(), await lastExecution(testbed)];
		const [request] = passingRequests(1);
		const answer = postForm(kycUrl(cluster.webhook.origin), request!).catch((error: Error) => error);
		await until(() => sandbox.submits() === submitsBefore + 1);
		process.kill(-cluster.webhook.pid, 'SIGKILL');
		expect(await answer).toBeInstanceOf(Error);

		const [id] = await executionIds(testbed, before);
		const { status, data } = await api.finished(id!);
		expect(status).toBe('success');
		expect(data.resultData.runData['Answer the Result']).toHaveLength(1);
		expect(sandbox.submits()).toBe(submitsBefore + 1);
	});

	it('a stopped worker finishes its faces first', async () => {
		const { cluster, sandbox } = testbed;
		const submitsBefore = sandbox.submits();
		const requests = passingRequests(6);
		const answers = sendAll(cluster.main.origin, requests, requests.length);
		await until(() => sandbox.submits() === submitsBefore + requests.length);
		const [worker] = [...cluster.workers].sort((a, b) => underWay(b).length - underWay(a).length);
		const itsFaces = underWay(worker!);
		expect(itsFaces.length).toBeGreaterThan(0);
		process.kill(worker!.pid, 'SIGTERM');

		for (const { request, answer } of await answers) expect(answer).toEqual(request.expected);
		await until(() => !isAlive(worker!.pid));
		expect(finishedBy(worker!)).toEqual(expect.arrayContaining(itsFaces));
		expect(sandbox.submits()).toBe(submitsBefore + requests.length);
	});
});
