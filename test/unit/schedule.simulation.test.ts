import { seededRandom } from '../../sandbox/random';
import { drawTaskTime } from '../../sandbox/tasks/taskTime';
import { TaskHistory } from '../../nodes/shared/task/taskHistory';
import { leastCost } from './bestSchedule';
import { simulate, type Outcome, type TaskTime, type Work } from './pollSimulation';

const SEEDS = [1, 2, 3];

const constant =
	(ms: number): TaskTime =>
	() =>
		ms;
const lognormalOf =
	(median: number, sigma: number): TaskTime =>
	(random) =>
		drawTaskTime({ lognormal: { median, sigma } }, random);
const lognormal = lognormalOf(2_000, 0.5);
const bimodal: TaskTime = (random) => (random() < 0.5 ? 1_000 : 8_000);

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean over the seeds of one figure. */
const meanOf = (outcomes: Outcome[], figure: keyof Outcome) =>
	mean(outcomes.map((outcome) => outcome[figure]));

const batches = (taskTime: TaskTime, batch: Partial<Work> = {}) =>
	SEEDS.map((seed) => simulate({ taskTime, faces: 120, concurrency: 10, seed, ...batch }));

test.each([
	['constant 0.3 s', constant(300), { lag: 0.15, polls: 2.5 }],
	['constant 40 s', constant(40_000), { lag: 0.1, polls: 2.5 }],
	['1 s or 8 s', bimodal, { lag: 0.2, polls: 4 }],
])('120 faces, 10 at a time, %s: few questions and little lag', (_, taskTime, most) => {
	const outcomes = batches(taskTime);
	expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(most.lag);
	expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(most.polls);
	expect(meanOf(outcomes, 'late')).toBe(0);
});

const WEIGHT = 20;
const cost = (outcomes: Outcome[]) => meanOf(outcomes, 'polls') + WEIGHT * meanOf(outcomes, 'lag');
const leastCostOf = (taskTime: TaskTime) => {
	const random = seededRandom(1);
	return leastCost(
		Array.from({ length: 40_000 }, () => taskTime(random)),
		WEIGHT,
	);
};

describe('120 faces, 10 at a time, lognormal, median 2 s, sigma 0.5', () => {
	const least = leastCostOf(lognormal);

	test('2.5 questions a face with 10 % lag are beyond any schedule, even one that knows the distribution', () => {
		expect(least).toBeGreaterThan(1.25 * (2.5 + WEIGHT * 0.1));
	});

	test('it costs at most a fifth more than the best schedule there is', () => {
		const outcomes = batches(lognormal);
		expect(cost(outcomes)).toBeLessThanOrEqual(1.2 * least);
		expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(0.16);
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(4);
	});
});

describe('a single face, when nothing is known', () => {
	const singles = (taskTime: TaskTime) =>
		Array.from({ length: 300 }, (_, seed) => simulate({ taskTime, faces: 1, concurrency: 'singles', seed }));

	test.each([1_000, 2_000, 3_000, 5_000, 8_000, 10_000])(
		'a task of %d ms takes at most 8 questions',
		(ms) => {
			expect(Math.max(...singles(constant(ms)).map(({ mostPolls }) => mostPolls))).toBeLessThanOrEqual(8);
		},
	);

	test('the lag is at most a fifth of the task time', () => {
		expect(meanOf(singles(lognormal), 'lag')).toBeLessThanOrEqual(0.2);
		expect(meanOf(singles(bimodal), 'lag')).toBeLessThanOrEqual(0.2);
		expect(meanOf(singles(constant(40_000)), 'lag')).toBeLessThanOrEqual(0.1);
	});
});

/** Executions of one face each, after forty of them: one after the other, or about one a second. */
const executions = (taskTime: TaskTime, everyMs: number) =>
	SEEDS.map((seed) => simulate({ taskTime, faces: 120, concurrency: 'singles', everyMs, seed, warmUp: 40 }));

describe.each([
	['one after the other', 0],
	['about one a second', 1_000],
])('a single face of a process that has seen forty, %s', (_, everyMs) => {
	test.each([2_000, 10_000])('tasks that all take %d ms', (ms) => {
		const outcomes = executions(constant(ms), everyMs);
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(1.5);
		expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(0.05);
	});

	test.each([
		[3_000, 0.4, 3.6],
		[10_000, 0.3, 3.6],
	])('lognormal tasks, median %d ms, sigma %d: near the best schedule there is', (median, sigma, polls) => {
		const taskTime = lognormalOf(median, sigma);
		const outcomes = executions(taskTime, everyMs);
		expect(cost(outcomes)).toBeLessThanOrEqual(1.12 * leastCostOf(taskTime));
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(polls);
		expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(0.15);
	});
});

test('a batch that earlier executions informed polls its first faces as well as the later ones', () => {
	const [cold, warm] = [0, 40].map((before) =>
		SEEDS.map((seed) => {
			const history = new TaskHistory();
			if (before > 0) simulate({ taskTime: lognormal, faces: before, concurrency: 'singles', seed, history });
			return simulate({ taskTime: lognormal, faces: 20, concurrency: 20, seed, history });
		}),
	);
	expect(cost(warm!)).toBeLessThan(0.85 * cost(cold!));
});

describe('when tasks change after fifty executions, the schedule follows within ten', () => {
	test.each([
		['ten times longer', 500, 5_000, { lag: 0.1, polls: 5 }],
		['ten times shorter', 5_000, 500, { lag: 0.3, polls: 2 }],
		['a little shorter', 3_000, 2_000, { lag: 0.15, polls: 2.5 }],
		['from 60 s to 2 s', 60_000, 2_000, { lag: 0.3, polls: 2 }],
	])('%s', (_, before, after, most) => {
		const outcomes = [...SEEDS, 4, 5].map((seed) => {
			let faces = 0;
			const taskTime = () => (faces++ < 50 ? before : after);
			return simulate({ taskTime, faces: 75, concurrency: 'singles', seed, warmUp: 60 });
		});
		expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(most.lag);
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(most.polls);
	});
});

test('after slow tasks of more than a minute ago, a face of 2 s is found within 5 s', () => {
	const outcomes = SEEDS.map((seed) => {
		const history = new TaskHistory();
		for (let i = 0; i < 200; i++) history.add([40_000 + i * 100, 40_100 + i * 100], false, -60_001);
		return simulate({ taskTime: constant(2_000), faces: 1, concurrency: 'singles', seed, history });
	});
	expect(meanOf(outcomes, 'lag') * 2_000).toBeLessThanOrEqual(3_500);
});

test('when the service becomes ten times slower in mid-batch, the schedule follows', () => {
	let faces = 0;
	const { late, lag, polls } = simulate({
		taskTime: () => (faces++ < 100 ? 500 : 5_000),
		faces: 200,
		concurrency: 10,
		seed: 1,
	});
	expect(late).toBe(0);
	expect(lag).toBeLessThanOrEqual(0.1);
	expect(polls).toBeLessThanOrEqual(4);
});

test('tasks that never end are asked about until the deadline, and cost no more than that', () => {
	const { late } = simulate({ taskTime: constant(1e9), faces: 20, concurrency: 10, seed: 1 });
	expect(late).toBe(20);
});
