import { abridged } from './abridge';
import {
	readCheck,
	readTaskResult,
	withNumbers,
	type Check,
	type Issue,
	type TaskResult,
} from './taskResult';
import { withoutNumbers } from '../util/quote';
import type { DecisionResult, JudgeParameters } from '../service';
import { finiteNumber } from '../util/values';

/** A check, as it goes out. Scores are numbers; unknown fields of Progeny's are kept. */
export interface CheckOutput {
	result: boolean;
	[field: string]: unknown;
}

/** A check that Progeny makes of a face, and the words for how it can end. */
export interface CheckKind<Name extends string = string> {
	/** Its name in Progeny's answer, and in the output. */
	readonly name: Name;
	/** The reason where Progeny says `false`. */
	readonly failed: string;
	/** The reason where Progeny gives no readable result for it. */
	readonly missing: string;
	/** Its numbers in Progeny's answer. */
	readonly scores: readonly string[];
	/** The score that the user may set a minimum for, the option that holds it, and the reason where it is missed. */
	readonly minimum: { readonly score: string; readonly option: string; readonly reason: string };
}

/** What Progeny's answer holds beside the outcome. */
export type Details<Name extends string = string> = {
	/** The texts of Progeny's codes; absent when there is none. */
	issues?: Issue[];
	/** With Include Provider Data: the task's result as Progeny sent it. */
	providerData?: unknown;
} & { [Check in Name]?: CheckOutput };

/**
 * Decides on a finished task. A pass needs every check to carry the boolean `true`, no issue, no failure status and no missed
 * minimum; all `true` with any of these against them make a review; anything else fails. Never throws.
 */
export function decide<Name extends string>(
	task: Record<string, unknown>,
	kinds: readonly [CheckKind<Name>, ...Array<CheckKind<Name>>],
	parameters: JudgeParameters,
): DecisionResult & Details<Name> {
	const result = readTaskResult(task);
	const checks = kinds.map((kind) => ({ kind, check: readCheck(result.data, kind.name) }));
	const allTrue = checks.every(({ check }) => check?.result === true);
	const doubts = [
		...(speaksAgainst(result) ? ['CONTRADICTORY'] : []),
		...checks.flatMap(({ kind, check }) => belowMinimum(kind, check, parameters)),
		...parameters.doubts,
	];
	const reasons = [
		...result.issues.map(({ code }) => code),
		...checks.flatMap(({ kind, check }) => failureReasons(kind, check)),
		...(allTrue ? doubts : []),
	];
	return {
		decision: !allTrue ? 'fail' : doubts.length > 0 ? 'review' : 'pass',
		reasons: [...new Set(reasons)],
		...detailsOf(task, result, kinds, parameters),
	};
}

/** The decision on a task that did not end in time, where the user wants these reviewed. */
export const timedOutDecision = (): DecisionResult => ({ decision: 'review', reasons: ['TIMED_OUT'] });

/** Whether anything beside the checks themselves speaks of a failure. */
export const speaksAgainst = ({ hasIssues, hasFailureStatus }: TaskResult): boolean =>
	hasIssues || hasFailureStatus;

/** Why a check is not passed: one reason, or none where Progeny says `true`. */
export function failureReasons({ failed, missing }: CheckKind, check: Check | undefined): string[] {
	if (check?.result === true) return [];
	return [check?.result === false ? failed : missing];
}

/** What goes out of a task's answer beside the outcome: Progeny's texts, the checks and the providers' data, as the parameters allow. */
export function detailsOf<Name extends string>(
	task: Record<string, unknown>,
	{ data, issues }: TaskResult,
	kinds: ReadonlyArray<CheckKind<Name>>,
	{ hideScores, includeProviderData }: JudgeParameters,
): Details<Name> {
	const hidden = (issue: Issue): Issue => ({ ...issue, message: withoutNumbers(issue.message) });
	const checks = kinds.flatMap(({ name, scores }) => {
		const check = readCheck(data, name);
		if (check === undefined) return [];
		return [
			[name, { result: check.result === true, ...(hideScores ? {} : withNumbers(check.data, scores)) }],
		];
	});
	return {
		...(issues.length > 0 ? { issues: hideScores ? issues.map(hidden) : issues } : {}),
		...(Object.fromEntries(checks) as { [Check in Name]?: CheckOutput }),
		...(includeProviderData && !hideScores ? { providerData: abridged(task.result ?? null) } : {}),
	};
}

/** A minimum that is set is missed by a lower score, by a score that is not there, and where either is no number. */
function belowMinimum(
	{ minimum }: CheckKind,
	check: Check | undefined,
	parameters: JudgeParameters,
): string[] {
	const value = parameters.minimums[minimum.option];
	if (value === undefined) return [];
	const [reached, needed] = [finiteNumber(check?.data[minimum.score]), finiteNumber(value)];
	return reached !== undefined && needed !== undefined && reached >= needed ? [] : [minimum.reason];
}
