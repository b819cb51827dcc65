import type { INodeTypeDescription } from 'n8n-workflow';

/** What the user asks of a result beyond Progeny's own words. */
export interface JudgeParameters {
	/** No scores in the output, in any form. */
	hideScores: boolean;
	/** Put the providers' original response into the output. */
	includeProviderData: boolean;
	/**
	 * The minimum scores that are set, by their options' names: below one a pass becomes a review. A value that is no number
	 * is never reached.
	 */
	minimums: Readonly<Record<string, unknown>>;
	/** Reasons that turn what would be a pass into a review, e.g. NO_RECEIPT or TOO_OLD. */
	doubts: readonly string[];
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
}

/** The names of a node's outputs by decision, worst first. */
export type OutputNames = readonly [fail: string, review: string, pass: string];

/** The outputs of a node that checks something. */
export const CHECK_OUTPUTS: OutputNames = ['Fail', 'Review', 'Pass'];

/**
 * One Progeny service, as a node describes it to `runService`: where its photos go, what else is sent, how its result reads,
 * and which outputs it has. `Finding` is what the result says to the user.
 */
export interface Service<Finding extends DecisionResult> {
	/** Its path under the base URL, with Progeny's trailing slash. */
	readonly path: string;
	/** The form field of each photo, with the node's parameter that says where the photo is. */
	readonly files: Readonly<Record<string, string>>;
	/**
	 * The form field of each text, which the node's parameter of the same name gives, with what makes it fit to be sent. That
	 * throws a ProgenyError where it is not. The fields come out beside the result.
	 */
	readonly fields: Readonly<Record<string, (value: unknown) => string>>;
	/** The node's options that hold a minimum score. */
	readonly minimums: readonly string[];
	/**
	 * Where the service leaves a record with Progeny: the sentence that says so of an upload whose end is not known. A task of
	 * it that failed is then not submitted again either. Absent where a check leaves nothing behind.
	 */
	readonly recordWarning?: string;
	/** Reads a finished task's answer, whatever its shape. Pure; never throws. */
	judge(task: Record<string, unknown>, parameters: JudgeParameters): Finding;
	/** What a task that did not end in time comes to, where the user wants that as a result. */
	timedOut(): Finding;
	readonly outputs: OutputNames;
}

/**
 * The node's `outputs` expression: three named outputs with Route by Decision, else one. n8n itself puts items that were never
 * judged on output 0 (Always Output Data, a disabled node, a node that threw under "continue"), and output 1 is its error
 * output where there is one main output. So a pass is never on output 0 or 1. `options` comes raw: an expression, a text or a 1
 * leaves routing off here and in the code alike.
 */
export function outputsExpression(names: OutputNames): INodeTypeDescription['outputs'] {
	const named = names.map((displayName) => `{ type: "main", displayName: "${displayName}" }`).join(', ');
	return `={{ ($parameter.options || {}).routeByDecision === true && $parameter.operation !== "submit" ? [${named}] : [{ type: "main" }] }}`;
}
