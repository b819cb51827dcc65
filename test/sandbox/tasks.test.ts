import { startSandbox, scenarioUuid, type Sandbox, type Unfinished } from '../../sandbox';
import { seededRandom } from '../../sandbox/random';
import { unfinishedWays } from '../../sandbox/tasks/unfinished';
import { drawTaskTime, parseTaskTime, type TaskTime } from '../../sandbox/tasks/taskTime';
import { anyFile, authenticate, finished, login, look, post, send } from './support/client';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
});
afterEach(() => sandbox.set({ taskTime: 0, unfinished: 'pending', unknownTask: 'notFound' }));
afterAll(async () => await sandbox.close());

async function submit(name: string): Promise<string> {
	const fields = { image: anyFile(), uuid: scenarioUuid(name) };
	return (await post(sandbox, '/services/authenticate_face/', fields, token)).json.id;
}

describe('a task that has not finished', () => {
	const answers: Record<Unfinished, [number, unknown]> = {
		pending: [200, { id: expect.any(Number), status: 'PENDING', result: null }],
		started: [200, { id: expect.any(Number), status: 'STARTED', result: null }],
		retry: [200, { id: expect.any(Number), status: 'RETRY', result: null }],
		invented: [200, { id: expect.any(Number), status: 'PROGRESS', result: { percent: 40 } }],
		notFound: [404, { detail: 'Not found.' }],
		empty: [200, {}],
		null: [200, null],
		list: [200, []],
	};

	it.each(unfinishedWays)('answers as set: %s; then as any other', async (unfinished) => {
		sandbox.set({ unfinished, taskTime: 3_600_000 });
		const early = await look(sandbox, await submit('pass'), token);
		expect([early.status, early.json]).toEqual(answers[unfinished]);
		sandbox.set({ unfinished, taskTime: 150 });
		const taskId = await submit('pass');
		const { json } = await finished(sandbox, taskId, token);
		expect(json.result.data.authentication.result).toBe(true);
	});
});

it('finishes no earlier than the task time, and says when', async () => {
	sandbox.set({ taskTime: { fixed: 1500 } });
	const taskId = await submit('pass');
	expect(sandbox.tasks.at(-1)).not.toHaveProperty('finishedAt');
	await finished(sandbox, taskId, token);
	const task = sandbox.tasks.at(-1)!;
	expect(task.finishedAt! - task.submittedAt).toBe(1500);
	expect(Date.now() - task.submittedAt).toBeGreaterThanOrEqual(1500);
	expect(task.polls).toBeGreaterThan(1);
});

it('answers with integers that count up, not with the task ID', async () => {
	const [first, second] = [await submit('pass'), await submit('pass')];
	const numbers = [first, second].map(async (taskId) => (await finished(sandbox, taskId, token)).json.id);
	const [one, two] = await Promise.all(numbers);
	expect(Number.isInteger(one)).toBe(true);
	expect(two).toBe(one + 1);
});

describe('an ID that is not known', () => {
	it('is PENDING for ever where that is set', async () => {
		sandbox.set({ unknownTask: 'pending' });
		const { status, json } = await look(sandbox, '98008e56-cd6f-410c-9d8d-f9e620661395', token);
		expect([status, json]).toEqual([200, { id: null, status: 'PENDING', result: null }]);
	});
});

describe('task times', () => {
	const drawn = (time: TaskTime, seed: number, count = 4000) => {
		const random = seededRandom(seed);
		return Array.from({ length: count }, () => drawTaskTime(time, random));
	};
	const median = (values: number[]) => values.sort((a, b) => a - b)[values.length / 2]!;
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

	it('are the same for the same seed, and others for another', () => {
		const time = { lognormal: { median: 300, sigma: 0.5 } };
		expect(drawn(time, 7, 20)).toEqual(drawn(time, 7, 20));
		expect(drawn(time, 7, 20)).not.toEqual(drawn(time, 8, 20));
	});

	it('follow their distribution', () => {
		expect(drawn(120, 1, 2)).toEqual([120, 120]);
		expect(drawn({ fixed: 90 }, 1, 2)).toEqual([90, 90]);
		const uniform = drawn({ uniform: { min: 100, max: 300 } }, 1);
		expect(Math.min(...uniform)).toBeGreaterThanOrEqual(100);
		expect(Math.max(...uniform)).toBeLessThan(300);
		expect(Math.abs(mean(uniform) - 200)).toBeLessThan(5);
		expect(Math.abs(median(drawn({ lognormal: { median: 300, sigma: 0.5 } }, 1)) - 300)).toBeLessThan(15);
		expect(Math.abs(mean(drawn({ exponential: { mean: 500 } }, 1)) - 500)).toBeLessThan(30);
	});

	it.each<[string, TaskTime]>([
		['300', { fixed: 300 }],
		['200-900', { uniform: { min: 200, max: 900 } }],
		['lognormal:800,0.5', { lognormal: { median: 800, sigma: 0.5 } }],
		['exponential:500', { exponential: { mean: 500 } }],
	])('are read from a command line: %s', (text, time) => expect(parseTaskTime(text)).toEqual(time));

	it.each(['', 'soon', '-5', '900-200', 'lognormal:800', 'fixed:3'])('"%s" is refused', (text) =>
		expect(() => parseTaskTime(text)).toThrow(/./),
	);
});

it.each<[string, object]>([
	['an unknown setting', { colour: 'red' }],
	['a negative lifetime', { tokenLifetime: -1 }],
	['an unknown way', { unfinished: 'later' }],
	['a threshold above 1', { thresholds: { match: 2 } }],
])('refuses %s', async (_case, change) => {
	expect(() => sandbox.set(change)).toThrow(/./);
	const body = JSON.stringify(change);
	const init = { method: 'PATCH', body, headers: { 'content-type': 'application/json' } };
	expect((await send(sandbox, '/sandbox/settings', init)).status).toBe(400);
	await expect(authenticate(sandbox, token, scenarioUuid('pass'))).resolves.toMatchObject({ status: 200 });
});

it('changes settings over HTTP, and gives them back', async () => {
	const init = {
		method: 'PATCH',
		body: JSON.stringify({ tokenLifetime: 17, thresholds: { match: 0.7 } }),
		headers: { 'content-type': 'application/json' },
	};
	const { json } = await send(sandbox, '/sandbox/settings', init);
	expect(json).toMatchObject({ tokenLifetime: 17, thresholds: { match: 0.7, liveness: 0.5 } });
	expect((await send(sandbox, '/sandbox/settings')).json).toEqual(json);
	sandbox.set({ tokenLifetime: 300, thresholds: { match: 0.5 } });
});
