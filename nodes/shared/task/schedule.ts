import { MIN_GAP_MS, type PollPlan } from './taskTimes';

/** The situation in which the next poll of a task is planned. Times in ms. */
export interface PollSituation {
	/** Since Progeny accepted the photo, or since the wait for an earlier task began. */
	elapsedMs: number;
	/** The number of polls of this task. */
	polls: number;
	/** The wait before the last poll; 0 before the first one. */
	lastGapMs: number;
	/** The number of last polls in a row without a readable answer. */
	failedPolls: number;
	/** Until the last moment at which a poll makes sense. */
	remainingMs: number;
	/** The Retry-After of the last answer. */
	retryAfterMs: number | undefined;
	/** The plan by earlier tasks; undefined if there were too few. */
	plan: PollPlan | undefined;
	/** The time that most tasks of the last minute took at least; 0 if there were too few. */
	recentMs: number;
	/** A random number, 0 to 1. */
	random: number;
}

/** Without a plan: eight polls in 10 s, with the least lag for tasks of a second or more. */
const FIRST_POLL_MS = 850;
const SECOND_POLL_MS = 1_300;
/** The first poll is up to this part later, at random. */
const FIRST_POLL_SPREAD = 0.18;
const MIN_STEP_MS = 300;
/** See `maxGapMs` for longer gaps. */
const MAX_GAP_MS = 5_000;
/** A task of t s is answered within 10 s or 2 t, however long the others took. The rest of that time is for the answer. */
const MAX_ANSWER_TIME = { ms: 9_500, times: 1.9 };
/** For a task that outlasts all others, a gap is the square root of this times its age. */
const OUTLASTING_MS = 300;
const FIRST_RETRY_GAP_MS = 1_000;
/** Polls are up to this part later than planned, so that items and executions do not poll in step. */
const JITTER = 0.02;

/** Returns the part of the timeout, in ms, that is kept for the answer to the last poll. */
export function reserveMs(timeoutMs: number): number {
	return Math.min(2_000, timeoutMs / 10);
}

/**
 * Returns how long to wait before the next poll, in ms; undefined if the deadline leaves no room for one.
 *
 * The plan aims at the times of earlier tasks. Without a plan, and for a task that outlasts them all, the gaps grow to a few
 * seconds. Each failed poll doubles the wait, and a Retry-After is respected. The last poll is at the deadline at the latest.
 */
export function nextPollMs(situation: PollSituation): number | undefined {
	const { remainingMs, failedPolls, retryAfterMs = 0, random } = situation;
	if (remainingMs <= 0) return undefined;
	const gap = Math.min(wantedGapMs(situation), maxGapMs(situation) / (1 + JITTER));
	const wait = Math.max(gap * (1 + JITTER * random), retryGapMs(failedPolls), retryAfterMs);
	return remainingMs - wait < MIN_GAP_MS ? remainingMs : wait;
}

function wantedGapMs(situation: PollSituation): number {
	const { elapsedMs, polls, remainingMs, plan, random } = situation;
	if (plan !== undefined) {
		const aim = plan(elapsedMs);
		const outlasting = Math.min(MAX_GAP_MS, Math.sqrt(OUTLASTING_MS * elapsedMs));
		return Math.max(MIN_GAP_MS, aim === undefined ? outlasting : aim - elapsedMs);
	}
	if (polls === 0) return Math.min(FIRST_POLL_MS * (1 + FIRST_POLL_SPREAD * random), remainingMs / 2);
	const grown = elapsedMs * (0.28 + 0.05 * (elapsedMs / 1000));
	return Math.min(MAX_GAP_MS, Math.max(MIN_STEP_MS, SECOND_POLL_MS - elapsedMs, grown));
}

/**
 * Returns the maximum gap. It exceeds a few seconds only if most recent tasks took as long, or after a gap of half its length, so
 * that a slow task does not make the next person wait.
 */
function maxGapMs({ elapsedMs, polls, lastGapMs, recentMs }: PollSituation): number {
	const latestMs = Math.max(MAX_ANSWER_TIME.ms, MAX_ANSWER_TIME.times * elapsedMs);
	return Math.min(Math.max(MAX_GAP_MS, polls === 0 ? recentMs : 2 * lastGapMs), latestMs - elapsedMs);
}

function retryGapMs(failedPolls: number): number {
	return failedPolls >= 1 ? Math.min(MAX_GAP_MS, FIRST_RETRY_GAP_MS * 2 ** (failedPolls - 1)) : 0;
}
