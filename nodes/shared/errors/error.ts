import { withoutNumbers } from '../util/quote';

/** Codes of an item that cannot be sent. */
export const INPUT_CODES = [
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
] as const;

/** Codes of a login, an upload or a task that did not lead to a result. */
const SERVICE_CODES = [
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

/** All stable codes, one of which each error has. Workflows may branch on them. */
export const ERROR_CODES = [...INPUT_CODES, ...SERVICE_CODES] as const;

/** One of the stable codes. */
export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorDetails {
	/** The words of a server or n8n, sanitized by `quote`. They may repeat scores and personal data. */
	serverWords?: string;
	/** The joint between the sentence and `serverWords`; a colon by default. */
	leadIn?: string;
	/** Progeny's task ID, if known: it can still fetch the result. */
	taskId?: string | undefined;
	/** The task's receipt: it fetches the result later, with proof of what was asked. */
	receipt?: string | undefined;
	/** The HTTP status that led here. */
	status?: number | undefined;
	/** True if Progeny may have accepted the upload: it must not be sent again. */
	mayBeAccepted?: boolean;
	/** True if the task has ended for good: a retry may submit again. */
	isOver?: boolean;
}

/** The advice on an error: a sentence, or several. */
export type Remedy = string | readonly string[];

/** The first sentence of many remedies. */
const NOT_SENT = /^Nothing was (sent|submitted)\. /;

/** The parts to remove from an item's errors. */
export interface Hidden {
	/** Numbers in the server's words. */
	scores: boolean;
	/** The server's words as a whole. */
	words: boolean;
}

/** Why an item has no result: a stable code, a sentence about what happened, perhaps a server's words, and a remedy. */
export class ProgenyError extends Error {
	readonly remedy: string;
	readonly serverWords: string;
	readonly leadIn: string;
	readonly taskId: string | undefined;
	readonly receipt: string | undefined;
	readonly status: number | undefined;
	readonly mayBeAccepted: boolean;
	readonly isOver: boolean;

	/** `sentence` and `remedy` must be our own words: only `serverWords` can be hidden. */
	constructor(
		readonly code: ErrorCode,
		readonly sentence: string,
		remedy: Remedy,
		details: ErrorDetails = {},
	) {
		const { serverWords = '', leadIn = ': ' } = details;
		super(serverWords === '' ? sentence : sentence + leadIn + serverWords);
		this.name = 'ProgenyError';
		this.remedy = [remedy].flat().join(' ');
		this.serverWords = serverWords;
		this.leadIn = leadIn;
		this.taskId = details.taskId;
		this.receipt = details.receipt;
		this.status = details.status;
		this.mayBeAccepted = details.mayBeAccepted ?? false;
		this.isOver = details.isOver ?? false;
	}

	/** The text that n8n shows below the message: the code, the task ID and receipt if known, and the remedy. */
	get description(): string {
		const task = this.taskId === undefined ? '' : `Task ID ${this.taskId}. `;
		const receipt = this.receipt === undefined ? '' : `Receipt ${this.receipt} `;
		return `[${this.code}] ${task}${receipt}${this.remedy}`;
	}

	/** True if Progeny may have done all or part of its work without returning a result. */
	get isUncertain(): boolean {
		return this.mayBeAccepted || this.code === 'TASK_FAILED';
	}

	/** Returns the error without numbers in the server's words, to hide scores. */
	hidingScores(): ProgenyError {
		return this.with({ serverWords: withoutNumbers(this.serverWords) });
	}

	/** Returns the error without the server's words, which may repeat personal data. */
	hidingWords(): ProgenyError {
		return this.with({ serverWords: '' });
	}

	/**
	 * Returns the error as the user reads it: without what is hidden, and with `permanentRecordWarning` if Progeny may have created a
	 * record.
	 */
	forUser(permanentRecordWarning: string | undefined, { scores, words }: Hidden): ProgenyError {
		const warned =
			permanentRecordWarning !== undefined && this.isUncertain ? this.adding(permanentRecordWarning) : this;
		const shown = words ? warned.hidingWords() : warned;
		return scores ? shown.hidingScores() : shown;
	}

	/** Returns the error with its task's ID. The remedy of a failed login then does not say that nothing was submitted: the task was. */
	about(taskId: string): ProgenyError {
		return this.with({ taskId, remedy: this.remedy.replace(NOT_SENT, '') });
	}

	/** Returns the error with its task's receipt, if there is one. */
	withReceipt(receipt: string | undefined): ProgenyError {
		return receipt === undefined ? this : this.with({ receipt });
	}

	/** Returns the error with one more sentence in its remedy. */
	adding(sentence: string): ProgenyError {
		return this.with({ remedy: `${this.remedy} ${sentence}` });
	}

	private with(changes: ErrorDetails & { remedy?: string }): ProgenyError {
		return new ProgenyError(this.code, this.sentence, changes.remedy ?? this.remedy, { ...this, ...changes });
	}
}
