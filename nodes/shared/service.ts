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
}

/**
 * One Progeny service, as a node describes it to `runService`: where its photos go, what else is sent, how its result reads,
 * and which outputs it has. `Finding` is what the result says to the user.
 */
export interface Service<Finding extends object> {
	/** Its path under the base URL, with Progeny's trailing slash. */
	readonly path: string;
	/** The form field of each photo, with the node's parameter that says where the photo is. */
	readonly files: Readonly<Record<string, string>>;
	/**
	 * The form field of each text, which the node's parameter of the same name gives, with what makes it fit to be sent. That
	 * throws a Fault where it is not. The texts go out beside the result.
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
	judge(task: Record<string, unknown>, settings: JudgeParameters): Finding;
	/** What a task that did not end in time comes to, where the user wants that as a result. */
	timedOut(): Finding;
	readonly routing: Routing<Finding>;
}

/** The named outputs of a node, of which the last takes the items that could not be processed. */
export interface Routing<Finding> {
	/** The boolean parameter that turns them on. */
	readonly parameter: string;
	readonly outputs: readonly string[];
	/** The output that a finding goes to. */
	outputOf(finding: Finding): string;
}

/** The node's `outputs`, as the expression that the editor computes: one, or the named ones when they are turned on. */
export function outputsExpression({
	parameter,
	outputs,
}: Pick<Routing<never>, 'parameter' | 'outputs'>): INodeTypeDescription['outputs'] {
	const named = outputs.map((displayName) => `{ type: "main", displayName: "${displayName}" }`).join(', ');
	return `={{ $parameter.${parameter} && $parameter.operation !== "submit" ? [${named}] : [{ type: "main" }] }}`;
}
