import { bestQuestionMs, type LearnedTask } from './taskTimes';

/** What is known when the next question about a task is due. Times in ms. */
export interface PollSituation {
	/** Since Progeny took the photo, or since the wait for an earlier task began. */
	elapsedMs: number;
	/** How many times this task was asked about. */
	polls: number;
	/** How many of the last questions went without a readable answer. */
	troubles: number;
	/** Until the last moment at which a question makes sense. */
	remainingMs: number;
	/** What the last answer's Retry-After asked for. */
	retryAfterMs: number | undefined;
	/** What the tasks of this run taught so far, in the order they ended. */
	learnedMs: readonly LearnedTask[];
	/** A random number, 0 to 1. */
	random: number;
}

/** The first question while nothing is known: up to this much later at random, so that a batch's first faces teach more. */
const FIRST_MS = 300;
const FIRST_SPREAD = 0.8;
/** The second one, and the shortest step after it. */
const SECOND_MS = 1_000;
const SHORTEST_STEP_MS = 500;
/** Later steps, as a part of the time already waited: this much, and a little more for each second. */
const STEP = 0.31;
const STEP_PER_SECOND = 0.04;
const LONGEST_GAP_MS = 5_000;
/** Not even a well-known task time is asked about faster than this. */
const SHORTEST_GAP_MS = 50;
const FIRST_TROUBLE_GAP_MS = 1_000;
/** Up to this much later than planned, so that lanes and executions do not ask in step. */
const JITTER = 0.05;
const AIMED_JITTER = 0.02;

/** How much of the timeout (ms) is kept for the answer to the last question. */
export function reserveMs(timeoutMs: number): number {
	return Math.min(2_000, timeoutMs / 10);
}

/**
 * How long to wait before the next question, in ms; undefined where the deadline leaves no room for one.
 *
 * Where tasks of this run have ended, it aims at their durations. Before that, and for a task that outlasts them all, it asks
 * in growing steps, never slower than a few seconds. Troubles double the wait, a Retry-After is honoured, and the deadline
 * clips everything: the last question falls on it.
 */
export function nextPollMs(situation: PollSituation): number | undefined {
	const { remainingMs, retryAfterMs } = situation;
	if (!(remainingMs > 0)) return undefined;
	const asked = Number.isFinite(retryAfterMs) ? retryAfterMs! : 0;
	const wait = Math.max(gapMs(situation), troubleGapMs(situation.troubles), asked);
	return remainingMs - wait < SHORTEST_GAP_MS ? remainingMs : wait;
}

function gapMs({ elapsedMs, polls, learnedMs, random }: PollSituation): number {
	const waited = Number.isFinite(elapsedMs) ? Math.max(elapsedMs, 0) : 0;
	const chance = random >= 0 && random <= 1 ? random : 0;
	const aimed = bestQuestionMs(learnedMs, waited, SHORTEST_GAP_MS);
	if (aimed !== undefined) return Math.max(SHORTEST_GAP_MS, aimed - waited) * (1 + AIMED_JITTER * chance);
	const knowsNothing = learnedMs.length === 0;
	if (knowsNothing && !(polls > 0)) return FIRST_MS * (1 + FIRST_SPREAD * chance);
	const shortest = knowsNothing ? Math.max(SHORTEST_STEP_MS, SECOND_MS - waited) : SHORTEST_GAP_MS;
	const step = waited * (STEP + (STEP_PER_SECOND * waited) / 1000);
	return Math.min(LONGEST_GAP_MS, Math.max(shortest, step)) * (1 + JITTER * chance);
}

function troubleGapMs(troubles: number): number {
	return troubles >= 1 ? Math.min(LONGEST_GAP_MS, FIRST_TROUBLE_GAP_MS * 2 ** (troubles - 1)) : 0;
}
