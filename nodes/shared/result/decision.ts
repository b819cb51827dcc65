import { detailsOf, type Details } from './details';
import { readCheck, readTaskResult, type Check, type TaskResult } from './taskResult';
import type { DecisionResult, JudgeParameters } from '../service';
import { finiteNumber, own, withoutUndefined } from '../util/values';

/** A check that Progeny makes of a face, with the reasons for its possible results. */
export interface CheckKind<Name extends string = string> {
	/** Its name in Progeny's answer and in the output. */
	readonly name: Name;
	/** The reason if Progeny returns `false`. */
	readonly failed: string;
	/** The reason if Progeny returns no readable result for it. */
	readonly missing: string;
	/** Its numbers in Progeny's answer. */
	readonly scores: readonly string[];
	/** The score that may have a minimum. Its scale runs from 0 to `highest`; `reason` is for a score below the minimum. */
	readonly minimum: {
		readonly score: string;
		readonly highest: number;
		/** The node's option that holds the minimum. */
		readonly option: string;
		readonly reason: string;
	};
}

/** The check for a live person: `score` (unbounded), `quality` and `probability` (0-1). Each of Progeny's face services makes it. */
export const LIVENESS = {
	name: 'liveness',
	failed: 'NOT_LIVE',
	missing: 'LIVENESS_MISSING',
	scores: ['score', 'quality', 'probability'],
	minimum: {
		score: 'probability',
		highest: 1,
		option: 'minLivenessProbability',
		reason: 'LIVENESS_BELOW_MINIMUM',
	},
} as const satisfies CheckKind;

/**
 * Decides on a finished task. Fails unless each check is the boolean `true`. Otherwise a contradiction in the answer, a score
 * below its minimum, or one of `parameters.reviewReasons` makes a review. Never throws.
 */
export function decide<Name extends string>(
	task: Record<string, unknown>,
	kinds: readonly [CheckKind<Name>, ...Array<CheckKind<Name>>],
	parameters: JudgeParameters,
): DecisionResult & Details<Name> {
	const result = readTaskResult(task, parameters);
	const checks = kinds.map((kind) => ({ kind, check: readCheck(result.data, kind.name) }));
	const failReasons = checks.flatMap(({ kind, check }) => checkFailReasons(kind, check));
	const lowScores = checks.flatMap(({ kind, check }) => scoreReviewReasons(kind, check, parameters));
	return {
		...decisionOn(result, failReasons, [...lowScores, ...parameters.reviewReasons]),
		...detailsOf(result, kinds, parameters),
	};
}

/** Decides by the reasons. Any fail reason: fail. Else a contradiction in the answer or any review reason: review. Else pass. */
export function decisionOn(
	{ codes, isContradicted, advice }: Pick<TaskResult, 'codes' | 'isContradicted' | 'advice'>,
	failReasons: readonly string[],
	reviewReasons: readonly string[],
): DecisionResult {
	if (failReasons.length > 0) {
		return withoutUndefined({
			decision: 'fail' as const,
			reasons: [...new Set([...codes, ...failReasons])],
			advice,
		});
	}
	const reasons = [...(isContradicted ? ['CONTRADICTORY'] : []), ...reviewReasons];
	return {
		decision: reasons.length > 0 ? 'review' : 'pass',
		reasons: [...new Set([...codes, ...reasons])],
	};
}

/** Returns the decision on a task that did not end in time, if the user wants these reviewed. */
export const timedOutDecision = (): DecisionResult => ({ decision: 'review', reasons: ['TIMED_OUT'] });

/** Returns one reason if a check is not passed, none if Progeny returned `true`. */
export function checkFailReasons(
	{ failed, missing }: Pick<CheckKind, 'failed' | 'missing'>,
	check: Check | undefined,
): string[] {
	if (check?.result === true) return [];
	return [check?.result === false ? failed : missing];
}

/** A score that is lower, missing or off its scale does not reach a minimum. No score reaches an unusable minimum. */
function scoreReviewReasons(
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
	// A fraction by mistake, which nearly every score would reach.
	if (minimum.highest === 100 && isFraction(needed)) return [minimum.reason];
	const reached = onScale(own(check?.data ?? {}, minimum.score));
	return reached >= needed ? [] : [minimum.reason];
}

/** True for a number above 0 and up to 1, which is not a percentage. */
export const isFraction = (number: number): boolean => number > 0 && number <= 1;
