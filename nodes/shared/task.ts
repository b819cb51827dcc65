import { faults, type Fault } from './faults';
import {
	MAX_RETRY_AFTER_MS,
	MAX_UNREADABLE_ANSWERS,
	POLL_TIMEOUT_MS,
	SUBMIT_RETRY_DELAYS_MS,
	uploadTimeoutMs,
} from './limits';
import { pollOutcome, submitOutcome } from './outcomes';
import { TASK_PATH } from './paths';
import { pause } from './pause';
import { NO_PROGRESS, overdue, progressAfter } from './progress';
import { nextPollMs, reserveMs } from './schedule';
import { encode, type Submission } from './submission';
import type { LearnedTask } from './taskTimes';
import type { Send } from './transport';

/** A task that Progeny has taken. */
export interface SubmittedTask {
	taskId: string;
	/** When Progeny took it: ISO 8601, local clock. */
	submittedAt: string;
}

/** How an awaited task ended: with Progeny's answer, or not in time. */
export type AwaitedTask =
	| { kind: 'finished'; task: Record<string, unknown>; polls: number; elapsedMs: number }
	| { kind: 'timedOut'; fault: Fault; polls: number; elapsedMs: number };

/**
 * Uploads once. It is sent again only where Progeny certainly did not take it (refused connection, unknown host, 429, 503),
 * and only a few times. `cancel` ends it. Throws a Fault.
 */
export async function submitTask(
	send: Send,
	submission: Submission,
	cancel: AbortSignal,
): Promise<SubmittedTask> {
	const form = encode(submission);
	const timeoutMs = uploadTimeoutMs(form.body.length);
	for (let attempt = 0; ; attempt++) {
		const reply = await send({ path: submission.path, form, timeoutMs, signal: cancel });
		const outcome = submitOutcome(reply, Date.now());
		if (outcome.kind === 'accepted') return { taskId: outcome.taskId, submittedAt: new Date().toISOString() };
		if (outcome.kind === 'failed') throw outcome.fault;
		const delay = SUBMIT_RETRY_DELAYS_MS[attempt];
		if (delay === undefined || (outcome.waitMs ?? 0) > MAX_RETRY_AFTER_MS) throw outcome.fault;
		await pause(outcome.waitMs ?? delay * (0.75 + Math.random() / 2), cancel);
		if (cancel.aborted) throw faults.canceled();
	}
}

/**
 * Asks about a task until it has ended or `timeoutMs` is over. Failed questions and a task not known yet are tolerated until
 * then. `learned` holds how long tasks of this run took, and a finished one adds its own; undefined for a task alone. `signal`
 * ends the wait. Throws a Fault.
 */
export async function awaitTask(
	send: Send,
	taskId: string,
	timeoutMs: number,
	learned: LearnedTask[] | undefined,
	signal: AbortSignal,
): Promise<AwaitedTask> {
	const start = performance.now();
	const elapsed = () => performance.now() - start;
	let progress = NO_PROGRESS;
	for (;;) {
		const remainingMs = timeoutMs - reserveMs(timeoutMs) - elapsed();
		const wait = nextPollMs({
			...progress,
			elapsedMs: elapsed(),
			remainingMs,
			learnedMs: learned,
			random: Math.random(),
		});
		if (wait === undefined) {
			const fault = overdue(progress, timeoutMs).about(taskId);
			return { kind: 'timedOut', fault, polls: progress.polls, elapsedMs: elapsed() };
		}
		await pause(wait, signal);
		if (signal.aborted) throw faults.canceled().about(taskId);

		const askedMs = elapsed();
		const limit = Math.min(POLL_TIMEOUT_MS, timeoutMs - askedMs);
		const reply = await send({ path: TASK_PATH, query: { id: taskId }, timeoutMs: limit, signal });
		const outcome = pollOutcome(reply, Date.now());
		if (outcome.kind === 'failed') throw outcome.fault.about(taskId);
		progress = progressAfter(progress, outcome, askedMs);
		if (outcome.kind === 'unreadable' && progress.unreadable >= MAX_UNREADABLE_ANSWERS)
			throw outcome.fault.about(taskId);
		if (outcome.kind === 'finished') {
			learned?.push([progress.unfinishedMs, askedMs]);
			return { kind: 'finished', task: outcome.task, polls: progress.polls, elapsedMs: elapsed() };
		}
	}
}
