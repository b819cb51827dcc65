import { useTestbed } from './support/testbed';
import { underWay } from './support/executions';
import { LOCKS } from './support/members';
import { passingRequests } from './support/requests';
import { say, seconds } from './support/say';
import { Exchange, send, sendAll } from './support/send';
import { until } from './support/until';

describe('a worker that is killed while it waits for results', () => {
	const FACES = 6;
	const testbed = useTestbed();
	let lost: Exchange[];
	let kept: Exchange[];
	let lostIds: string[];
	let submits: number;

	beforeAll(async () => {
		const { cluster, sandbox } = testbed;
		say(`a worker will be killed: ${FACES} requests with tasks of 10 seconds`);
		const requests = passingRequests(FACES, 'slow-10s');
		const answers = sendAll(cluster.webhook.origin, requests, FACES);
		await until(() => sandbox.submits() === FACES);
		const [victim] = [...cluster.workers].sort((a, b) => underWay(b).length - underWay(a).length);
		lostIds = underWay(victim!);
		// Its whole process group, as when its machine fails.
		process.kill(-victim!.pid, 'SIGKILL');
		say(`killed ${victim!.name}, which had ${lostIds.length} faces under way`);
		const exchanges = await answers;
		lost = exchanges.filter(({ answer }) => answer.status !== 200);
		kept = exchanges.filter(({ answer }) => answer.status === 200);
		submits = sandbox.submits();
	}, 600_000);

	it('causes a failure for the callers of its faces, and for no one else', () => {
		expect(lostIds.length).toBeGreaterThan(0);
		expect(lost.map(({ answer }) => answer)).toEqual(
			lostIds.map(() => ({ status: 500, body: { message: 'Error in workflow' } })),
		);
		for (const { request, answer } of kept) expect(answer).toEqual(request.expected);
	});

	it('does so once its locks have run out and n8n has waited another 30 seconds', () => {
		const times = lost.map(({ tookMs }) => tookMs);
		say(`500 to a face of a killed worker after ${times.map(seconds).join(', ')}`);
		const GRACE = 30_000;
		const MACHINE_IS_BUSY = 60_000;
		expect(Math.min(...times)).toBeGreaterThan(GRACE);
		expect(Math.max(...times)).toBeLessThan(
			GRACE + LOCKS.duration + 2 * LOCKS.stalledCheck + MACHINE_IS_BUSY,
		);
	});

	it('leaves executions with the status error and nothing of what was done', async () => {
		for (const id of lostIds) {
			const { status, data } = await testbed.api.finished(id);
			expect(status).toBe('error');
			expect(data.resultData.error?.message).toMatch(/failed to be processed too many times/);
			expect(data.resultData.runData).toEqual({});
		}
	});

	it('has no photo submitted again by n8n itself', () => {
		expect(submits).toBe(FACES);
	});

	it("has no photo submitted again by n8n's Retry", async () => {
		const before = testbed.sandbox.submits();
		const retried = await testbed.api.call<{ status: string }>('post', `/executions/${lostIds[0]}/retry`);
		expect(retried.status).toBe('error');
		expect(testbed.sandbox.submits()).toBe(before);
	});

	it('leaves the other worker in charge', async () => {
		const [request] = passingRequests(1);
		const { answer } = await send(testbed.cluster.webhook.origin, request!);
		expect(answer).toEqual(request!.expected);
	});
});
