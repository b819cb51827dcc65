import { decide, LIVENESS, timedOutDecision } from '../shared/result/decision';
import type { Details } from '../shared/result/details';
import type { DecisionResult, JudgeParameters } from '../shared/service';

/** Whether a photo shows a live person. The check is absent where Progeny gave none. */
export interface LivenessVerdict extends DecisionResult, Details<'liveness'> {
	/** True exactly when `decision` is `pass`. */
	live: boolean;
}

/** Turns a finished task into a verdict. Never throws. */
export function livenessVerdict(task: Record<string, unknown>, parameters: JudgeParameters): LivenessVerdict {
	const decided = decide(task, [LIVENESS], parameters);
	return { live: decided.decision === 'pass', ...decided };
}

/** The verdict on a task that did not end in time, where the user wants these reviewed. */
export const timedOutLiveness = (): LivenessVerdict => ({ live: false, ...timedOutDecision() });
