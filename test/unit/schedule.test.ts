import { nextPollMs, reserveMs, type PollSituation } from '../../nodes/shared/task/schedule';
import { planPolls, type CompletionInterval } from '../../nodes/shared/task/taskTimes';

/** A situation, with what the plan is made of in place of the plan. */
type Known = Partial<PollSituation> & { completions?: CompletionInterval[] };

const situation = ({ completions = [], ...known }: Known = {}): PollSituation => ({
	elapsedMs: 0,
	polls: 0,
	troubles: 0,
	remainingMs: 118_000,
	retryAfterMs: undefined,
	plan: planPolls(completions),
	recentMs: Infinity,
	isInBatch: true,
	isProbe: false,
	random: 0,
	...known,
});

const wait = (known: Known = {}): number => nextPollMs(situation(known))!;

/** The moments at which a task that does not end is asked about, in ms; an answer takes 20 ms. */
function series(known: Known, timeoutMs: number): number[] {
	const moments: number[] = [];
	for (let elapsedMs = 0; ; elapsedMs += 20) {
		const remainingMs = timeoutMs - elapsedMs;
		const next = nextPollMs(situation({ ...known, elapsedMs, polls: moments.length, remainingMs }));
		if (next === undefined) return moments;
		moments.push((elapsedMs += next));
	}
}

const gaps = (moments: number[]) => moments.slice(1).map((moment, i) => moment - moments[i]!);

/** Tasks that all took between `ms` less a fiftieth and `ms`. */
const learned = (count: number, ms: number): CompletionInterval[] =>
	Array.from({ length: count }, () => [ms * 0.98, ms]);

describe('for a task alone', () => {
	test.each([
		[0, 850, 1_300],
		[1, 1_020, 1_392],
	])('random %d: the first question comes after %d ms, the second at %d ms', (random, first, second) => {
		const [one, two] = series({ random, isInBatch: false }, 60_000);
		expect(one).toBeCloseTo(first);
		expect(two).toBeGreaterThanOrEqual(second - 1);
		expect(two).toBeLessThanOrEqual(second + 20);
	});

	test('the first question leaves time for another, however short the timeout', () => {
		expect(wait({ isInBatch: false, remainingMs: 900 })).toBe(450);
	});

	test('what earlier executions taught counts for it as for a batch', () => {
		const completions = learned(5, 2_000);
		expect(wait({ isInBatch: false, completions })).toBe(wait({ completions }));
	});
});

describe('while nothing is known', () => {
	test.each([
		[0, 300],
		[0.5, 420],
		[1, 540],
	])('random %d: the first question comes early, after %d ms', (random, ms) => {
		expect(wait({ random })).toBeCloseTo(ms);
	});

	test.each([0, 1])('random %d: then the steps grow, from half a second to a few seconds', (random) => {
		const steps = gaps(series({ random }, 60_000)).slice(0, -1);
		expect(steps[0]).toBeGreaterThanOrEqual(480);
		expect(steps[0]).toBeLessThanOrEqual(740);
		for (const [i, step] of steps.slice(2).entries())
			expect(step).toBeGreaterThanOrEqual(steps[i + 1]! - 1e-6);
		expect(Math.max(...steps)).toBeLessThanOrEqual(5_000 * 1.05 + 20 + 1e-6);
		expect(steps.at(-1)).toBeGreaterThan(4_900);
	});

	test('jitter makes a later question up to a twentieth later, never earlier', () => {
		const known = { elapsedMs: 4_000, polls: 5 };
		expect(wait({ ...known, random: 0.5 }) / wait(known)).toBeCloseTo(1.025);
		expect(wait({ ...known, random: 1 }) / wait(known)).toBeCloseTo(1.05);
	});
});

describe('the deadline', () => {
	test.each([1_000, 2_500, 10_000, 61_234])('the last question falls on it: %d ms', (timeoutMs) => {
		const moments = series({ random: 0.5 }, timeoutMs);
		expect(moments.at(-1)).toBeCloseTo(timeoutMs, 6);
		expect(Math.min(...gaps(moments), Infinity)).toBeGreaterThanOrEqual(50);
	});

	test.each([0, -1, -1e9, NaN, -Infinity])('%d ms are no room for a question', (remainingMs) => {
		expect(nextPollMs(situation({ remainingMs }))).toBeUndefined();
	});

	test('a wait that would end just before it ends on it', () => {
		const known = { elapsedMs: 1_000, polls: 1 };
		expect(wait({ ...known, remainingMs: 390 })).toBe(390);
		expect(wait({ ...known, remainingMs: 410 })).toBeCloseTo(350);
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
		['a shorter one changes nothing', 10, 60_000, 300],
		['one beyond the deadline is cut off there', 90_000, 60_000, 60_000],
		['one that ends just before the deadline is waited for', 59_000, 60_000, 59_000],
		['nonsense is ignored', NaN, 60_000, 300],
		['nonsense is ignored', -5_000, 60_000, 300],
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
])('after %d troubles in a row the wait is at least %d ms', (troubles, ms) => {
	expect(wait({ troubles, elapsedMs: 500, polls: troubles })).toBe(ms);
	expect(wait({ troubles, elapsedMs: 500, polls: troubles, completions: learned(20, 600) })).toBe(ms);
});

describe('once tasks of this run have ended', () => {
	test.each([300, 2_000, 40_000, 600_000])('the first question is aimed at their time, %d ms', (ms) => {
		const first = wait({ completions: learned(20, ms), remainingMs: 3_600_000 });
		expect(first).toBeGreaterThanOrEqual(ms * 0.98);
		expect(first).toBeLessThanOrEqual(ms * 1.02);
	});

	test('jitter makes an aimed question up to a fiftieth later, never earlier', () => {
		const completions = learned(20, 2_000);
		expect(wait({ completions, random: 1 }) / wait({ completions })).toBeCloseTo(1.02);
	});

	test('with two usual times, both are aimed at', () => {
		const completions = [...learned(50, 1_000), ...learned(50, 8_000)];
		const [first, second] = series({ completions }, 60_000);
		expect(first).toBeGreaterThanOrEqual(980);
		expect(first).toBeLessThanOrEqual(1_100);
		const afterFirst = series({ completions }, 60_000).filter((moment) => moment > 1_200 && moment < 7_500);
		expect(afterFirst.length).toBeLessThanOrEqual(1);
		expect(second).toBeGreaterThan(1_000);
	});

	test('intervals are narrowed down: what ended by 1 s and what was unfinished at 0.9 s are the same time', () => {
		const completions: CompletionInterval[] = [
			...Array.from({ length: 20 }, (): CompletionInterval => [0, 1_000]),
			...Array.from({ length: 20 }, (): CompletionInterval => [900, 1_400]),
		];
		const first = wait({ completions });
		expect(first).toBeGreaterThan(900);
		expect(first).toBeLessThanOrEqual(1_050);
	});

	test('a task that outlasts them all is asked about in steps that grow', () => {
		const completions = learned(20, 300);
		const steps = gaps(series({ completions }, 30_000)).slice(1, -1);
		expect(steps[0]).toBeLessThanOrEqual(200);
		expect(steps.at(-1)).toBeGreaterThan(2_000);
		expect(steps.length).toBeLessThanOrEqual(16);
	});

	test.each([
		['some that took for ever', [9e15, 9e15, 9e15]],
		['one that took no time', [1]],
		['what is not a number', [NaN, Infinity, -1, -Infinity, 0]],
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
		['is as long as a recent task suggests', 40_000, 39_200],
		['is not longer than a recent task took', 20_000, 20_000],
		['is never planned where no recent task took as long', 3_000, 5_000],
		['is never planned where no task is recent', 0, 5_000],
	])('%s', (_, recentMs, ms) => {
		expect(wait({ completions, recentMs }) / ms).toBeCloseTo(1, 1);
	});

	test('is counted from now, not from the start', () => {
		expect(wait({ completions, recentMs: 0, elapsedMs: 10_000 })).toBeCloseTo(5_000);
	});
});

describe('a probe', () => {
	const probe = { completions: learned(20, 2_000), isProbe: true };

	test.each([
		[0, 0.5],
		[1, 0.9 * 1.02],
	])('random %d: is polled after %d of the planned gap', (random, part) => {
		expect(wait({ ...probe, random }) / wait({ completions: probe.completions })).toBeCloseTo(part);
	});

	test('is polled as any other task once it was polled early', () => {
		const known = { elapsedMs: 1_000, polls: 1 };
		expect(wait({ ...probe, ...known })).toBe(wait({ completions: probe.completions, ...known }));
	});
});
