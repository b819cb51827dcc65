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
	['constant 0.3 s', constant(300), { lag: 0.25, polls: 2.5 }],
	['constant 40 s', constant(40_000), { lag: 0.1, polls: 5.5 }],
	['1 s or 8 s', bimodal, { lag: 0.2, polls: 4 }],
])('120 faces, 10 at a time, %s: few polls and little lag', (_, taskTime, most) => {
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

	test('2.5 polls a face with 10 % lag are beyond any schedule, even one that knows the distribution', () => {
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

	test.each([1_000, 2_000, 3_000, 5_000, 8_000, 10_000])('a task of %d ms takes at most 8 polls', (ms) => {
		expect(Math.max(...singles(constant(ms)).map(({ mostPolls }) => mostPolls))).toBeLessThanOrEqual(8);
	});

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
	test.each([
		[2_000, 1.7],
		[10_000, 2.4],
	])('tasks that all take %d ms', (ms, polls) => {
		const outcomes = executions(constant(ms), everyMs);
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(polls);
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
		['ten times longer', 500, 5_000, { lag: 0.13, polls: 5 }],
		['ten times shorter', 5_000, 500, { lag: 1.3, polls: 2 }],
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

describe("nobody waits for a stranger's slow task", () => {
	/** A history of tasks of these times (ms), found at once or late, that all ended `agoMs` before the next one starts. */
	const historyOf = (times: number[], isFoundLate: boolean, agoMs: number) => {
		const history = new TaskHistory();
		for (const ms of times) history.add([isFoundLate ? 0 : 0.98 * ms, ms], -agoMs);
		return history;
	};
	const times = (count: number, ms: number) => new Array<number>(count).fill(ms);
	const single = (ms: number, history: TaskHistory, seed: number) =>
		simulate({ taskTime: constant(ms), faces: 1, concurrency: 'singles', seed, history, timeoutMs: 1e9 });

	test.each([0, 1, 2, 3, 4, 5])(
		'a task of 0.3 s after %d of 20 s, or of 50 minutes, is answered within 2 s',
		(count) => {
			for (const seed of SEEDS)
				for (const ms of [20_000, 3_000_000])
					for (const late of [true, false])
						expect(single(300, historyOf(times(count, ms), late, 0), seed).wallMs).toBeLessThanOrEqual(2_000);
		},
	);

	test.each<[string, number[]]>([
		['one slow task', [3_000_000]],
		['one slow task among quick ones', [...times(40, 300), 100_000]],
		['a hundred of 100 s', times(100, 100_000)],
		['two hundred of 100 s', times(200, 100_000)],
		['slow ones, then quick ones', [...times(150, 100_000), ...times(50, 300)]],
		['quick ones, then slow ones', [...times(150, 300), ...times(50, 100_000)]],
		['slow and quick ones in turn', Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 100_000 : 300))],
		['tasks of 4.9 s and 9.9 s', Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 4_900 : 9_900))],
	])('after %s, a task of t s is answered within 10 s or 2 t, and so are those after it', (_, before) => {
		for (const ms of [300, 2_000, 4_850, 5_050, 9_450, 9_900, 20_000, 100_000])
			for (const agoMs of [0, 60_001]) {
				const history = historyOf(before, false, agoMs);
				const work: Work = { taskTime: constant(ms), faces: 8, concurrency: 'singles', seed: ms, history };
				expect(simulate({ ...work, timeoutMs: 1e9 }).waitBesidePromise).toBeLessThanOrEqual(1);
			}
	});

	test('two hundred tasks of 100 s a while ago: tasks of 2 s are found with a third of lag after ten of them', () => {
		const outcomes = SEEDS.map((seed) => {
			const history = historyOf(times(200, 100_000), false, 60_001);
			return simulate({
				taskTime: constant(2_000),
				faces: 30,
				concurrency: 'singles',
				seed,
				history,
				warmUp: 10,
			});
		});
		expect(meanOf(outcomes, 'lag')).toBeLessThanOrEqual(0.33);
	});
});

test('six checks a day: the eighteenth is polled as if they had come within a minute, and costs a tenth more than a late one', () => {
	const taskTime = lognormalOf(3_000, 0.4);
	const seeds = Array.from({ length: 300 }, (_, seed) => seed);
	const after17 = (everyMs: number) =>
		seeds.map((seed) => simulate({ taskTime, faces: 18, concurrency: 'singles', everyMs, seed, warmUp: 17 }));
	const [aDay, aMinute] = [after17(4 * 3_600_000), after17(1_000)];
	for (const figure of ['polls', 'lagOfEach'] as const) {
		expect(meanOf(aDay, figure)).toBeLessThanOrEqual(1.1 * meanOf(aMinute, figure));
		expect(meanOf(aDay, figure)).toBeGreaterThanOrEqual(0.9 * meanOf(aMinute, figure));
	}
	const costOfEach = (outcomes: Outcome[]) =>
		meanOf(outcomes, 'polls') + WEIGHT * meanOf(outcomes, 'lagOfEach');
	expect(costOfEach(aDay)).toBeLessThanOrEqual(1.1 * costOfEach(executions(taskTime, 1_000)));
});

describe('200 faces, median 2 s, sigma 0.5', () => {
	const all = (concurrency: number) =>
		Array.from({ length: 20 }, (_, seed) => simulate({ taskTime: lognormal, faces: 200, concurrency, seed }));

	test('all at once: at most 1.2 times the longest task, 4.5 polls a face', () => {
		const outcomes = all(200);
		expect(meanOf(outcomes, 'wallMs')).toBeLessThanOrEqual(1.2 * meanOf(outcomes, 'longestMs'));
		expect(meanOf(outcomes, 'polls')).toBeLessThanOrEqual(4.5);
	});

	test('20 at a time: at most 1.28 times the limit', () => {
		const outcomes = all(20);
		expect(meanOf(outcomes, 'wallMs')).toBeLessThanOrEqual(1.28 * meanOf(outcomes, 'limitMs'));
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
	expect(lag).toBeLessThanOrEqual(0.12);
	expect(polls).toBeLessThanOrEqual(4);
});

test('tasks that never end are asked about until the deadline, and cost no more than that', () => {
	const { late } = simulate({ taskTime: constant(1e9), faces: 20, concurrency: 10, seed: 1 });
	expect(late).toBe(20);
});
