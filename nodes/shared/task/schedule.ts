import { SHORTEST_GAP_MS, type PollPlan } from './taskTimes';

/** What is known when the next poll of a task is planned. Times in ms. */
export interface PollSituation {
	/** Since Progeny accepted the photo, or since the wait for an earlier task began. */
	elapsedMs: number;
	/** How many times this task was polled. */
	polls: number;
	/** How many of the last polls had no readable answer. */
	troubles: number;
	/** Until the last moment at which a poll makes sense. */
	remainingMs: number;
	/** What the last answer's Retry-After asked for. */
	retryAfterMs: number | undefined;
	/** What earlier tasks suggest; undefined where nothing is known. */
	plan: PollPlan | undefined;
	/** The longest that one of them took that ended less than a minute ago; 0 where none did. */
	recentMs: number;
	/** Whether other items of the same run are processed as well. */
	isInBatch: boolean;
	/** Whether this task is polled early, to see whether tasks have become shorter. */
	isProbe: boolean;
	/** A random number, 0 to 1. */
	random: number;
}

/** The polls while nothing is known. */
interface Start {
	/** The first poll, up to `spread` of it later at random, and the second one. */
	readonly firstMs: number;
	readonly spread: number;
	readonly secondMs: number;
	/** Later steps, as a part of the time already waited: this much, and a little more for each second. */
	readonly step: number;
	readonly stepPerSecond: number;
	readonly jitter: number;
}

/** The first tasks of a batch are polled early and at different moments, which tells more about the rest. */
const IN_A_BATCH: Start = {
	firstMs: 300,
	spread: 0.8,
	secondMs: 1_000,
	step: 0.31,
	stepPerSecond: 0.04,
	jitter: 0.05,
};
/** For a single item: eight polls reach 10 s with the least lag for tasks of a second and more. */
const ALONE: Start = {
	firstMs: 850,
	spread: 0.2,
	secondMs: 1_300,
	step: 0.28,
	stepPerSecond: 0.05,
	jitter: 0.02,
};
const SHORTEST_STEP_MS = 300;
const LONGEST_GAP_MS = 5_000;
const FIRST_TROUBLE_GAP_MS = 1_000;
/** A probe is polled at this part of the planned gap, and up to so much of it later at random: both small and large changes count. */
const PROBE_PART = 0.5;
const PROBE_SPREAD = 0.4;
/** Up to this much later than planned, so that items and executions do not poll in step. */
const AIMED_JITTER = 0.02;

/** How much of the timeout (ms) is kept for the answer to the last poll. */
export function reserveMs(timeoutMs: number): number {
	return Math.min(2_000, timeoutMs / 10);
}

/**
 * How long to wait before the next poll, in ms; undefined where the deadline leaves no room for one.
 *
 * Where tasks of this run have ended, it aims at their durations. Before that, and for a task that outlasts them all, the gaps
 * grow, up to a few seconds. Troubles double the wait, a Retry-After is honoured, and the deadline clips everything: the last
 * poll falls on it.
 */
export function nextPollMs(situation: PollSituation): number | undefined {
	const { remainingMs, retryAfterMs } = situation;
	if (!(remainingMs > 0)) return undefined;
	const asked = Number.isFinite(retryAfterMs) ? retryAfterMs! : 0;
	const wait = Math.max(gapMs(situation), troubleGapMs(situation.troubles), asked);
	return remainingMs - wait < SHORTEST_GAP_MS ? remainingMs : wait;
}

function gapMs(situation: PollSituation): number {
	const { elapsedMs, polls, remainingMs, plan, isInBatch, random } = situation;
	const waited = Number.isFinite(elapsedMs) ? Math.max(elapsedMs, 0) : 0;
	const chance = random >= 0 && random <= 1 ? random : 0;
	const aimed = aimedGapMs(situation, waited, chance);
	if (aimed !== undefined) return aimed * (1 + AIMED_JITTER * chance);
	const start = isInBatch ? IN_A_BATCH : ALONE;
	const knowsNothing = plan === undefined;
	if (knowsNothing && !(polls > 0))
		return Math.min(start.firstMs * (1 + start.spread * chance), remainingMs / 2);
	const shortest = knowsNothing ? Math.max(SHORTEST_STEP_MS, start.secondMs - waited) : SHORTEST_GAP_MS;
	const grown = waited * (start.step + (start.stepPerSecond * waited) / 1000);
	return Math.min(LONGEST_GAP_MS, Math.max(shortest, grown)) * (1 + start.jitter * chance);
}

/**
 * The gap that earlier tasks suggest; undefined where they suggest none. It is longer than a few seconds only where a recent
 * task took as long. A probe goes a part of the way, as long as that tells something new.
 */
function aimedGapMs(situation: PollSituation, waited: number, chance: number): number | undefined {
	const { plan, recentMs, isProbe } = situation;
	const aimed = plan?.(waited);
	if (aimed === undefined) return undefined;
	const gap = Math.min(aimed, Math.max(recentMs, waited + LONGEST_GAP_MS)) - waited;
	return Math.max(
		SHORTEST_GAP_MS,
		isProbe && gap > waited ? gap * (PROBE_PART + PROBE_SPREAD * chance) : gap,
	);
}

function troubleGapMs(troubles: number): number {
	return troubles >= 1 ? Math.min(LONGEST_GAP_MS, FIRST_TROUBLE_GAP_MS * 2 ** (troubles - 1)) : 0;
}
