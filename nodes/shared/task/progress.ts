import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import type { PollOutcome } from './outcomes';

/** How far the wait for one task has come. Times in ms since it began. */
export interface Progress {
	/** How many times the task was asked about. */
	polls: number;
	/** How many of the last questions in a row went without a readable answer. */
	troubles: number;
	/** How many of these were answers of another shape. */
	unreadable: number;
	/** The last of these troubles in words; empty where the last question was answered. */
	trouble: string;
	/** What the last answer's Retry-After asked for. */
	retryAfterMs: number | undefined;
	/** When the last question was asked that was answered "not yet". */
	unfinishedMs: number;
	/** Progeny's words that it does not know the task, as long as it has not said anything else. */
	notFound: ProgenyError | undefined;
	/** Whether Progeny has ever said anything else of it. */
	isKnown: boolean;
}

/** Before the first question. */
export const NO_PROGRESS: Progress = {
	polls: 0,
	troubles: 0,
	unreadable: 0,
	trouble: '',
	retryAfterMs: undefined,
	unfinishedMs: 0,
	notFound: undefined,
	isKnown: false,
};

/** Where the wait stands after a question that was asked at `askedMs` and did not end it. */
export function progressAfter(before: Progress, outcome: PollOutcome, askedMs: number): Progress {
	const polls = before.polls + 1;
	const answered = { ...before, polls, troubles: 0, unreadable: 0, trouble: '', retryAfterMs: undefined };
	const troubled = { ...answered, troubles: before.troubles + 1 };
	switch (outcome.kind) {
		case 'unfinished':
			return { ...answered, unfinishedMs: askedMs, isKnown: true };
		case 'unknownTask':
			return { ...answered, unfinishedMs: askedMs, notFound: outcome.error };
		case 'trouble':
			return { ...troubled, trouble: outcome.reason, retryAfterMs: outcome.waitMs, isKnown: true };
		case 'unreadable':
			return {
				...troubled,
				trouble: outcome.error.message,
				unreadable: before.unreadable + 1,
				isKnown: true,
			};
		default:
			return answered;
	}
}

/** Why a wait of `timeoutMs` ended without a verdict: TASK_NOT_FOUND where Progeny said nothing but that, else TIMED_OUT. */
export function timeoutError({ notFound, isKnown, trouble }: Progress, timeoutMs: number): ProgenyError {
	return notFound !== undefined && !isKnown ? notFound : messages.timedOut(timeoutMs / 1000, trouble);
}
