import pMap from 'p-map';
import { PENDING, NOT_FOUND, taskId } from './support/answers';
import { runNode } from './support/engine';
import { outcomeOf, fakeBinaryStore, setupFor } from './faultMatrix/run';
import { fakeResolver, WireServer, type Act } from './support/wireServer';

/** How late the verdict may be on a busy machine, in ms. */
const LATENESS_MS = 300;

let restoreResolver: () => void;
beforeAll(() => {
	restoreResolver = fakeResolver();
	fakeBinaryStore();
});
afterAll(() => restoreResolver());

const answer = (status: number, body?: unknown, headers?: Record<string, string>): Act => ({
	do: 'answer',
	status,
	body,
	...(headers === undefined ? {} : { headers }),
});

/** What a server may do for ever with the questions about a task, here with the node's real limits and its real schedule. */
const ways: Record<string, { poll: (n: number) => Act; code?: string }> = {
	'says that the task is unfinished': { poll: () => answer(200, PENDING) },
	'does not know the task': { poll: () => answer(404, NOT_FOUND), code: 'TASK_NOT_FOUND' },
	'knows the task, and then does not': {
		poll: (n) => (n === 0 ? answer(200, PENDING) : answer(404, NOT_FOUND)),
	},
	'never answers': { poll: () => ({ do: 'silence' }) },
	drips: { poll: () => ({ do: 'drip', everyMs: 50 }) },
	'answers when it is too late': { poll: () => ({ do: 'late', ms: 2500 }) },
	'resets every connection': { poll: () => ({ do: 'resetAfterBody' }) },
	'refuses every connection': { poll: () => ({ do: 'refuse' }) },
	'asks to come back in a year': { poll: () => answer(429, {}, { 'retry-after': '31536000' }) },
	'asks to come back at once, for ever': { poll: () => answer(429, {}, { 'retry-after': '0' }) },
	'is down': { poll: () => answer(503) },
};

const cases = Object.entries(ways).flatMap(([name, way]) =>
	[1, 2].flatMap((timeout) =>
		(['error', 'review'] as const).map((onTimeout) => ({ name, way, timeout, onTimeout })),
	),
);

describe('a server that, after it took the photo,', () => {
	let results: Array<{
		outcome: string;
		json: unknown;
		description: string;
		sinceMs: number;
		submits: number;
	}>;

	beforeAll(async () => {
		results = await pMap(
			cases,
			async ({ way, timeout, onTimeout }) => {
				const server = await WireServer.start({ poll: way.poll });
				const ran = await runNode(
					setupFor(server, timeout, { parameters: { options: { timeout, onTimeout } } }),
				);
				const endedAt = server.now();
				await server.close();
				const { answeredAt } = server.seen.find(({ route }) => route === 'submit')!;
				return {
					outcome: outcomeOf(ran),
					json: ran.json[0],
					description: ran.error?.description ?? '',
					sinceMs: endedAt - answeredAt!,
					submits: server.count('submit'),
				};
			},
			{ concurrency: 22 },
		);
	}, 30_000);

	const rows = cases.map((row, i) => [row.name, row.timeout, row, i] as const);
	const during = (onTimeout: string) => rows.filter(([, , row]) => row.onTimeout === onTimeout);

	test.each(rows)('%s: the item ends within %i s, and not before', (_name, timeout, { onTimeout }, i) => {
		const { sinceMs, submits } = results[i];
		expect({ onTimeout, submits }).toEqual({ onTimeout, submits: 1 });
		expect(sinceMs).toBeLessThan(timeout * 1000 + LATENESS_MS);
		expect(sinceMs).toBeGreaterThan(timeout * 1000 * 0.85);
	});

	test.each(during('error'))('%s for %i s: the failure names the task', (_name, _timeout, { way }, i) => {
		expect(results[i].outcome).toBe(way.code ?? 'TIMED_OUT');
		expect(results[i].description).toContain(taskId(0));
	});

	test.each(during('review'))('%s for %i s: the review names the task', (_name, _timeout, _row, i) => {
		expect(results[i].json).toEqual({
			authenticated: false,
			decision: 'review',
			reasons: ['TIMED_OUT'],
			uuid: expect.any(String),
			taskId: taskId(0),
			submittedAt: expect.any(String),
			elapsedMs: expect.any(Number),
			polls: expect.any(Number),
		});
	});
});

test('a verdict that comes just before the deadline is still heard', async () => {
	const server = await WireServer.start({
		poll: (n) => (n < 2 ? answer(200, PENDING) : { do: 'late', ms: 60 }),
	});
	const ran = await runNode(setupFor(server, 2));
	await server.close();
	expect(outcomeOf(ran)).toBe('pass');
});

test('the deadline starts when Progeny takes the photo, not before: a slow login and a slow upload cost nothing of it', async () => {
	const server = await WireServer.start({
		login: () => ({ do: 'late', ms: 800 }),
		submit: () => ({ do: 'late', ms: 800 }),
	});
	const ran = await runNode(setupFor(server, 1));
	await server.close();
	expect(outcomeOf(ran)).toBe('pass');
	expect(ran.tookMs).toBeGreaterThan(1600);
});

test('Get Result has the same deadline, counted from its start', async () => {
	const server = await WireServer.start({ poll: () => ({ do: 'silence' }) });
	const ran = await runNode(
		setupFor(server, 1, { parameters: { operation: 'getResult', taskId: taskId(7) } }),
	);
	await server.close();
	expect(outcomeOf(ran)).toBe('TIMED_OUT');
	expect(ran.error!.description).toContain(taskId(7));
	expect(ran.tookMs).toBeLessThan(1000 + LATENESS_MS + 200);
});
