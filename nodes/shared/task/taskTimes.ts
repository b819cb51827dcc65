/*
 * Plans polls in two steps. First, a histogram of task times on a logarithmic scale: each earlier task was unfinished at one poll
 * and finished at the next, and an interval of several steps is shared among them as the other intervals suggest. A running task
 * was unfinished at its last poll: its interval has no end, and the last count of the histogram is of tasks that outlast its
 * scale. Then, dynamic programming from the scale's end backwards: it finds the cheapest series of polls from each step on. Each
 * poll has a price, and so has each ms between a task's end and the poll that finds it.
 */

/** The interval in which a task finished, in ms from its start: after `afterMs` (0: not polled before), by `byMs`. */
export type CompletionInterval = readonly [afterMs: number, byMs: number];

const MIN_TASKS = 6;
const STEPS = 32;
const ROUNDS = 3;
/** A task counts half as much as a task this many tasks later. */
const HALVED_AFTER = 60;
/** A poll is worth it if it saves this part of the usual task time on average. */
const POLL_PRICE = 0.03;
const RECENT_TASKS = 15;
/** A running task is taken to end when it has lasted this many times as long. */
const RUNNING_FACTOR = 2;
/** The minimum gap, even if task times are well known. */
export const MIN_GAP_MS = 50;

/** Returns when to poll a task next that was unfinished at `elapsedMs`; undefined if it outlasts all others. In ms from its start. */
export type PollPlan = (elapsedMs: number) => number | undefined;

/**
 * Plans polls by earlier tasks, the latest one last, and by the last "not yet" of each running one, in ms from its start. Returns
 * undefined if there are too few earlier ones.
 */
export function planPolls(
	tasks: readonly CompletionInterval[],
	runningMs: readonly number[] = [],
): PollPlan | undefined {
	if (tasks.length < MIN_TASKS) return undefined;
	const ends = tasks.map(([, by]) => by);
	const longest = Math.max(...ends);
	const estimates = runningMs.map((ms) => RUNNING_FACTOR * Math.min(ms, longest));
	const usual = median([...ends.slice(-RECENT_TASKS), ...estimates]);
	const end = Math.min(longest, 20 * usual);
	const start = Math.max(Math.min(...ends) / 8, end / 400);
	const grid = Array.from({ length: STEPS + 1 }, (_, i) => start * (end / start) ** (i / STEPS));
	const counts = histogram(tasks, runningMs, grid);
	const next = cheapestPolls(grid, counts, usual * POLL_PRICE);
	return (elapsedMs) => {
		const later = grid.findIndex((time) => time >= elapsedMs + MIN_GAP_MS);
		return later === -1 ? undefined : grid[next[Math.max(later - 1, 0)]!];
	};
}

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/** Returns how many tasks end in each step of the grid, and after the last one. A running task counts as much as the latest. */
function histogram(
	tasks: readonly CompletionInterval[],
	runningMs: readonly number[],
	grid: readonly number[],
): number[] {
	const intervals = [...tasks, ...runningMs.map((ms): CompletionInterval => [ms, Infinity])];
	let counts = new Array<number>(STEPS + 1).fill(1);
	const steps = [...counts.keys()];
	const stepEnds = [...grid.slice(1), Infinity];
	const spans = intervals.map(([after, by]) => steps.filter((i) => grid[i]! < by && stepEnds[i]! > after));
	for (let round = 0; round < ROUNDS; round++) {
		const shared = new Array<number>(STEPS + 1).fill(0);
		for (const [task, span] of spans.entries()) {
			const weight = 2 ** (Math.min(task, tasks.length) / HALVED_AFTER);
			const total = span.reduce((sum, i) => sum + counts[i]!, 0);
			for (const i of span) shared[i]! += (weight * counts[i]!) / total;
		}
		counts = shared;
	}
	return counts;
}

/** Returns for each step of the grid the later step at which to poll next. */
function cheapestPolls(grid: readonly number[], counts: readonly number[], price: number): number[] {
	const cost = new Array<number>(STEPS + 1).fill(0);
	const next = new Array<number>(STEPS).fill(STEPS);
	let unfinished = counts[STEPS]!;
	for (let from = STEPS - 1; from >= 0; from--) {
		unfinished += counts[from]!;
		cost[from] = Infinity;
		let found = 0;
		let lag = 0;
		for (let to = from + 1; to <= STEPS; to++) {
			lag += (found + counts[to - 1]! / 2) * (grid[to]! - grid[to - 1]!);
			found += counts[to - 1]!;
			const total = price * unfinished + lag + cost[to]!;
			const isTooSoon = to < STEPS && grid[to]! - grid[from]! < MIN_GAP_MS;
			if (!isTooSoon && total < cost[from]!) [cost[from], next[from]] = [total, to];
		}
	}
	return next;
}
