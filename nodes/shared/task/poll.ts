import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { MAX_UNREADABLE_ANSWERS, POLL_TIMEOUT_MS } from '../limits';
import { TASK_PATH } from '../progeny/endpoints';
import type { Send } from '../progeny/transport';
import { pause } from '../util/pause';
import { pollOutcome, type PollOutcome } from './outcomes';
import { nextPollMs, reserveMs } from './schedule';
import type { TaskHistory } from './taskHistory';
import type { UploadGate } from './uploadGate';

/** The settings of a wait for a task. */
export interface Wait {
	timeoutMs: number;
	/** The times of earlier tasks; this one is added. */
	history: TaskHistory;
	/** Pauses the run's polls, too. */
	gate: UploadGate;
	/** True if the task is so young that Progeny cannot have forgotten it. */
	isRecent: boolean;
	/** The service's `unwrappedField`. */
	unwrappedField: string | undefined;
	/** True for a finished task without content: it is polled again, as after an unreadable answer. */
	hasNoContent(task: Record<string, unknown>): boolean;
}

/** The end of the wait for a task: Progeny's answer, or a timeout. */
export type AwaitedTask =
	| {
			kind: 'finished';
			task: Record<string, unknown>;
			date?: string | undefined;
			polls: number;
			elapsedMs: number;
	  }
	| { kind: 'timedOut'; error: ProgenyError; polls: number; elapsedMs: number };

/**
 * Polls a task until it has ended or `timeoutMs` is over. Failed polls and an unknown task are tolerated until then. `signal` ends
 * the wait. Throws a ProgenyError that names the task.
 */
export async function awaitTask(
	send: Send,
	taskId: string,
	wait: Wait,
	signal: AbortSignal,
): Promise<AwaitedTask> {
	wait.history.running++;
	try {
		return await pollUntilEnd(send, taskId, wait, signal);
	} finally {
		wait.history.running--;
	}
}

async function pollUntilEnd(
	send: Send,
	taskId: string,
	{ timeoutMs, history, gate, isRecent, unwrappedField, hasNoContent }: Wait,
	signal: AbortSignal,
): Promise<AwaitedTask> {
	const start = performance.now();
	const elapsed = () => performance.now() - start;
	const remaining = () => timeoutMs - reserveMs(timeoutMs) - elapsed();
	const about = (error: ProgenyError) => error.about(taskId);
	let progress = NO_PROGRESS;
	let lastGapMs = 0;
	for (;;) {
		const gapMs = nextPollMs({
			...progress,
			elapsedMs: elapsed(),
			remainingMs: remaining(),
			plan: history.plan,
			recentMs: history.recentMs(performance.now()),
			lastGapMs,
			random: Math.random(),
		});
		const { polls } = progress;
		if (gapMs === undefined) {
			const error = about(timeoutError(progress, timeoutMs, isRecent));
			return { kind: 'timedOut', error, polls, elapsedMs: elapsed() };
		}
		await pause(gapMs, signal);
		lastGapMs = gapMs;
		await gatePause(gate, remaining, signal);
		if (signal.aborted) throw about(messages.canceled());

		const polledMs = elapsed();
		const pollTimeoutMs = Math.min(POLL_TIMEOUT_MS, timeoutMs - polledMs);
		const request = { path: TASK_PATH, query: { id: taskId }, timeoutMs: pollTimeoutMs, signal };
		const outcome = pollOutcome(await send(request), Date.now(), unwrappedField, hasNoContent);
		progress = progressAfter(progress, outcome, polledMs);
		switch (outcome.kind) {
			case 'finished':
				history.add([progress.unfinishedMs, polledMs], performance.now());
				return { ...outcome, polls: progress.polls, elapsedMs: elapsed() };
			case 'failed':
				throw about(outcome.error);
			case 'pollFailed':
				if (outcome.status === 429) gate.pollThrottled(outcome.waitMs);
				break;
			case 'badBody':
				if (progress.badBodies >= MAX_UNREADABLE_ANSWERS) throw about(outcome.error);
		}
	}
}

/** Waits until the run's pause is over, at most for the remaining time. */
async function gatePause(gate: UploadGate, remaining: () => number, signal: AbortSignal): Promise<void> {
	for (let left = gate.pauseLeftMs(); left > 0 && !signal.aborted; left = gate.pauseLeftMs()) {
		const roomMs = remaining();
		if (roomMs <= 0) return;
		await pause(Math.min(left * (1 + Math.random() / 4), roomMs), signal);
	}
}

/** The progress of the wait for one task. Times in ms since it began. */
export interface Progress {
	/** The number of polls. */
	polls: number;
	/** The number of last polls in a row without a readable answer. */
	failedPolls: number;
	/** The number of these with an unreadable answer. */
	badBodies: number;
	/** The failure of the last poll in words; empty if it was answered. */
	failure: string;
	/** The words of n8n or the server about that failure, sanitized. */
	failureWords: string;
	/** The state and words of the last readable answer; empty before the first one. */
	said: string;
	/** The Retry-After of the last answer. */
	retryAfterMs: number | undefined;
	/** The number of last polls in a row that were answered with HTTP 500. */
	serverErrors: number;
	/** When the last poll was sent that was answered "not yet". */
	unfinishedMs: number;
	/** Progeny's answer that it does not know the task. */
	notFound: ProgenyError | undefined;
	/** True once Progeny has answered anything else about the task. */
	isKnown: boolean;
}

/** Before the first poll. */
export const NO_PROGRESS: Progress = {
	polls: 0,
	failedPolls: 0,
	badBodies: 0,
	failure: '',
	failureWords: '',
	said: '',
	retryAfterMs: undefined,
	serverErrors: 0,
	unfinishedMs: 0,
	notFound: undefined,
	isKnown: false,
};

/** Returns the progress after a poll that was sent at `polledMs`. */
export function progressAfter(before: Progress, outcome: PollOutcome, polledMs: number): Progress {
	const polls = before.polls + 1;
	const calm = {
		failedPolls: 0,
		badBodies: 0,
		failure: '',
		failureWords: '',
		serverErrors: 0,
		retryAfterMs: undefined,
	};
	const answered = { ...before, polls, ...calm };
	const failed = { ...answered, failedPolls: before.failedPolls + 1 };
	switch (outcome.kind) {
		case 'unfinished':
			return { ...answered, unfinishedMs: polledMs, said: outcome.words ?? '', isKnown: true };
		case 'unknownTask':
			return { ...answered, unfinishedMs: polledMs, notFound: outcome.error };
		case 'pollFailed':
			return {
				...failed,
				failure: outcome.reason,
				failureWords: outcome.words ?? '',
				retryAfterMs: outcome.waitMs,
				serverErrors: outcome.status === 500 ? before.serverErrors + 1 : 0,
			};
		case 'badBody':
			return {
				...failed,
				failure: outcome.error.sentence,
				failureWords: outcome.error.serverWords,
				badBodies: before.badBodies + 1,
				isKnown: true,
			};
		default:
			return answered;
	}
}

/** Fewer answers with HTTP 500 in a row may be an accident. */
const MIN_SERVER_ERRORS = 3;

/**
 * Returns why a wait of `timeoutMs` ended without a result: TASK_NOT_FOUND if Progeny answered nothing else and can have forgotten
 * the task, else TIMED_OUT.
 */
export function timeoutError(progress: Progress, timeoutMs: number, isRecent: boolean): ProgenyError {
	const { notFound, isKnown, failure, failureWords, failedPolls, serverErrors, said } = progress;
	const seconds = timeoutMs / 1000;
	if (notFound !== undefined && !isKnown && failedPolls === 0)
		return isRecent ? messages.backlog(seconds) : notFound;
	const keepsFailing = isKnown && serverErrors >= MIN_SERVER_ERRORS;
	return messages.timedOut(seconds, keepsFailing ? LASTING_500 : failure, { words: failureWords, said });
}

const LASTING_500 =
	'Progeny keeps failing when it is asked about this task (HTTP 500), so the check may have failed: contact Progeny with the task ID';
