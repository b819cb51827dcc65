import { BinaryDataService } from 'n8n-core';
import { NOT_FOUND, PENDING, taskId } from './support/answers';
import { runNode } from './support/engine';
import { fakeBinaryStore, outcomeOf, setupFor } from './support/check';
import { useVirtualTime } from './support/virtualTime';
import { WireServer, answer, useFakeResolver, type Act } from './support/wireServer';

useVirtualTime();

useFakeResolver();
beforeAll(() => fakeBinaryStore());

/** Things that a server may do with the polls of a task forever; the fault matrix has the rest. */
const ways: Array<[what: string, timeout: number, poll: (n: number) => Act]> = [
	['says that the task is unfinished', 1, () => answer(200, PENDING)],
	['knows the task, and then does not', 1, (n) => (n === 0 ? answer(200, PENDING) : answer(404, NOT_FOUND))],
	['answers when it is too late', 1, () => ({ do: 'late', ms: 16_000 })],
	['asks to come back at once', 1, () => answer(429, {}, { 'retry-after': '0' })],
	['asks to come back in a year', 120, () => answer(429, {}, { 'retry-after': '31536000' })],
];

test.each(ways)(
	'a server that, after it accepted the photo, %s: with a Timeout of %i s the item fails or is reviewed by then',
	async (_, timeout, poll) => {
		const run = async (onTimeout: 'error' | 'review') => {
			const server = await WireServer.start({ poll });
			const ran = await runNode(
				setupFor(server, timeout, { parameters: { options: { timeout, onTimeout } } }),
			);
			const acceptedAt = server.seen.find(({ route }) => route === 'submit')!.answeredAt!;
			const sinceMs = server.now() - acceptedAt;
			await server.close();
			expect(server.count('submit')).toBe(1);
			// The last poll is made when a tenth of the Timeout is left, and 2 s at most.
			expect(sinceMs).toBeGreaterThanOrEqual(timeout * 1000 - Math.min(2000, timeout * 100));
			expect(sinceMs).toBeLessThanOrEqual(timeout * 1000 + 1);
			return ran;
		};
		const failed = await run('error');
		expect(outcomeOf(failed)).toBe('TIMED_OUT');
		expect(failed.error!.description).toContain(taskId(0));
		const { json } = await run('review');
		expect(json[0]).toMatchObject({ decision: 'review', reasons: ['TIMED_OUT'], taskId: taskId(0) });
	},
);

test.each([
	['just before the deadline is still read', 100, 'pass'],
	['just after it is not', 250, 'TIMED_OUT'],
])('a result that arrives %s', async (_, ms, outcome) => {
	const acceptedMs = () => server.now() - server.seen.find(({ route }) => route === 'submit')!.answeredAt!;
	const server = await WireServer.start({
		poll: (_n, seen) =>
			seen === undefined || acceptedMs() < 1800 ? answer(200, PENDING) : { do: 'late', ms },
	});
	const ran = await runNode(setupFor(server, 2));
	await server.close();
	expect(outcomeOf(ran)).toBe(outcome);
});

test('the deadline starts when Progeny accepts the photo: a slow login and a slow upload cost nothing of it', async () => {
	const server = await WireServer.start({
		login: () => ({ do: 'late', ms: 25_000 }),
		submit: () => ({ do: 'late', ms: 25_000 }),
	});
	const ran = await runNode(setupFor(server, 1));
	await server.close();
	expect(outcomeOf(ran)).toBe('pass');
});

test('Get Task Result has the same deadline, counted from its start', async () => {
	const server = await WireServer.start({ poll: () => ({ do: 'silence' }) });
	const parameters = { operation: 'getResult', receipt: taskId(7) };
	const ran = await runNode(setupFor(server, 1, { parameters }));
	await server.close();
	expect(outcomeOf(ran)).toBe('TIMED_OUT');
	expect(ran.error!.description).toContain(taskId(7));
	expect(ran.tookMs).toBeLessThanOrEqual(1001);
});

test('a photo that n8n does not provide within the Timeout is not sent', async () => {
	const server = await WireServer.start();
	jest.spyOn(BinaryDataService.prototype, 'getAsBuffer').mockReturnValueOnce(new Promise(() => {}));
	const { error } = await runNode(setupFor(server, 3));
	await server.close();
	expect(error!.message).toMatch(/^n8n did not provide the photo within 3 seconds/);
	expect(server.seen).toEqual([]);
});
