import { abridged } from '../shared/abridge';
import { readCheck, readTaskResult, withNumbers, type Check, type Issue } from '../shared/checks';
import { withoutNumbers } from '../shared/quote';
import { finiteNumber } from '../shared/values';

/** What the next node branches on. */
export type Decision = 'pass' | 'review' | 'fail';

/** One of the two checks, as it goes out. Scores are numbers; unknown fields of Progeny's are kept. */
export interface CheckOutput {
	result: boolean;
	[field: string]: unknown;
}

/** The verdict on one face. */
export interface Verdict {
	/** True exactly when `decision` is `pass`. */
	authenticated: boolean;
	decision: Decision;
	/** Stable upper-case codes: Progeny's own first, as they come, then the node's; empty for a pass. */
	reasons: string[];
	/** The texts of Progeny's codes; absent when there is none. */
	issues?: Issue[];
	/** Is it the person registered under the UUID? `matchScore` (unknown scale) and `scorePercent` (0-100). Absent when Progeny gave no such check. */
	authentication?: CheckOutput;
	/** Is it a live person? `score` (unbounded), `quality` and `probability` (0-1). Absent when Progeny gave no such check. */
	liveness?: CheckOutput;
	/** With Include Provider Data: the task's result as Progeny sent it. */
	providerData?: unknown;
}

/** What the user asks beyond Progeny's own two booleans. */
export interface VerdictSettings {
	/** Below this match percentage (0-100) a pass becomes a review. Undefined: no minimum. A value that is no number is never reached. */
	minMatchPercent?: unknown;
	/** Below this liveness probability (0-1) a pass becomes a review. Undefined: no minimum. A value that is no number is never reached. */
	minLivenessProbability?: unknown;
	/** No scores in the output, in any form. */
	hideScores: boolean;
	/** Put the providers' original response into the output. */
	includeProviderData: boolean;
}

/**
 * Turns a finished task into a verdict. A pass needs both checks to carry the boolean `true`, no issue, no failure status and
 * no missed minimum; two `true` with any of these against them make a review; anything else fails. Never throws.
 */
export function verdict(task: Record<string, unknown>, settings: VerdictSettings): Verdict {
	const { data, issues, hasIssues, hasFailureStatus } = readTaskResult(task);
	const authentication = readCheck(data, 'authentication');
	const liveness = readCheck(data, 'liveness');

	const bothTrue = authentication?.result === true && liveness?.result === true;
	const doubts = [
		...(hasIssues || hasFailureStatus ? ['CONTRADICTORY'] : []),
		...belowMinimum(authentication?.data.scorePercent, settings.minMatchPercent, 'MATCH_BELOW_MINIMUM'),
		...belowMinimum(liveness?.data.probability, settings.minLivenessProbability, 'LIVENESS_BELOW_MINIMUM'),
	];
	const decision: Decision = !bothTrue ? 'fail' : doubts.length > 0 ? 'review' : 'pass';
	const reasons = [
		...issues.map(({ code }) => code),
		...checkReason(authentication, 'AUTHENTICATION_MISSING', 'NOT_MATCHED'),
		...checkReason(liveness, 'LIVENESS_MISSING', 'NOT_LIVE'),
		...(bothTrue ? doubts : []),
	];
	return {
		authenticated: decision === 'pass',
		decision,
		reasons: [...new Set(reasons)],
		...(issues.length > 0 ? { issues: settings.hideScores ? issues.map(hidden) : issues } : {}),
		...output('authentication', authentication, ['matchScore', 'scorePercent'], settings),
		...output('liveness', liveness, ['score', 'quality', 'probability'], settings),
		...(settings.includeProviderData && !settings.hideScores
			? { providerData: abridged(task.result ?? null) }
			: {}),
	};
}

/** The verdict on a task that did not end in time, where the user wants these reviewed. */
export function timedOutVerdict(): Verdict {
	return { authenticated: false, decision: 'review', reasons: ['TIMED_OUT'] };
}

function checkReason(check: Check | undefined, missing: string, failed: string): string[] {
	if (check?.result === true) return [];
	return [check?.result === false ? failed : missing];
}

/** A minimum that is set is missed by a lower score, by a score that is not there, and where either is no number. */
function belowMinimum(score: unknown, minimum: unknown, reason: string): string[] {
	if (minimum === undefined) return [];
	const [reached, needed] = [finiteNumber(score), finiteNumber(minimum)];
	return reached !== undefined && needed !== undefined && reached >= needed ? [] : [reason];
}

function output(
	name: 'authentication' | 'liveness',
	check: Check | undefined,
	scores: readonly string[],
	settings: VerdictSettings,
): Pick<Verdict, 'authentication' | 'liveness'> {
	if (check === undefined) return {};
	const details = settings.hideScores ? {} : withNumbers(check.data, scores);
	return { [name]: { result: check.result === true, ...details } };
}

const hidden = (issue: Issue): Issue => ({ ...issue, message: withoutNumbers(issue.message) });
