import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import type { PollOutcome } from './outcomes';

/** How far the wait for one task has come. Times in ms since it began. */
export interface Progress {
	/** How many times the task was polled. */
	polls: number;
	/** How many of the last polls in a row went without a readable answer. */
	troubles: number;
	/** How many of these were answers of another shape. */
	unreadable: number;
	/** The last of these troubles in our words; empty if the last poll was answered. */
	trouble: string;
	/** What n8n or the server said of it, sanitized. */
	troubleWords: string;
	/** What the last readable answer said of itself: its state and words; empty before there was one. */
	said: string;
	/** What the last answer's Retry-After asked for. */
	retryAfterMs: number | undefined;
	/** How many of the last polls in a row Progeny answered with HTTP 500. */
	failing: number;
	/** When the last poll was sent that was answered "not yet". */
	unfinishedMs: number;
	/** Progeny's words that it does not know the task, as long as it has not said anything else. */
	notFound: ProgenyError | undefined;
	/** True once Progeny has said anything else of it. */
	isKnown: boolean;
}

/** Before the first poll. */
export const NO_PROGRESS: Progress = {
	polls: 0,
	troubles: 0,
	unreadable: 0,
	trouble: '',
	troubleWords: '',
	said: '',
	retryAfterMs: undefined,
	failing: 0,
	unfinishedMs: 0,
	notFound: undefined,
	isKnown: false,
};

/** Where the wait stands after a poll that was sent at `polledMs` and did not end it. */
export function progressAfter(before: Progress, outcome: PollOutcome, polledMs: number): Progress {
	const polls = before.polls + 1;
	const calm = {
		troubles: 0,
		unreadable: 0,
		trouble: '',
		troubleWords: '',
		failing: 0,
		retryAfterMs: undefined,
	};
	const answered = { ...before, polls, ...calm };
	const troubled = { ...answered, troubles: before.troubles + 1 };
	switch (outcome.kind) {
		case 'unfinished':
			return { ...answered, unfinishedMs: polledMs, said: outcome.words ?? '', isKnown: true };
		case 'unknownTask':
			return { ...answered, unfinishedMs: polledMs, notFound: outcome.error };
		case 'trouble':
			return {
				...troubled,
				trouble: outcome.reason,
				troubleWords: outcome.words ?? '',
				retryAfterMs: outcome.waitMs,
				failing: outcome.status === 500 ? before.failing + 1 : 0,
			};
		case 'unreadable':
			return {
				...troubled,
				trouble: outcome.error.sentence,
				troubleWords: outcome.error.serverWords,
				unreadable: before.unreadable + 1,
				isKnown: true,
			};
		default:
			return answered;
	}
}

/** So many answers with HTTP 500 in a row are no accident. */
const FAILING = 3;

/**
 * Why a wait of `timeoutMs` ended without a verdict: TASK_NOT_FOUND if Progeny said nothing but that, and can have forgotten the
 * task, else TIMED_OUT.
 */
export function timeoutError(progress: Progress, timeoutMs: number, isRecent: boolean): ProgenyError {
	const { notFound, isKnown, trouble, troubleWords, troubles, failing, said } = progress;
	const seconds = timeoutMs / 1000;
	if (notFound !== undefined && !isKnown && troubles === 0)
		return isRecent ? messages.backlog(seconds) : notFound;
	const isFailing = isKnown && failing >= FAILING;
	return messages.timedOut(seconds, isFailing ? LASTING_500 : trouble, { words: troubleWords, said });
}

const LASTING_500 =
	'Progeny fails whenever it is asked about this task (HTTP 500), so the check may have failed: ask Progeny with the task ID';
