import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import {
	MAX_RETRY_AFTER_MS,
	MAX_UNREADABLE_ANSWERS,
	POLL_TIMEOUT_MS,
	SUBMIT_RETRY_DELAYS_MS,
	uploadTimeoutMs,
} from '../limits';
import { TASK_PATH } from '../progeny/endpoints';
import type { Send } from '../progeny/transport';
import { pause } from '../util/pause';
import { pollOutcome, submitOutcome } from './outcomes';
import { NO_PROGRESS, progressAfter, timeoutError } from './progress';
import { nextPollMs, reserveMs } from './schedule';
import { encode, type Submission } from './submission';
import type { TaskHistory } from './taskHistory';

/** A task that Progeny has accepted. */
export interface SubmittedTask {
	taskId: string;
	/** When Progeny accepted it: ISO 8601, local clock. */
	submittedAt: string;
}

/** How to wait for a task. */
export interface Wait {
	timeoutMs: number;
	/** Whether the run has other items as well. */
	isInBatch: boolean;
	/** How long earlier tasks took; gets this one's. */
	history: TaskHistory;
	/** As the service tells it. */
	bareField: string | undefined;
	/** Whether a finished task says nothing of anybody: it is polled again, as after an answer that cannot be read. */
	saysNothing(task: Record<string, unknown>): boolean;
}

/** How an awaited task ended: with Progeny's answer, or not in time. */
export type AwaitedTask =
	| { kind: 'finished'; task: Record<string, unknown>; date?: string; polls: number; elapsedMs: number }
	| { kind: 'timedOut'; error: ProgenyError; polls: number; elapsedMs: number };

/**
 * Uploads once. The upload is repeated only where Progeny certainly did not accept it (see `submitOutcome`), only a few times,
 * and not once `halt` aborts. An upload in flight is left alone, unless `cancel` aborts: it may have been accepted. Throws a
 * ProgenyError.
 */
export async function submitTask(
	send: Send,
	submission: Submission,
	cancel: AbortSignal,
	halt: AbortSignal,
): Promise<SubmittedTask> {
	const form = encode(submission);
	const timeoutMs = uploadTimeoutMs(form.body.length);
	for (let attempt = 0; ; attempt++) {
		if (halt.aborted) throw messages.canceled();
		const reply = await send({ path: submission.path, form, timeoutMs, signal: cancel, halt });
		const outcome = submitOutcome(reply, Date.now(), submission.isInferred);
		if (outcome.kind === 'accepted') return { taskId: outcome.taskId, submittedAt: new Date().toISOString() };
		if (outcome.kind === 'failed') throw outcome.error;
		const delay = SUBMIT_RETRY_DELAYS_MS[attempt];
		if (delay === undefined || (outcome.waitMs ?? 0) > MAX_RETRY_AFTER_MS) throw outcome.error;
		await pause(outcome.waitMs ?? delay * (0.75 + Math.random() / 2), halt);
	}
}

/**
 * Polls a task until it has ended or `timeoutMs` is over. Failed polls and an unknown task are tolerated until then.
 * `signal` ends the wait. Throws a ProgenyError that names the task.
 */
export async function awaitTask(
	send: Send,
	taskId: string,
	{ timeoutMs, isInBatch, history, bareField, saysNothing }: Wait,
	signal: AbortSignal,
): Promise<AwaitedTask> {
	const start = performance.now();
	const elapsed = () => performance.now() - start;
	const about = (error: ProgenyError) => error.about(taskId);
	let progress = NO_PROGRESS;
	let lastGapMs = 0;
	for (;;) {
		const remainingMs = timeoutMs - reserveMs(timeoutMs) - elapsed();
		const wait = nextPollMs({
			...progress,
			elapsedMs: elapsed(),
			remainingMs,
			plan: history.plan,
			recentMs: history.recentMs(performance.now()),
			isInBatch,
			lastGapMs,
			random: Math.random(),
		});
		const { polls } = progress;
		if (wait === undefined) {
			const error = about(timeoutError(progress, timeoutMs));
			return { kind: 'timedOut', error, polls, elapsedMs: elapsed() };
		}
		await pause(wait, signal);
		lastGapMs = wait;
		if (signal.aborted) throw about(messages.canceled());

		const polledMs = elapsed();
		const pollTimeoutMs = Math.min(POLL_TIMEOUT_MS, timeoutMs - polledMs);
		const request = { path: TASK_PATH, query: { id: taskId }, timeoutMs: pollTimeoutMs, signal };
		const outcome = pollOutcome(await send(request), Date.now(), bareField, saysNothing);
		progress = progressAfter(progress, outcome, polledMs);
		switch (outcome.kind) {
			case 'finished':
				history.add([progress.unfinishedMs, polledMs], performance.now());
				return {
					kind: 'finished',
					task: outcome.task,
					...(outcome.date === undefined ? {} : { date: outcome.date }),
					polls: progress.polls,
					elapsedMs: elapsed(),
				};
			case 'failed':
				throw about(outcome.error);
			case 'unreadable':
				if (progress.unreadable >= MAX_UNREADABLE_ANSWERS) throw about(outcome.error);
		}
	}
}
