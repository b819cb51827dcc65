import type { INodeProperties } from 'n8n-workflow';

/** What the user asks of a result beyond Progeny's own words. */
export interface JudgeParameters {
	/** No scores in the output, in any form. */
	hideScores: boolean;
	/** Nothing that may tell who the person is: no data of a document, no hits, none of the server's words. */
	hidePersonalData: boolean;
	/** Put the providers' original response into the output. */
	includeProviderData: boolean;
	/**
	 * The minimum scores that are set, by their options' names: below one a pass becomes a review. A value that is no number
	 * is never reached.
	 */
	minimums: Readonly<Record<string, unknown>>;
	/** Reasons that turn what would be a pass into a review, e.g. NO_RECEIPT or TOO_OLD. */
	doubts: readonly string[];
	/** The time, in ms since 1970, as each clock has it that may be right: n8n's, and Progeny's where they are far apart. */
	now: readonly number[];
	/** The task that was asked for. */
	taskId: string;
	/** The person whom the photo is to be compared with; undefined where none was asked for. */
	uuid?: string;
}

/** The decisions, worst first: the order of a node's named outputs. */
export const DECISIONS = ['fail', 'review', 'pass'] as const;

/** What the next node branches on. */
export type Decision = (typeof DECISIONS)[number];

/** The decision on a task, with its reasons. */
export interface DecisionResult {
	decision: Decision;
	/** Stable codes: Progeny's own first, as they come, then the node's; empty for a pass. */
	reasons: string[];
	/** With `fail`: one English sentence to the person, if another photo may help. */
	advice?: string;
}

/** The names of a node's outputs by decision, worst first. */
export type OutputNames = readonly [fail: string, review: string, pass: string];

/** The outputs of a node that checks something. */
export const CHECK_OUTPUTS: OutputNames = ['Fail', 'Review', 'Pass'];

/** One item's parameters and options. Reading one throws what n8n throws where its expression fails. */
export interface ItemValues {
	/** A parameter of the node; an empty text where it is not set. */
	parameter(name: string): unknown;
	/** One of its options: undefined where it is not set, null where it is set and its expression gave nothing. */
	option(name: string): unknown;
	/** The workflow's time zone, as IANA names it. */
	timeZone(): string;
}

/** A parameter that says where a photo is; `displayName` names it in messages. */
export type PhotoParameter = Readonly<Pick<INodeProperties, 'name' | 'displayName'>>;

/** What one item asks of a service, before its photos are read. */
export interface ServiceCall<Finding extends DecisionResult> {
	/** The path under the base URL, with Progeny's trailing slash. */
	readonly path: string;
	/** Whether the path is only inferred from Progeny's documentation, so that an account may not have it. */
	readonly isUndocumented?: boolean;
	/** The form field of each photo, with the parameter that says where the photo is. */
	readonly files: Readonly<Record<string, PhotoParameter>>;
	/** The form field of each text. A receipt is bound to all of them. */
	readonly fields: Readonly<Record<string, string>>;
	/** Those of the texts that come out beside the result. The others are personal data: no error repeats them. */
	readonly shownFields: Readonly<Record<string, string>>;
	/** Reads a finished task's answer, whatever its shape. Never throws. */
	judge(task: Record<string, unknown>, parameters: JudgeParameters): Finding;
}

/** One Progeny service, as a node describes it to `runService`. `Finding` is what its result says to the user. */
export interface Service<Finding extends DecisionResult> {
	/**
	 * What an item asks for, by its parameters alone. Get Task Result needs it as well: a receipt is bound to the path and the
	 * texts. Throws a ProgenyError where a value cannot be sent.
	 */
	call(values: ItemValues): ServiceCall<Finding>;
	/** Whether it takes `extend_data`, which asks for the providers' original response. */
	readonly hasProviderData: boolean;
	/** The node's options that hold a minimum score. */
	readonly minimums: readonly string[];
	/**
	 * Where the service leaves a record with Progeny: the sentence that says so of an upload whose end is not known. A task of
	 * it that failed is then not submitted again either. Absent where a check leaves nothing behind.
	 */
	readonly permanentRecordWarning?: string;
	/**
	 * Where the documentation shows a finished task's answer without its envelope (`status`, `result`): the one field that such an
	 * answer has. It is judged with the status SUCCESS.
	 */
	readonly unwrappedField?: string;
	/** What a task that did not end in time comes to, where the user wants that as a result. */
	timedOut(): Finding;
	readonly outputs: OutputNames;
}
