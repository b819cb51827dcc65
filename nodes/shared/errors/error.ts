import { withoutNumbers } from '../util/quote';
import { LAST_WORDS } from './phrases';

/** The stable codes of everything that can keep an item from its result. Workflows may branch on them. */
export const ERROR_CODES = [
	'INVALID_UUID',
	'NO_IMAGE',
	'EMPTY_IMAGE',
	'UNSUPPORTED_IMAGE',
	'IMAGE_TOO_LARGE',
	'SUBMIT_REJECTED',
	'LOGIN_REJECTED',
	'FORBIDDEN',
	'RATE_LIMITED',
	'UNREACHABLE',
	'BAD_RESPONSE',
	'OUTCOME_UNKNOWN',
	'TASK_FAILED',
	'TASK_NOT_FOUND',
	'TIMED_OUT',
	'CANCELED',
] as const;

/** One of the stable codes. */
export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorDetails {
	/** Progeny's task ID, where one is known: the result can still be fetched with it. */
	taskId?: string;
	/** The HTTP status that led here. */
	status?: number;
	/** Whether Progeny may have taken the upload all the same: it must not be sent again. */
	mayBeAccepted?: boolean;
}

/** Why an item has no result: a stable code, a sentence that says what happened, and a remedy that says what to do. */
export class ProgenyError extends Error {
	readonly taskId: string | undefined;
	readonly status: number | undefined;
	readonly mayBeAccepted: boolean;

	constructor(
		readonly code: ErrorCode,
		what: string,
		readonly remedy: string,
		details: ErrorDetails = {},
	) {
		super(what);
		this.name = 'ProgenyError';
		this.taskId = details.taskId;
		this.status = details.status;
		this.mayBeAccepted = details.mayBeAccepted ?? false;
	}

	/** The code, the task ID where one is known, and the remedy: what n8n shows below the message. */
	get description(): string {
		const task = this.taskId === undefined ? '' : `Task ID ${this.taskId}. `;
		return `[${this.code}] ${task}${this.remedy}`;
	}

	/** Whether Progeny may have done its work, or a part of it, without giving its result. */
	get isUncertain(): boolean {
		return this.mayBeAccepted || this.code === 'TASK_FAILED';
	}

	/** The same error without numbers in what Progeny said of its task, for people who should not learn a score. */
	hidingScores(): ProgenyError {
		if (this.taskId === undefined) return this;
		if (this.code !== 'TIMED_OUT') return this.with({ message: withoutNumbers(this.message) });
		const [ours, words] = this.message.split(LAST_WORDS);
		return words === undefined
			? this
			: this.with({ message: `${ours}${LAST_WORDS}${withoutNumbers(words)}` });
	}

	/** The same error, told of the task it concerns. */
	about(taskId: string): ProgenyError {
		return this.with({ taskId });
	}

	/** The same error with a sentence more in its remedy. */
	adding(sentence: string): ProgenyError {
		return this.with({ remedy: `${this.remedy} ${sentence}` });
	}

	private with(changes: { message?: string; remedy?: string; taskId?: string }): ProgenyError {
		const { code, status, mayBeAccepted } = this;
		const taskId = changes.taskId ?? this.taskId;
		return new ProgenyError(code, changes.message ?? this.message, changes.remedy ?? this.remedy, {
			mayBeAccepted,
			...(taskId === undefined ? {} : { taskId }),
			...(status === undefined ? {} : { status }),
		});
	}
}

const CODED = /^\[([A-Z_]+)\] (.*)$/s;

/**
 * Recovers a error from the message and description that n8n kept of it. n8n wraps what a credential's login throws in an
 * error of its own, which carries over only these two texts (n8n-core 1.122 and 2.41).
 */
export function errorFromTexts(message: string, description: unknown): ProgenyError | undefined {
	const match = typeof description === 'string' ? CODED.exec(description) : null;
	const code = ERROR_CODES.find((known) => known === match?.[1]);
	return code === undefined ? undefined : new ProgenyError(code, message, match?.[2] ?? '');
}
