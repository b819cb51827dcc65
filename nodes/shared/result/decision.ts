import { abridged } from './abridge';
import { readCheck, readTaskResult, shownData, withNumbers } from './taskResult';
import type { Check, TaskResult } from './taskResult';
import type { Issue } from './issues';
import { codeOf, withoutNumbers } from '../util/quote';
import type { DecisionResult, JudgeParameters } from '../service';
import { finiteNumber, own } from '../util/values';

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
	/**
	 * The score that the user may set a minimum for, the highest value of its scale, which begins at 0, the option that holds
	 * the minimum, and the reason where it is missed.
	 */
	readonly minimum: {
		readonly score: string;
		readonly highest: number;
		readonly option: string;
		readonly reason: string;
	};
}

/** What Progeny's answer holds beside the outcome. */
export type Details<Name extends string = string> = {
	/** The texts of Progeny's codes; absent when there is none. */
	issues?: Issue[];
	/** With Include Provider Data: the task's result as Progeny sent it. */
	providerData?: unknown;
} & { [Check in Name]?: CheckOutput };

/**
 * Decides on a finished task. A pass needs every check to carry the boolean `true`, nothing in the answer against them, no
 * missed minimum and no doubt; all `true` with any of these against them make a review; anything else fails. Never throws.
 */
export function decide<Name extends string>(
	task: Record<string, unknown>,
	kinds: readonly [CheckKind<Name>, ...Array<CheckKind<Name>>],
	parameters: JudgeParameters,
): DecisionResult & Details<Name> {
	const result = readTaskResult(task, parameters);
	const checks = kinds.map((kind) => ({ kind, check: readCheck(result.data, kind.name) }));
	const failures = checks.flatMap(({ kind, check }) => failureReasons(kind, check));
	const misses = checks.flatMap(({ kind, check }) => belowMinimum(kind, check, parameters));
	return {
		...decisionOn(result, failures, [...misses, ...parameters.doubts]),
		...detailsOf(result, kinds, parameters),
	};
}

/**
 * The decision on a task's result: `failures`, the reasons for a fail, make one; a contradiction in the answer or one of `doubts`,
 * the reasons for a review, makes a review; without any of them it passes.
 */
export function decisionOn(
	result: Pick<TaskResult, 'codes' | 'isContradicted' | 'advice'>,
	failures: readonly string[],
	doubts: readonly string[],
): DecisionResult {
	const isFailed = failures.length > 0;
	const against = isFailed ? failures : [...(result.isContradicted ? ['CONTRADICTORY'] : []), ...doubts];
	return {
		decision: isFailed ? 'fail' : against.length > 0 ? 'review' : 'pass',
		reasons: [...new Set([...result.codes, ...against])],
		...(isFailed && result.advice !== undefined ? { advice: result.advice } : {}),
	};
}

/** The decision on a task that did not end in time, where the user wants these reviewed. */
export const timedOutDecision = (): DecisionResult => ({ decision: 'review', reasons: ['TIMED_OUT'] });

/** Why a check is not passed: one reason, or none where Progeny says `true`. */
export function failureReasons(
	{ failed, missing }: Pick<CheckKind, 'failed' | 'missing'>,
	check: Check | undefined,
): string[] {
	if (check?.result === true) return [];
	return [check?.result === false ? failed : missing];
}

/** What goes out of a task's answer beside the outcome: Progeny's texts, the checks and the providers' data, as the parameters allow. */
export function detailsOf<Name extends string>(
	result: TaskResult,
	kinds: ReadonlyArray<CheckKind<Name>>,
	parameters: JudgeParameters,
): Details<Name> {
	const { data } = result;
	const checks = kinds.flatMap(({ name, scores }) => {
		const check = readCheck(data, name);
		if (check === undefined) return [];
		const shown = parameters.hideScores ? {} : withNumbers(shownData(check.data), scores);
		return [[name, { result: check.result === true, ...shown }]];
	});
	const { issues, ...others } = wordsOf(result, parameters);
	return {
		...(issues === undefined ? {} : { issues }),
		...(Object.fromEntries(checks) as { [Check in Name]?: CheckOutput }),
		...others,
	};
}

/** Progeny's and its providers' own words, as the parameters allow. */
export function wordsOf(
	{ issues, raw }: TaskResult,
	{ hideScores, includeProviderData }: JudgeParameters,
): { issues?: Issue[]; providerData?: unknown } {
	return {
		...(issues.length > 0 ? { issues: hideScores ? issues.map(hidden) : issues } : {}),
		...(includeProviderData && !hideScores ? { providerData: abridged(raw) } : {}),
	};
}

function hidden({ check, code, message }: Issue): Issue {
	const shown = codeOf(code) === undefined ? withoutNumbers(code) : code;
	return { check, code: shown, message: withoutNumbers(message) };
}

/** A minimum that is set is missed by a lower score, by one that is not there, and where either is no number of the scale. */
function belowMinimum(
	{ minimum }: CheckKind,
	check: Check | undefined,
	parameters: JudgeParameters,
): string[] {
	if (!Object.hasOwn(parameters.minimums, minimum.option)) return [];
	const onScale = (value: unknown): number => {
		const number = finiteNumber(value) ?? NaN;
		return number >= 0 && number <= minimum.highest ? number : NaN;
	};
	const needed = onScale(parameters.minimums[minimum.option]);
	if (isFractionOfPercent(minimum, needed)) return [minimum.reason];
	const reached = onScale(own(check?.data ?? {}, minimum.score));
	return reached >= needed ? [] : [minimum.reason];
}

/** Whether a minimum on a scale of 100 is above 0 and up to 1: a fraction by mistake, which any score but the worst would meet. */
export const isFractionOfPercent = (
	{ highest }: Pick<CheckKind['minimum'], 'highest'>,
	needed: number,
): boolean => highest === 100 && needed > 0 && needed <= 1;
