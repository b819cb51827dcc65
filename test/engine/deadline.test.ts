import { NOT_FOUND, PENDING, taskId } from './support/answers';
import { runNode } from './support/engine';
import { fakeBinaryStore, outcomeOf, setupFor } from './support/check';
import { useVirtualTime } from './support/virtualTime';
import { useFakeResolver, WireServer, type Act } from './support/wireServer';

useVirtualTime();

useFakeResolver();
beforeAll(() => fakeBinaryStore());

const answer = (status: number, body?: unknown, headers?: Record<string, string>): Act => ({
	do: 'answer',
	status,
	body,
	...(headers === undefined ? {} : { headers }),
});

/** What a server may do for ever with the polls of a task. */
const ways: Record<string, { poll: (n: number) => Act; code?: string }> = {
	'says that the task is unfinished': { poll: () => answer(200, PENDING) },
	'does not know the task': { poll: () => answer(404, NOT_FOUND) },
	'knows the task, and then does not': {
		poll: (n) => (n === 0 ? answer(200, PENDING) : answer(404, NOT_FOUND)),
	},
	'never answers': { poll: () => ({ do: 'silence' }) },
	drips: { poll: () => ({ do: 'drip', everyMs: 1000 }) },
	'answers when it is too late': { poll: () => ({ do: 'late', ms: 16_000 }) },
	'resets every connection': { poll: () => ({ do: 'resetAfterBody' }) },
	'refuses every connection': { poll: () => ({ do: 'refuse' }) },
	'asks to come back in a year': { poll: () => answer(429, {}, { 'retry-after': '31536000' }) },
	'asks to come back at once, for ever': { poll: () => answer(429, {}, { 'retry-after': '0' }) },
	'is down': { poll: () => answer(503) },
};

/** With the node's shortest Timeout, in s; the default, of many polls, for the ways in which the last polls differ. */
const cases = [
	...Object.entries(ways).map(([name, way]) => [name, 1, way] as const),
	...['says that the task is unfinished', 'never answers', 'asks to come back in a year', 'is down'].map(
		(name) => [name, 120, ways[name]] as const,
	),
];

describe.each(cases)(
	'a server that, after it accepted the photo, %s: with a Timeout of %i s',
	(_, timeout, way) => {
		const run = async (onTimeout: 'error' | 'review') => {
			const server = await WireServer.start({ poll: way.poll });
			const parameters = { options: { timeout, onTimeout } };
			const ran = await runNode(setupFor(server, timeout, { parameters }));
			const acceptedAt = server.seen.find(({ route }) => route === 'submit')!.answeredAt!;
			const sinceMs = server.now() - acceptedAt;
			await server.close();
			expect(server.count('submit')).toBe(1);
			// The last poll is made when a tenth of the Timeout is left, and 2 s at most.
			expect(sinceMs).toBeGreaterThanOrEqual(timeout * 1000 - Math.min(2000, timeout * 100));
			expect(sinceMs).toBeLessThanOrEqual(timeout * 1000 + 1);
			return ran;
		};

		test('the item fails by then, and the failure names the task', async () => {
			const ran = await run('error');
			expect(outcomeOf(ran)).toBe(way.code ?? 'TIMED_OUT');
			expect(ran.error!.description).toContain(taskId(0));
		});

		test('the item is reviewed by then, and the review names the task', async () => {
			const ran = await run('review');
			expect(ran.json[0]).toMatchObject({ decision: 'review', reasons: ['TIMED_OUT'], taskId: taskId(0) });
		});
	},
);

test.each([
	['just before the deadline is still heard', 100, 'pass'],
	['just after it is not', 250, 'TIMED_OUT'],
])('a verdict that comes %s', async (_, ms, outcome) => {
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
	const ran = await runNode(
		setupFor(server, 1, { parameters: { operation: 'getResult', receipt: taskId(7) } }),
	);
	await server.close();
	expect(outcomeOf(ran)).toBe('TIMED_OUT');
	expect(ran.error!.description).toContain(taskId(7));
	expect(ran.tookMs).toBeLessThanOrEqual(1001);
});
