/*
 * Plans polls in two steps. First, a histogram of task times on a logarithmic scale: each earlier task was unfinished at one poll
 * and finished at the next, and an interval of several steps is shared among them as the other intervals suggest. Then, dynamic
 * programming from the histogram's end backwards: it finds the cheapest series of polls from each step on. Each poll has a price,
 * and so has each ms between a task's end and the poll that finds it.
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
/** The minimum gap, even if task times are well known. */
export const MIN_GAP_MS = 50;

/** Returns when to poll a task next that was unfinished at `elapsedMs`; undefined if it outlasts all others. In ms from its start. */
export type PollPlan = (elapsedMs: number) => number | undefined;

/** Plans polls by earlier tasks, the latest one last. Returns undefined if there are too few. */
export function planPolls(tasks: readonly CompletionInterval[]): PollPlan | undefined {
	if (tasks.length < MIN_TASKS) return undefined;
	const ends = tasks.map(([, by]) => by);
	const usual = ends.slice(-RECENT_TASKS).sort((a, b) => a - b)[Math.min(RECENT_TASKS, tasks.length) >> 1]!;
	const end = Math.min(Math.max(...ends), 20 * usual);
	const start = Math.max(Math.min(...ends) / 8, end / 400);
	const grid = Array.from({ length: STEPS + 1 }, (_, i) => start * (end / start) ** (i / STEPS));
	const next = cheapestPolls(grid, histogram(tasks, grid), usual * POLL_PRICE);
	return (elapsedMs) => {
		const later = grid.findIndex((time) => time >= elapsedMs + MIN_GAP_MS);
		return later === -1 ? undefined : grid[next[Math.max(later - 1, 0)]!];
	};
}

/** Returns how many tasks ended in each step of the grid. */
function histogram(tasks: readonly CompletionInterval[], grid: readonly number[]): number[] {
	let counts = new Array<number>(STEPS).fill(1);
	const steps = [...counts.keys()];
	const spans = tasks.map(([after, by]) => steps.filter((i) => grid[i]! < by && grid[i + 1]! > after));
	for (let round = 0; round < ROUNDS; round++) {
		const shared = new Array<number>(STEPS).fill(0);
		for (const [task, span] of spans.entries()) {
			const weight = 2 ** (task / HALVED_AFTER) / span.reduce((sum, i) => sum + counts[i]!, 0);
			for (const i of span) shared[i]! += counts[i]! * weight;
		}
		counts = shared;
	}
	return counts;
}

/** Returns for each step of the grid the later step at which to poll next. */
function cheapestPolls(grid: readonly number[], counts: readonly number[], price: number): number[] {
	const cost = new Array<number>(STEPS + 1).fill(0);
	const next = new Array<number>(STEPS).fill(STEPS);
	let unfinished = 0;
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
