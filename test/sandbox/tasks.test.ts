import { scenarioUuid, type Unfinished } from '../../sandbox';
import { seededRandom } from '../../sandbox/random';
import { drawTaskTime, parseTaskTime, type TaskTime } from '../../sandbox/tasks/taskTime';
import { unfinishedWays } from '../../sandbox/tasks/unfinished';
import { anyFile, NO_TASK, sandboxForFile } from './support/client';

const client = sandboxForFile();
afterEach(() => client.sandbox.set({ taskTime: 0, unfinished: 'pending', unknownTask: 'notFound' }));

async function submit(): Promise<string> {
	const fields = { image: anyFile(), uuid: scenarioUuid('pass') };
	return (await client.submit('authenticate_face', fields)).json.id;
}

const id = expect.any(Number);
const early: Record<Unfinished, [number, unknown]> = {
	pending: [200, { id, status: 'PENDING', result: null }],
	started: [200, { id, status: 'STARTED', result: null }],
	retry: [200, { id, status: 'RETRY', result: null }],
	invented: [200, { id, status: 'PROGRESS', result: { percent: 40 } }],
	notFound: [404, { detail: 'Not found.' }],
	empty: [200, {}],
	null: [200, null],
	list: [200, []],
};

it.each(unfinishedWays)('an unfinished task answers as set: %s', async (unfinished) => {
	client.sandbox.set({ unfinished, taskTime: 3_600_000 });
	const { status, json } = await client.look(await submit());
	expect([status, json]).toEqual(early[unfinished]);
});

it('finishes after the task time, and says when', async () => {
	client.sandbox.set({ taskTime: { fixed: 200 } });
	const taskId = await submit();
	expect(client.sandbox.tasks.at(-1)).not.toHaveProperty('finishedAt');
	const { json } = await client.finished(taskId);
	expect(json.result.data.authentication.result).toBe(true);
	const task = client.sandbox.tasks.at(-1)!;
	expect(task.finishedAt! - task.submittedAt).toBe(200);
	expect(task.polls).toBeGreaterThan(1);
});

it('an unknown ID is PENDING forever if set', async () => {
	client.sandbox.set({ unknownTask: 'pending' });
	const { status, json } = await client.look(NO_TASK);
	expect([status, json]).toEqual([200, { id: null, status: 'PENDING', result: null }]);
});

describe('task times', () => {
	it.each<[string, TaskTime, number]>([
		['300', { fixed: 300 }, 300],
		['200-900', { uniform: { min: 200, max: 900 } }, 550],
		['lognormal:800,0.5', { lognormal: { median: 800, sigma: 0.5 } }, 800],
		['exponential:500', { exponential: { mean: 500 } }, 500 * Math.LN2],
	])('%s is read from a command line, and drawn with its median', (text, time, median) => {
		expect(parseTaskTime(text)).toEqual(time);
		const random = seededRandom(1);
		const drawn = Array.from({ length: 4000 }, () => drawTaskTime(time, random)).sort((a, b) => a - b);
		expect(Math.abs(drawn[2000]! - median)).toBeLessThanOrEqual(median * 0.05);
	});
});
