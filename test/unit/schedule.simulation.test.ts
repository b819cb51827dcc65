import { TaskHistory } from '../../nodes/shared/task/taskHistory';
import { seededRandom } from '../../sandbox/random';
import { drawTaskTime } from '../../sandbox/tasks/taskTime';
import { IS_THOROUGH } from '../support/thorough';
import { leastCost } from './bestSchedule';
import { LAG_WEIGHT, simulate, type Outcome, type TaskTime, type Work } from './pollSimulation';

const SEEDS = [1, 2, 3];
const seeds = (count: number) => Array.from({ length: IS_THOROUGH ? count : count / 5 }, (_, seed) => seed);

const constant = (ms: number) => () => ms;
const lognormalOf = (median: number, sigma: number) => (random: () => number) =>
	drawTaskTime({ lognormal: { median, sigma } }, random);
const lognormal = lognormalOf(2_000, 0.5);
const bimodal: TaskTime = (random) => (random() < 0.5 ? 1_000 : 8_000);
/** Returns tasks that take `before` ms, and `after` ms from a face on. */
const changing = (face: number, before: number, after: number): TaskTime => {
	let faces = 0;
	return () => (faces++ < face ? before : after);
};

const mean = (outcomes: Outcome[], figure: keyof Outcome) =>
	outcomes.reduce((sum, outcome) => sum + outcome[figure], 0) / outcomes.length;
const leastCostOf = (taskTime: TaskTime) => {
	const random = seededRandom(1);
	return leastCost(
		Array.from({ length: 40_000 }, () => taskTime(random)),
		LAG_WEIGHT,
	);
};

const batches = (taskTime: TaskTime, batch: Partial<Work> = {}, count = SEEDS) =>
	count.map((seed) => simulate({ taskTime, faces: 120, concurrency: 10, seed, ...batch }));
/** Simulates executions of one face each, of a process that knows nothing. */
const strangers = (taskTime: TaskTime) =>
	Array.from({ length: 300 }, (_, seed) => simulate({ taskTime, faces: 1, concurrency: 'singles', seed }));
/** Simulates executions of one face each after forty of them, on average `everyMs` apart; 0 is one after the other. */
const executions = (taskTime: TaskTime, everyMs: number) =>
	batches(taskTime, { concurrency: 'singles', everyMs, warmUp: 40 });
const afterChange = (before: number, after: number) =>
	[...SEEDS, 4, 5].map((seed) =>
		simulate({
			taskTime: changing(50, before, after),
			faces: 75,
			concurrency: 'singles',
			seed,
			warmUp: 60,
		}),
	);

type Row = [string, () => Outcome[], Partial<Outcome>];
test.each<Row>([
	['10 at a time, constant 0.3 s', () => batches(constant(300)), { lag: 0.5, polls: 2.5, late: 0 }],
	['10 at a time, constant 40 s', () => batches(constant(40_000)), { lag: 0.1, polls: 5.5, late: 0 }],
	['10 at a time, 1 s or 8 s', () => batches(bimodal), { lag: 0.2, polls: 4, late: 0 }],
	[
		'10 at a time, lognormal: a fifth above the best schedule there is',
		() => batches(lognormal),
		{ cost: 1.2 * leastCostOf(lognormal), lag: 0.16, polls: 4 },
	],
	...[1_000, 2_000, 3_000, 5_000, 8_000, 10_000].map(
		(ms): Row => [`alone, knowing nothing, ${ms} ms`, () => strangers(constant(ms)), { mostPolls: 8 }],
	),
	['alone, knowing nothing, lognormal', () => strangers(lognormal), { lag: 0.2 }],
	['alone, knowing nothing, 1 s or 8 s', () => strangers(bimodal), { lag: 0.2 }],
	['alone, knowing nothing, 40 s', () => strangers(constant(40_000)), { lag: 0.1 }],
	...[0, 1_000].flatMap((everyMs): Row[] => [
		[
			`alone, every ${everyMs} ms, 2 s`,
			() => executions(constant(2_000), everyMs),
			{ polls: 1.7, lag: 0.05 },
		],
		[
			`alone, every ${everyMs} ms, 10 s`,
			() => executions(constant(10_000), everyMs),
			{ polls: 2.4, lag: 0.05 },
		],
		...[lognormalOf(3_000, 0.4), lognormalOf(10_000, 0.3)].map(
			(taskTime, i): Row => [
				`alone, every ${everyMs} ms, lognormal ${i}: an eighth above the best schedule there is`,
				() => executions(taskTime, everyMs),
				{ cost: 1.12 * leastCostOf(taskTime), polls: 3.6, lag: 0.15 },
			],
		),
	]),
	['from 0.5 s to 5 s, ten later', () => afterChange(500, 5_000), { lag: 0.13, polls: 5 }],
	['from 5 s to 0.5 s, ten later', () => afterChange(5_000, 500), { lag: 1.3, polls: 2 }],
	['from 3 s to 2 s, ten later', () => afterChange(3_000, 2_000), { lag: 0.15, polls: 2.5 }],
	['from 60 s to 2 s, ten later', () => afterChange(60_000, 2_000), { lag: 0.3, polls: 2 }],
	[
		'from 0.5 s to 5 s in the middle of a batch',
		() => batches(changing(100, 500, 5_000), { faces: 200 }, [1]),
		{ late: 0, lag: 0.13, polls: 4 },
	],
	...[0, 8, 12].map(
		(uploadEveryMs): Row => [
			`200 at a time, one more every ${uploadEveryMs} ms`,
			() => batches(lognormal, { faces: 200, concurrency: 200, uploadEveryMs }, seeds(20)),
			{ wallByLongest: 1.3, polls: 4.5 },
		],
	),
	[
		'200 faces, 20 at a time',
		() => batches(lognormal, { faces: 200, concurrency: 20 }, seeds(20)),
		{ wallByLimit: 1.28 },
	],
])('%s', (_, play, most) => {
	const outcomes = play();
	for (const [figure, limit] of Object.entries(most) as Array<[keyof Outcome, number]>)
		expect([figure, mean(outcomes, figure) <= limit || mean(outcomes, figure)]).toEqual([figure, true]);
});

describe("a stranger's slow task delays no one", () => {
	/** Returns a history of tasks of these times (ms), found at once or late, that all ended `agoMs` before the next one starts. */
	const historyOf = (times: number[], isFoundLate: boolean, agoMs: number) => {
		const history = new TaskHistory();
		for (const ms of times) history.add([isFoundLate ? 0 : 0.98 * ms, ms], -agoMs);
		return history;
	};
	const times = (count: number, ms: number) => new Array<number>(count).fill(ms);
	const singles = (ms: number, history: TaskHistory, seed: number, work: Partial<Work>) =>
		simulate({ taskTime: constant(ms), faces: 1, concurrency: 'singles', seed, history, ...work });

	test.each([0, 1, 2, 3, 4, 5])(
		'a task of 0.3 s after %d of 20 s, or of 50 minutes, is answered within 2 s',
		(count) => {
			for (const seed of SEEDS)
				for (const ms of [20_000, 3_000_000])
					for (const late of [true, false]) {
						const history = historyOf(times(count, ms), late, 0);
						expect(singles(300, history, seed, { timeoutMs: 1e9 }).wallMs).toBeLessThanOrEqual(2_000);
					}
		},
	);

	const inTurn = (one: number, other: number) =>
		Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? one : other));
	test.each<[string, number[]]>([
		['one slow task', [3_000_000]],
		['one slow task among quick ones', [...times(40, 300), 100_000]],
		['a hundred of 100 s', times(100, 100_000)],
		['two hundred of 100 s', times(200, 100_000)],
		['slow ones, then quick ones', [...times(150, 100_000), ...times(50, 300)]],
		['quick ones, then slow ones', [...times(150, 300), ...times(50, 100_000)]],
		['slow and quick ones in turn', inTurn(100_000, 300)],
		['tasks of 4.9 s and 9.9 s', inTurn(4_900, 9_900)],
	])(
		'after %s, with or without 200 beside it that do not end, a task of t s is answered within 10 s or 2 t, and so are those after it',
		(_, before) => {
			for (const ms of [300, 4_850, 9_450, 100_000, ...(IS_THOROUGH ? [2_000, 5_050, 9_900, 20_000] : [])])
				for (const agoMs of [0, 60_001])
					for (const running of [0, 200]) {
						const history = historyOf(before, false, agoMs);
						history.running += running;
						const { waitBesidePromise } = singles(ms, history, ms, { faces: 8, timeoutMs: 1e9 });
						expect(waitBesidePromise).toBeLessThanOrEqual(1);
					}
		},
	);

	test('two hundred tasks of 100 s a while ago: tasks of 2 s are found with a third of lag after ten of them', () => {
		const outcomes = SEEDS.map((seed) =>
			singles(2_000, historyOf(times(200, 100_000), false, 60_001), seed, { faces: 30, warmUp: 10 }),
		);
		expect(mean(outcomes, 'lag')).toBeLessThanOrEqual(0.33);
	});
});

test('six checks a day: the eighteenth is polled as if they had come within a minute, and costs a tenth more than a late one', () => {
	const taskTime = lognormalOf(3_000, 0.4);
	const after17 = (everyMs: number) =>
		batches(taskTime, { faces: 18, concurrency: 'singles', everyMs, warmUp: 17 }, seeds(300));
	const [aDay, aMinute] = [after17(4 * 3_600_000), after17(1_000)];
	for (const figure of ['polls', 'lagOfEach'] as const)
		expect(Math.abs(mean(aDay, figure) / mean(aMinute, figure) - 1)).toBeLessThanOrEqual(0.1);
	const cost = (outcomes: Outcome[]) => mean(outcomes, 'polls') + LAG_WEIGHT * mean(outcomes, 'lagOfEach');
	expect(cost(aDay)).toBeLessThanOrEqual(1.1 * cost(executions(taskTime, 0)));
});
