import { decide, LIVENESS, timedOutDecision, type CheckKind } from '../shared/result/decision';
import type { Details } from '../shared/result/details';
import type { DecisionResult, JudgeParameters } from '../shared/service';

/** Is it the person registered under the UUID? `matchScore` (unknown scale) and `scorePercent` (0-100). */
const AUTHENTICATION = {
	name: 'authentication',
	failed: 'NOT_MATCHED',
	missing: 'AUTHENTICATION_MISSING',
	scores: ['matchScore', 'scorePercent'],
	minimum: { score: 'scorePercent', highest: 100, option: 'minMatchPercent', reason: 'MATCH_BELOW_MINIMUM' },
} as const satisfies CheckKind;

const CHECKS = [AUTHENTICATION, LIVENESS] as const;

/** The options that hold a minimum score. */
export const MINIMUMS = CHECKS.map(({ minimum }) => minimum.option);

/** The verdict on one face. A check is absent where Progeny gave none. */
export interface Verdict extends DecisionResult, Details<'authentication' | 'liveness'> {
	/** True exactly when `decision` is `pass`. */
	authenticated: boolean;
}

/** Turns a finished task into a verdict: it is a pass only where both checks are. Never throws. */
export function verdict(task: Record<string, unknown>, parameters: JudgeParameters): Verdict {
	const decided = decide(task, CHECKS, parameters);
	return { authenticated: decided.decision === 'pass', ...decided };
}

/** The verdict on a task that did not end in time, where the user wants these reviewed. */
export const timedOutVerdict = (): Verdict => ({ authenticated: false, ...timedOutDecision() });
