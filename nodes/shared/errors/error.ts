import { hidingNumbers, hidingOtherNumbers, unmarked, withoutWords } from './serverWords';

/** The stable codes of everything that can keep an item from its result. Workflows may branch on them. */
export const ERROR_CODES = [
	'INVALID_UUID',
	'NO_IMAGE',
	'EMPTY_IMAGE',
	'UNSUPPORTED_IMAGE',
	'IMAGE_TOO_LARGE',
	'SAME_IMAGE',
	'INVALID_DOCUMENT_TYPE',
	'INVALID_NAME',
	'INVALID_DATE',
	'INVALID_OPTIONS',
	'INVALID_RECEIPT',
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

/** Errors of an answer. Their words may come without marks: within another sentence, or back from n8n as plain text. */
const MAY_QUOTE_UNMARKED: ReadonlySet<ErrorCode> = new Set([
	'SUBMIT_REJECTED',
	'LOGIN_REJECTED',
	'FORBIDDEN',
	'RATE_LIMITED',
	'BAD_RESPONSE',
	'TASK_FAILED',
	'TIMED_OUT',
]);

interface ErrorDetails {
	/** Progeny's task ID, where one is known: the result can still be fetched with it. */
	taskId?: string;
	/** Fetches the result of that task later, with proof of what was asked. */
	receipt?: string;
	/** The HTTP status that led here. */
	status?: number;
	/** Whether Progeny may have taken the upload all the same: it must not be sent again. */
	mayBeAccepted?: boolean;
	/** Whether the task has ended for good, so that a retry may submit anew. */
	isOver?: boolean;
}

/** What nobody is to read in an item's errors. */
export interface Hidden {
	/** The numbers in the server's words. */
	scores: boolean;
	/** The server's words. */
	words: boolean;
}

/** Why an item has no result: a stable code, a sentence that says what happened, and a remedy that says what to do. */
export class ProgenyError extends Error {
	readonly taskId: string | undefined;
	readonly receipt: string | undefined;
	readonly status: number | undefined;
	readonly mayBeAccepted: boolean;
	readonly isOver: boolean;
	/** The message with its marks around the server's words. */
	private readonly what: string;

	/** `what` may hold server text that `serverWords` marked; `message` is the same without the marks. */
	constructor(
		readonly code: ErrorCode,
		what: string,
		readonly remedy: string,
		details: ErrorDetails = {},
	) {
		super(unmarked(what));
		this.what = what;
		this.name = 'ProgenyError';
		this.taskId = details.taskId;
		this.receipt = details.receipt;
		this.status = details.status;
		this.mayBeAccepted = details.mayBeAccepted ?? false;
		this.isOver = details.isOver ?? false;
	}

	/** The code, the task ID and the receipt where they are known, and the remedy: what n8n shows below the message. */
	get description(): string {
		const task = this.taskId === undefined ? '' : `Task ID ${this.taskId}. `;
		const receipt = this.receipt === undefined ? '' : `Receipt ${this.receipt} `;
		return `[${this.code}] ${task}${receipt}${this.remedy}`;
	}

	/** Whether Progeny may have done its work, or a part of it, without giving its result. */
	get isUncertain(): boolean {
		return this.mayBeAccepted || this.code === 'TASK_FAILED';
	}

	/** The same error without numbers in the server's words, for people who should not learn a score. Our own numbers stay. */
	hidingScores(): ProgenyError {
		const hide = MAY_QUOTE_UNMARKED.has(this.code) ? hidingOtherNumbers : hidingNumbers;
		return this.with({ what: hide(this.what) });
	}

	/** The same error without the server's words, which may repeat personal data. */
	hidingWords(): ProgenyError {
		return this.with({ what: withoutWords(this.what) });
	}

	/**
	 * The error as the user reads it: with `permanentRecordWarning`, if any, where a record may have been left with Progeny, and without
	 * what is hidden.
	 */
	forUser(permanentRecordWarning: string | undefined, { scores, words }: Hidden): ProgenyError {
		const warned =
			permanentRecordWarning !== undefined && this.isUncertain ? this.adding(permanentRecordWarning) : this;
		const shown = words ? warned.hidingWords() : warned;
		return scores ? shown.hidingScores() : shown;
	}

	/** The same error, told of the task it concerns. */
	about(taskId: string): ProgenyError {
		return this.with({ taskId });
	}

	/** The same error, with the receipt of the task it concerns, if there is one. */
	withReceipt(receipt: string | undefined): ProgenyError {
		return receipt === undefined ? this : this.with({ receipt });
	}

	/** The same error with a sentence more in its remedy. */
	adding(sentence: string): ProgenyError {
		return this.with({ remedy: `${this.remedy} ${sentence}` });
	}

	private with(changes: { what?: string; remedy?: string; taskId?: string; receipt?: string }): ProgenyError {
		const { code, status, mayBeAccepted, isOver } = this;
		const taskId = changes.taskId ?? this.taskId;
		const receipt = changes.receipt ?? this.receipt;
		return new ProgenyError(code, changes.what ?? this.what, changes.remedy ?? this.remedy, {
			mayBeAccepted,
			isOver,
			...(taskId === undefined ? {} : { taskId }),
			...(receipt === undefined ? {} : { receipt }),
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
