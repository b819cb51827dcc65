import { seededRandom } from '../../sandbox/random';
import { drawTaskTime } from '../../sandbox/tasks/taskTime';
import { leastCost } from './bestSchedule';
import { simulate, type Batch, type Outcome, type TaskTime } from './pollSimulation';

const SEEDS = [1, 2, 3, 4, 5, 6];

const constant =
	(ms: number): TaskTime =>
	() =>
		ms;
const lognormal: TaskTime = (random) => drawTaskTime({ lognormal: { median: 2_000, sigma: 0.5 } }, random);
const bimodal: TaskTime = (random) => (random() < 0.5 ? 1_000 : 8_000);

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean over the seeds of one figure. */
const meanOf = (outcomes: Outcome[], figure: keyof Outcome) =>
	mean(outcomes.map((outcome) => outcome[figure]));

const batches = (taskTime: TaskTime, batch: Partial<Batch> = {}) =>
	SEEDS.map((seed) => simulate({ taskTime, faces: 200, concurrency: 10, seed, ...batch }));

test.each([
	['constant 0.3 s', constant(300), { lag: 0.1, polls: 2.5 }],
	['constant 40 s', constant(40_000), { lag: 0.1, polls: 2.5 }],
	['1 s or 8 s', bimodal, { lag: 0.2, polls: 4 }],
])('200 faces, 10 at a time, %s: few questions and little lag', (_, taskTime, most) => {
	const outcomes = batches(taskTime);
	expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(most.lag);
	expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(most.polls);
	expect(meanOf(outcomes, 'late')).toBe(0);
});

describe('200 faces, 10 at a time, lognormal, median 2 s, sigma 0.5', () => {
	const WEIGHT = 20;
	const random = seededRandom(1);
	const least = leastCost(
		Array.from({ length: 40_000 }, () => lognormal(random)),
		WEIGHT,
	);

	test('2.5 questions a face with 10 % lag are beyond any schedule, even one that knows the distribution', () => {
		expect(least).toBeGreaterThan(1.25 * (2.5 + WEIGHT * 0.1));
	});

	test('it costs at most a fifth more than the best schedule there is', () => {
		const outcomes = batches(lognormal);
		expect(meanOf(outcomes, 'polls') + WEIGHT * meanOf(outcomes, 'lag')).toBeLessThanOrEqual(1.2 * least);
		expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(0.16);
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(4);
	});
});

describe('a single face, when nothing is known', () => {
	const singles = (taskTime: TaskTime) =>
		Array.from({ length: 300 }, (_, seed) => simulate({ taskTime, faces: 1, concurrency: 1, seed }));

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
