import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { MAX_UNREADABLE_ANSWERS, POLL_TIMEOUT_MS, SUBMIT_RETRY_DELAYS_MS, uploadTimeoutMs } from '../limits';
import { TASK_PATH } from '../progeny/endpoints';
import type { Send } from '../progeny/transport';
import { pause } from '../util/pause';
import { pollOutcome, submitOutcome } from './outcomes';
import { NO_PROGRESS, progressAfter, timeoutError } from './progress';
import { nextPollMs, reserveMs } from './schedule';
import { encode, type Submission } from './submission';
import type { TaskHistory } from './taskHistory';
import type { Turn, UploadGate } from './uploadGate';

/** A task that Progeny has accepted. */
export interface SubmittedTask {
	taskId: string;
	/** When Progeny accepted it: ISO 8601, local clock. */
	submittedAt: string;
}

/** Keeps what is known of an upload, so that whatever ends the execution leaves it. */
export type Note = (state: 'mayBeAccepted' | 'notAccepted') => void;

/** How to wait for a task. */
export interface Wait {
	timeoutMs: number;
	/** True if the run has other items as well. */
	isInBatch: boolean;
	/** How long earlier tasks took; gets this one's. */
	history: TaskHistory;
	/** Pauses the run's polls, too. */
	gate: UploadGate;
	/** True if the task is so young that Progeny cannot have forgotten it. */
	isRecent: boolean;
	/** As the service tells it. */
	unwrappedField: string | undefined;
	/** True for a finished task without content: it is polled again, as after an answer that cannot be read. */
	hasNoContent(task: Record<string, unknown>): boolean;
}

/** How an awaited task ended: with Progeny's answer, or not in time. */
export type AwaitedTask =
	| { kind: 'finished'; task: Record<string, unknown>; date?: string; polls: number; elapsedMs: number }
	| { kind: 'timedOut'; error: ProgenyError; polls: number; elapsedMs: number };

/**
 * Uploads once, in its turn. The upload is repeated only if Progeny certainly did not accept it (see `submitOutcome`), and not
 * once `halt` aborts; `note` is told before it leaves and when it was not accepted. An upload in flight is left alone, unless `cancel` aborts: it may have been accepted. Throws a ProgenyError.
 */
export async function submitTask(
	send: Send,
	submission: Submission,
	turn: Turn,
	signals: { cancel: AbortSignal; halt: AbortSignal },
	note: Note,
): Promise<SubmittedTask> {
	const { cancel, halt } = signals;
	const form = encode(submission);
	const timeoutMs = uploadTimeoutMs(form.body.length);
	const delays = SUBMIT_RETRY_DELAYS_MS.values();
	for (;;) {
		if (halt.aborted) throw messages.canceled();
		const onLeaving = () => note('mayBeAccepted');
		const reply = await send({ path: submission.path, form, timeoutMs, signal: cancel, halt, onLeaving });
		const outcome = submitOutcome(reply, Date.now(), submission);
		if (outcome.kind !== 'accepted' && !outcome.error.mayBeAccepted) note('notAccepted');
		switch (outcome.kind) {
			case 'accepted':
				turn.accepted();
				return { taskId: outcome.taskId, submittedAt: new Date().toISOString() };
			case 'throttled':
				await turn.throttled(outcome.error, outcome.waitMs);
				break;
			case 'notAccepted': {
				const { value: delay } = delays.next();
				if (delay === undefined) throw outcome.error;
				await pause(delay * (0.75 + Math.random() / 2), halt);
				break;
			}
			case 'failed':
				throw outcome.error;
		}
	}
}

/**
 * Polls a task until it has ended or `timeoutMs` is over. Failed polls and an unknown task are tolerated until then.
 * `signal` ends the wait. Throws a ProgenyError that names the task.
 */
export async function awaitTask(
	send: Send,
	taskId: string,
	{ timeoutMs, isInBatch, history, gate, isRecent, unwrappedField, hasNoContent }: Wait,
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
			const error = about(timeoutError(progress, timeoutMs, isRecent));
			return { kind: 'timedOut', error, polls, elapsedMs: elapsed() };
		}
		await pause(wait, signal);
		lastGapMs = wait;
		for (let left = gate.pauseLeftMs(); left > 0 && !signal.aborted; left = gate.pauseLeftMs()) {
			const roomMs = timeoutMs - reserveMs(timeoutMs) - elapsed();
			if (roomMs <= 0) break;
			await pause(Math.min(left * (1 + Math.random() / 4), roomMs), signal);
		}
		if (signal.aborted) throw about(messages.canceled());

		const polledMs = elapsed();
		const pollTimeoutMs = Math.min(POLL_TIMEOUT_MS, timeoutMs - polledMs);
		const request = { path: TASK_PATH, query: { id: taskId }, timeoutMs: pollTimeoutMs, signal };
		const outcome = pollOutcome(await send(request), Date.now(), unwrappedField, hasNoContent);
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
			case 'trouble':
				if (outcome.status === 429) gate.pollThrottled(outcome.waitMs);
				break;
			case 'unreadable':
				if (progress.unreadable >= MAX_UNREADABLE_ANSWERS) throw about(outcome.error);
		}
	}
}
