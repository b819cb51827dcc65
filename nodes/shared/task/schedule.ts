import { SHORTEST_GAP_MS, type PollPlan } from './taskTimes';

/** What is known when the next poll of a task is planned. Times in ms. */
export interface PollSituation {
	/** Since Progeny accepted the photo, or since the wait for an earlier task began. */
	elapsedMs: number;
	/** How many times this task was polled. */
	polls: number;
	/** How long the wait before the last poll was; 0 before the first one. */
	lastGapMs: number;
	/** How many of the last polls had no readable answer. */
	failedPolls: number;
	/** Until the last moment at which a poll makes sense. */
	remainingMs: number;
	/** What the last answer's Retry-After asked for. */
	retryAfterMs: number | undefined;
	/** What earlier tasks suggest; undefined if too little is known. */
	plan: PollPlan | undefined;
	/** What most tasks of the last minute took at least; 0 if there were too few. */
	recentMs: number;
	/** True if other items of the same run are processed as well. */
	isInBatch: boolean;
	/** A random number, 0 to 1. */
	random: number;
}

/** The first two polls while nothing is known: the first one up to `spread` of it later at random. */
const FIRST_POLLS = {
	/** The first tasks of a batch are polled early and at different moments, which tells more about the rest. */
	inBatch: { firstMs: 300, spread: 0.8, secondMs: 1_000 },
	/** For a single item eight polls reach 10 s with the least lag for tasks of a second and more. */
	alone: { firstMs: 850, spread: 0.18, secondMs: 1_300 },
};
const SHORTEST_STEP_MS = 300;
/** A longer gap needs a reason, see `longestGapMs`. */
const LONGEST_GAP_MS = 5_000;
/** A task of t s is answered within 10 s or 2 t, whatever the others took; the rest is for the answer. */
const LATEST_ANSWER = { ms: 9_500, times: 1.9 };
/** A task that outlasts all others is polled after gaps of the square root of this times its age. */
const OUTLASTING_MS = 300;
const FIRST_RETRY_GAP_MS = 1_000;
/** Up to this much later than planned, so that items and executions do not poll in step. */
const JITTER = 0.02;

/** How much of the timeout (ms) is kept for the answer to the last poll. */
export function reserveMs(timeoutMs: number): number {
	return Math.min(2_000, timeoutMs / 10);
}

/**
 * Returns how long to wait before the next poll, in ms; undefined if the deadline leaves no room for one.
 *
 * The plan aims at the times of earlier tasks. Without a plan, and for a task that outlasts them all, the gaps grow, up to a
 * few seconds. Troubles double the wait, a Retry-After is honoured, and the deadline clips everything: the last poll falls on it.
 */
export function nextPollMs(situation: PollSituation): number | undefined {
	const { remainingMs, failedPolls, retryAfterMs = 0, random } = situation;
	if (!(remainingMs > 0)) return undefined;
	const gap = Math.min(wantedGapMs(situation), longestGapMs(situation) / (1 + JITTER));
	const wait = Math.max(gap * (1 + JITTER * random), retryGapMs(failedPolls), retryAfterMs);
	return remainingMs - wait < SHORTEST_GAP_MS ? remainingMs : wait;
}

function wantedGapMs(situation: PollSituation): number {
	const { elapsedMs, polls, remainingMs, plan, isInBatch, random } = situation;
	if (plan !== undefined) {
		const aim = plan(elapsedMs);
		const outlasting = Math.min(LONGEST_GAP_MS, Math.sqrt(OUTLASTING_MS * elapsedMs));
		return Math.max(SHORTEST_GAP_MS, aim === undefined ? outlasting : aim - elapsedMs);
	}
	const { firstMs, spread, secondMs } = FIRST_POLLS[isInBatch ? 'inBatch' : 'alone'];
	if (polls === 0) return Math.min(firstMs * (1 + spread * random), remainingMs / 2);
	const grown = elapsedMs * (0.28 + 0.05 * (elapsedMs / 1000));
	return Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_STEP_MS, secondMs - elapsedMs, grown));
}

/**
 * A gap is above a few seconds only if most recent tasks took as long, or after one of half its length: a slow task does not
 * make the next person wait.
 */
function longestGapMs({ elapsedMs, polls, lastGapMs, recentMs }: PollSituation): number {
	const latestMs = Math.max(LATEST_ANSWER.ms, LATEST_ANSWER.times * elapsedMs);
	return Math.min(Math.max(LONGEST_GAP_MS, polls === 0 ? recentMs : 2 * lastGapMs), latestMs - elapsedMs);
}

function retryGapMs(failedPolls: number): number {
	return failedPolls >= 1 ? Math.min(LONGEST_GAP_MS, FIRST_RETRY_GAP_MS * 2 ** (failedPolls - 1)) : 0;
}
