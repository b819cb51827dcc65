/** When a task finished: still running at `afterMs` from its start (0: not polled before), finished by `byMs`. */
export type CompletionInterval = readonly [afterMs: number, byMs: number];

/** As many of the latest tasks tell the usual task time. */
const LATEST = 15;
/** The times between the shortest and the longest are told apart in this many steps of equal ratio. */
const STEPS = 64;
/** One more poll pays if it saves this part of the usual task time on average. */
const POLL_PRICE = 0.03;
/** The weight, in tasks, of what was never seen: any time is as likely as another. */
const DOUBT = 0.7;
/** Even a well-known task time is not polled faster than this. */
export const SHORTEST_GAP_MS = 50;
const ROUNDS = 20;
const SMOOTHING = 0.3;

/**
 * When to poll a task next that was unfinished at `elapsedMs`, in ms from its start: the first poll of the series that costs
 * least in polls and lateness together. Undefined where the task already takes longer than all others did.
 */
export type PollPlan = (elapsedMs: number) => number | undefined;

/** The plan that earlier tasks suggest, in the order in which they ended; undefined where they tell nothing. */
export function planPolls(learned: readonly CompletionInterval[]): PollPlan | undefined {
	const tasks = learned.filter(([after, by]) => after >= 0 && by >= 1 && by < Infinity);
	const usual = median(tasks.slice(-LATEST).map(([, by]) => by));
	if (usual === undefined) return undefined;
	const byTimes = tasks.map(([, by]) => by);
	const end = Math.min(Math.max(...byTimes), 20 * usual);
	const shortest = Math.max(Math.min(...tasks.map(([after]) => after)), Math.min(...byTimes) / 8, end / 400);
	const start = Math.min(shortest, end * 0.9);
	const grid = Array.from({ length: STEPS + 1 }, (_, i) => start * (end / start) ** (i / STEPS));
	const next = cheapestNext(grid, likelihoods(tasks, grid), usual * POLL_PRICE);
	return (elapsedMs) => {
		const from = grid.findIndex((time) => time >= elapsedMs + SHORTEST_GAP_MS);
		return from === -1 ? undefined : grid[next[Math.max(from - 1, 0)]!];
	};
}

/**
 * How likely a task ends in each step of the grid, given only intervals in which tasks ended: the self-consistent estimate
 * (Turnbull 1976), smoothed in each round (Silverman et al. 1990) so that few tasks do not make a jagged picture.
 */
function likelihoods(tasks: readonly CompletionInterval[], grid: readonly number[]): number[] {
	const [start, ratio] = [grid[0]!, Math.log(grid[STEPS]! / grid[0]!) / STEPS];
	const position = (time: number) =>
		Math.min(STEPS, Math.max(0, Math.log(Math.max(time, start) / start) / ratio));
	const intervals = new Map<number, [first: number, last: number, count: number]>();
	for (const [after, by] of tasks) {
		const first = Math.min(STEPS - 1, Math.floor(position(Math.min(after, by)) + 1e-9));
		const last = Math.max(first + 1, Math.ceil(position(by) - 1e-9));
		const key = first * (STEPS + 1) + last;
		intervals.set(key, [first, last, (intervals.get(key)?.[2] ?? 0) + 1]);
	}
	const different = [...intervals.values()];
	const doubt = DOUBT / STEPS;
	let likely = new Array<number>(STEPS).fill(1 / STEPS);
	for (let round = 0; round < ROUNDS; round++) {
		const below = sums(likely);
		const claims = new Array<number>(STEPS + 1).fill(0);
		for (const [first, last, count] of different) {
			const share = count / (below[last]! - below[first]!);
			claims[first]! += share;
			claims[last]! -= share;
		}
		let claimed = 0;
		const raw = likely.map((p, i) => (p * (claimed += claims[i]!) + doubt) / (tasks.length + DOUBT));
		likely = raw.map((p, i) => p + SMOOTHING * ((raw[i - 1] ?? p) + (raw[i + 1] ?? p) - 2 * p));
	}
	return likely;
}

/** The upper one of two medians; undefined of nothing. */
function median(values: readonly number[]): number | undefined {
	return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** The running sums of the values, with a 0 before them. */
function sums(values: readonly number[]): number[] {
	const below = new Array<number>(values.length + 1).fill(0);
	for (let i = 0; i < values.length; i++) below[i + 1] = below[i]! + values[i]!;
	return below;
}

/**
 * For each step of the grid, the next poll of the cheapest series from there, found from the end backwards. A poll costs `price`
 * for each task that is still unfinished before it; lateness costs its ms.
 */
function cheapestNext(grid: readonly number[], likely: readonly number[], price: number): number[] {
	const ended = sums(likely);
	const endedAt = sums(likely.map((p, i) => (p * (grid[i]! + grid[i + 1]!)) / 2));
	const cost = new Array<number>(STEPS + 1).fill(0);
	const next = new Array<number>(STEPS).fill(STEPS);
	for (let i = STEPS - 1; i >= 0; i--) {
		cost[i] = Infinity;
		for (let j = i + 1; j <= STEPS; j++) {
			if (j < STEPS && grid[j]! - grid[i]! < SHORTEST_GAP_MS) continue;
			const lateness = grid[j]! * (ended[j]! - ended[i]!) - (endedAt[j]! - endedAt[i]!);
			const total = price * (ended[STEPS]! - ended[i]!) + lateness + cost[j]!;
			if (total >= cost[i]!) continue;
			cost[i] = total;
			next[i] = j;
		}
	}
	return next;
}
