import { nextPollMs, reserveMs, type PollSituation } from '../../nodes/shared/task/schedule';
import { planPolls, type CompletionInterval } from '../../nodes/shared/task/taskTimes';

/** A situation, with what the plan is made of in place of the plan. */
type Known = Partial<PollSituation> & { completions?: CompletionInterval[] };

const situation = ({ completions = [], ...known }: Known = {}): PollSituation => ({
	elapsedMs: 0,
	polls: 0,
	failedPolls: 0,
	remainingMs: 118_000,
	retryAfterMs: undefined,
	plan: planPolls(completions),
	recentMs: Infinity,
	lastGapMs: 0,
	random: 0,
	...known,
});

const wait = (known: Known = {}): number => nextPollMs(situation(known))!;

/** Returns the moments at which a task that does not end is polled, in ms; an answer takes 20 ms. */
function series(known: Known, timeoutMs: number): number[] {
	const moments: number[] = [];
	let lastGapMs = 0;
	for (let elapsedMs = 0; ; elapsedMs += 20) {
		const remainingMs = timeoutMs - elapsedMs;
		const soFar = { elapsedMs, polls: moments.length, lastGapMs, remainingMs };
		const next = nextPollMs(situation({ ...known, ...soFar }));
		if (next === undefined) return moments;
		lastGapMs = next;
		moments.push((elapsedMs += next));
	}
}

const gaps = (moments: number[]) => moments.slice(1).map((moment, i) => moment - moments[i]!);

/** Returns tasks that all took between `ms` less a fiftieth and `ms`. */
const learned = (count: number, ms: number): CompletionInterval[] =>
	Array.from({ length: count }, () => [ms * 0.98, ms]);

describe('while nothing is known', () => {
	test.each([
		[0, 850, 1_300],
		[1, 1_023.06, 1_380],
	])(
		'random %d: polls at %d and %d ms, then in steps that grow to a few seconds',
		(random, first, second) => {
			const [one, two, ...later] = series({ random }, 60_000);
			expect(one).toBeCloseTo(first);
			expect(two).toBeGreaterThanOrEqual(second - 1);
			expect(two).toBeLessThanOrEqual(second + 20);
			const steps = gaps([two!, ...later]).slice(0, -1);
			for (const [i, step] of steps.slice(1).entries()) expect(step).toBeGreaterThanOrEqual(steps[i]! - 1e-6);
			expect(Math.max(...steps)).toBeLessThanOrEqual(5_000 * 1.02 + 20 + 1e-6);
			expect(steps.at(-1)).toBeGreaterThan(4_800);
		},
	);

	test('the first poll leaves time for a second, however short the timeout', () => {
		expect(wait({ remainingMs: 900 })).toBe(450);
	});

	test('jitter makes a poll up to a fiftieth later, never earlier, aimed or not', () => {
		for (const known of [{ elapsedMs: 4_000, polls: 5 }, { completions: learned(20, 2_000) }]) {
			expect(wait({ ...known, random: 1 }) / wait(known)).toBeCloseTo(1.02);
			expect(wait({ ...known, random: 0.5 }) / wait(known)).toBeCloseTo(1.01);
		}
	});

	test('five tasks are not enough to know', () => {
		expect(wait({ completions: learned(5, 2_000) })).toBe(wait());
		expect(wait({ completions: learned(6, 2_000) })).toBeGreaterThan(1_900);
	});
});

describe('the deadline', () => {
	test.each([1_000, 2_500, 10_000, 61_234])('the last poll falls on it: %d ms', (timeoutMs) => {
		const moments = series({ random: 0.5 }, timeoutMs);
		expect(moments.at(-1)).toBeCloseTo(timeoutMs, 6);
		expect(Math.min(...gaps(moments), Infinity)).toBeGreaterThanOrEqual(50);
	});

	test.each([0, -1, -1e9])('%d ms do not leave room for a poll', (remainingMs) => {
		expect(nextPollMs(situation({ remainingMs }))).toBeUndefined();
	});

	test('a wait that would end just before it ends on it', () => {
		const known = { elapsedMs: 1_000, polls: 1 };
		expect(wait({ ...known, remainingMs: 370 })).toBe(370);
		expect(wait({ ...known, remainingMs: 390 })).toBeCloseTo(330);
	});

	test.each([
		[120_000, 2_000],
		[20_000, 2_000],
		[10_000, 1_000],
		[1_000, 100],
	])('of a timeout of %d ms, %d ms are kept for the last answer', (timeoutMs, ms) => {
		expect(reserveMs(timeoutMs)).toBe(ms);
	});
});

describe('Retry-After', () => {
	test.each([
		['a longer one is waited for', 7_000, 60_000, 7_000],
		['a shorter one changes nothing', 10, 60_000, 850],
		['one beyond the deadline is cut off there', 90_000, 60_000, 60_000],
		['one that ends just before the deadline is waited for', 59_000, 60_000, 59_000],
		['one in the past changes nothing', -5_000, 60_000, 850],
	])('%s', (_, retryAfterMs, remainingMs, ms) => {
		expect(wait({ retryAfterMs, remainingMs })).toBeCloseTo(ms);
	});
});

test.each([
	[1, 1_000],
	[2, 2_000],
	[3, 4_000],
	[4, 5_000],
	[50, 5_000],
	[5_000, 5_000],
])('after %d failures in a row the wait is at least %d ms', (failedPolls, ms) => {
	expect(wait({ failedPolls, elapsedMs: 500, polls: failedPolls })).toBe(ms);
	expect(wait({ failedPolls, elapsedMs: 500, polls: failedPolls, completions: learned(20, 600) })).toBe(ms);
});

describe('once six tasks have ended', () => {
	test.each([300, 2_000, 8_000])('the first poll is aimed at their time, %d ms', (ms) => {
		const first = wait({ completions: learned(20, ms), remainingMs: 3_600_000 });
		expect(first).toBeGreaterThanOrEqual(ms * 0.97);
		expect(first).toBeLessThanOrEqual(ms * 1.02);
	});

	test('with two usual times, both are aimed at', () => {
		const completions = [...learned(50, 1_000), ...learned(50, 8_000)];
		const [first, second] = series({ completions }, 60_000);
		expect(first).toBeGreaterThanOrEqual(980);
		expect(first).toBeLessThanOrEqual(1_100);
		expect(second).toBeGreaterThan(1_000);
		const between = series({ completions }, 60_000).filter((moment) => moment > 1_200 && moment < 7_500);
		expect(between.length).toBeLessThanOrEqual(1);
	});

	test('intervals are narrowed down: what ended by 1 s and what was unfinished at 0.9 s are the same time', () => {
		const twenty = (interval: CompletionInterval) => new Array<CompletionInterval>(20).fill(interval);
		const completions = [...twenty([0, 1_000]), ...twenty([900, 1_400])];
		const early = series({ completions }, 60_000).filter((moment) => moment <= 1_050);
		expect(early.at(-1)).toBeGreaterThan(900);
		expect(early.length).toBeLessThanOrEqual(3);
	});

	test('a task that outlasts them all is polled in steps that grow', () => {
		const completions = learned(20, 300);
		const steps = gaps(series({ completions }, 30_000)).slice(1, -1);
		expect(steps[0]).toBeLessThanOrEqual(500);
		expect(steps.at(-1)).toBeGreaterThan(2_000);
		expect(steps.length).toBeLessThanOrEqual(20);
	});

	test.each([
		['some that took forever', [9e15, 9e15, 9e15]],
		['one that took no time', [50]],
	])('%s among forty do not lead it astray', (_, outliers) => {
		const completions = [...learned(40, 2_000), ...outliers.map((ms): CompletionInterval => [0, ms])];
		const moments = series({ completions }, 60_000);
		expect(moments.some((moment) => moment >= 1_960 && moment <= 2_300)).toBe(true);
		expect(moments.filter((moment) => moment <= 2_300).length).toBeLessThanOrEqual(3);
	});

	test('the usual time of the latest ones tells what a poll may cost', () => {
		const latest = [...learned(7, 4_000), ...learned(8, 2_000)];
		const first = wait({ completions: [...learned(185, 30_000), ...latest] });
		expect(first).toBeGreaterThan(1_960);
		expect(first).toBeLessThanOrEqual(2_300);
	});
});

describe('a gap above five seconds', () => {
	const completions = learned(20, 40_000);

	test.each([
		['is as long as recent tasks took', { recentMs: 8_000 }, 8_000],
		['is never above ten seconds, with time for the answer, for a first poll', { recentMs: 39_000 }, 9_500],
		['is not for a first poll if recent tasks did not take as long', { recentMs: 3_000 }, 5_000],
		['is not for a first poll if too few tasks are recent', { recentMs: 0 }, 5_000],
		[
			'is not for a second poll after a short first one',
			{ elapsedMs: 2_000, polls: 1, lastGapMs: 2_000 },
			5_000,
		],
		['is twice the gap before', { elapsedMs: 15_000, polls: 3, lastGapMs: 4_000 }, 8_000],
		['is shorter than the time already waited', { elapsedMs: 10_000, polls: 1, lastGapMs: 9_000 }, 9_000],
	])('%s', (_, known: Known, ms) => {
		expect(wait({ completions, random: 1, ...known })).toBeCloseTo(ms);
		expect(wait({ completions, random: 0, ...known })).toBeLessThanOrEqual(ms);
	});
});
