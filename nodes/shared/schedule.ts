/** What a finished task teaches: it was unfinished when asked at `afterMs`, and finished when asked at `byMs`. Times in ms. */
export type LearnedTask = readonly [afterMs: number, byMs: number];

/** What is known when the next question about a task is due. Times in ms. */
export interface PollSituation {
	/** Since Progeny took the photo, or since the wait for an earlier task began. */
	elapsedMs: number;
	/** How many times this task was asked about. */
	polls: number;
	/** How many of the last questions went without a readable answer. */
	troubles: number;
	/** Until the item's timeout. */
	remainingMs: number;
	/** What the last answer's Retry-After asked for. */
	retryAfterMs: number | undefined;
	/** How long tasks of this run took so far, in any order. */
	learned: readonly LearnedTask[];
	/** A random number, 0 to 1. */
	random: number;
}

const FIRST_MS = 600;
const GROWTH = 1.4;
const SHORTEST_GAP_MS = 300;
const LONGEST_GAP_MS = 4_000;
const LONGEST_TROUBLE_GAP_MS = 5_000;
const JITTER = 0.1;

/** How much of the timeout (ms) is kept for the answer to the last question. */
export function reserveMs(timeoutMs: number): number {
	return Math.min(2_000, timeoutMs / 10);
}

/**
 * How long to wait before the next question, in ms; undefined where the deadline leaves no room for one. Early at first,
 * then in steps that grow with the time already waited, never slower than a few seconds, jittered, and clipped to the
 * deadline. A Retry-After is honoured up to the deadline.
 */
export function nextPollMs(situation: PollSituation): number | undefined {
	const { elapsedMs, troubles, remainingMs, retryAfterMs, random } = situation;
	if (remainingMs <= 0) return undefined;
	const target = situation.polls === 0 ? FIRST_MS : elapsedMs * GROWTH;
	const gap = Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, target - elapsedMs));
	const backedOff =
		troubles === 0 ? gap : Math.max(gap, Math.min(LONGEST_TROUBLE_GAP_MS, 500 * 2 ** troubles));
	const jittered = backedOff * (1 + JITTER * (2 * random - 1));
	return Math.min(Math.max(jittered, retryAfterMs ?? 0), remainingMs);
}
