import type { DecisionResult, JudgeParameters } from '../service';
import { withoutEncodedTogether } from '../util/encoded';
import { withoutNumbers } from '../util/quote';
import type { BackgroundCheckOutput } from './backgroundCheck';
import type { Issue } from './issues';

interface Shown extends DecisionResult {
	issues?: Issue[];
	backgroundCheck?: BackgroundCheckOutput;
}

/**
 * Returns a decided result for the output: without encoded data that is spread over its codes and texts, and with Hide Scores
 * without numbers. The number of matches and a number in a risk level count as scores.
 */
export function fitToShow<Result extends DecisionResult>(
	result: Result,
	{ hideScores }: Pick<JudgeParameters, 'hideScores'>,
): Result {
	const { reasons, issues = [], backgroundCheck } = result as Shown;
	const shown = (texts: readonly string[]): string[] =>
		withoutEncodedTogether(texts).map((text) => (hideScores ? withoutNumbers(text) : text));
	const checks = shown(issues.map(({ check }) => check));
	const codes = shown(issues.map(({ code }) => code));
	const messages = shown(issues.map(({ message }) => message));
	return {
		...result,
		reasons: [...new Set(shown(reasons))],
		...(issues.length > 0
			? { issues: issues.map((_, i) => ({ check: checks[i], code: codes[i], message: messages[i] })) }
			: {}),
		...(backgroundCheck !== undefined && hideScores
			? { backgroundCheck: withoutCount(backgroundCheck) }
			: {}),
	};
}

function withoutCount({ potentialMatch, riskLevel }: BackgroundCheckOutput): BackgroundCheckOutput {
	return { potentialMatch, riskLevel: riskLevel === null ? null : withoutNumbers(riskLevel) };
}
