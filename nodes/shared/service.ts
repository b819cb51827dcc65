import type { INodeProperties } from 'n8n-workflow';

/** Options that change how a finished task is judged and shown. */
export interface JudgeParameters {
	/** Omits all scores from the output. */
	hideScores: boolean;
	/** Omits anything that could identify the person: document data, hits, server text. */
	hidePersonalData: boolean;
	/** Adds the providers' original response to the output. */
	includeProviderData: boolean;
	/** Minimum scores by option name. A pass below one becomes a review; a non-numeric minimum is never met. */
	minimums: Readonly<Record<string, unknown>>;
	/** Reasons that turn a pass into a review, e.g. NO_RECEIPT or TOO_OLD. */
	reviewReasons: readonly string[];
	/** The time in ms since 1970 by each clock that may be right: n8n's, and Progeny's if they are far apart. */
	now: readonly number[];
	/** The ID of the task. */
	taskId: string;
	/** The UUID of the person to compare the photo with; undefined if the service makes no comparison. */
	uuid?: string;
}

/** The decisions, worst first: the order of a node's named outputs. */
export const DECISIONS = ['fail', 'review', 'pass'] as const;

/** The value to branch on. */
export type Decision = (typeof DECISIONS)[number];

/** The decision on a task, with its reasons. */
export interface DecisionResult {
	decision: Decision;
	/** Stable codes: Progeny's own first, unchanged, then the node's; empty for a pass. */
	reasons: string[];
	/** With `fail`: one English sentence to the person, if another photo may help. */
	advice?: string;
}

/** The names of a node's outputs by decision, worst first. */
export type OutputNames = readonly [fail: string, review: string, pass: string];

/** The outputs of a node that checks something. */
export const CHECK_OUTPUTS: OutputNames = ['Fail', 'Review', 'Pass'];

/** One item's parameters and options. Reading one throws n8n's error if its expression fails. */
export interface ItemValues {
	/** A parameter of the node; an empty text if it is not set. */
	parameter(name: string): unknown;
	/** One of its options: undefined if it is not set, null if it is set but its expression returned nothing. */
	option(name: string): unknown;
	/** The workflow's time zone, by its IANA name. */
	timeZone(): string;
}

/** A parameter for a photo; messages name it by `displayName`. */
export type PhotoParameter = Readonly<Pick<INodeProperties, 'name' | 'displayName'>>;

/** One item's request to a service, before its photos are read. */
export interface ServiceCall {
	/** The path under the base URL, with Progeny's trailing slash. */
	readonly path: string;
	/** True if Progeny's documentation only suggests the path, so an account may not have it. */
	readonly isUndocumented?: boolean;
	/** The photo parameters by form field. */
	readonly files: Readonly<Record<string, PhotoParameter>>;
	/** The texts by form field. A receipt is bound to all of them. */
	readonly fields?: Readonly<Record<string, string>>;
	/** Names of the fields echoed in the output. All others are personal data and must not appear in errors. */
	readonly echoedFields?: readonly string[];
	/** Decides on a finished task's answer of any shape. The output has all that it returns. Never throws. */
	judge(task: Record<string, unknown>, parameters: JudgeParameters): DecisionResult;
}

/** One Progeny service, as a node describes it to `runService`. */
export interface Service {
	/**
	 * Returns what an item asks for, by its parameters alone. Get Task Result calls it too: a receipt is bound to the path and the
	 * texts. Throws a ProgenyError if a value cannot be sent.
	 */
	call(values: ItemValues): ServiceCall;
	/** The output field that is true exactly for a pass, e.g. `live`. */
	readonly affirmative: string;
	/** True if the service accepts `extend_data`, which requests the providers' original response. */
	readonly hasProviderData: boolean;
	/** The node's options that hold a minimum score. */
	readonly minimums?: readonly string[];
	/**
	 * Set if the service creates a permanent record: appended to errors with an unknown outcome. Such a task is never resubmitted,
	 * even after TASK_FAILED.
	 */
	readonly permanentRecordWarning?: string;
	/**
	 * Set if the documentation shows a finished task's answer without its envelope (`status`, `result`): the one field of such an
	 * answer. It is judged with the status SUCCESS.
	 */
	readonly unwrappedField?: string;
	/** Output fields of a task that timed out, besides the decision. */
	readonly timedOutFields?: Readonly<Record<string, unknown>>;
	readonly outputs: OutputNames;
}
