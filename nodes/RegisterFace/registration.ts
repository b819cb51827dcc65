import { readCheck, readTaskResult } from '../shared/result/taskResult';
import {
	detailsOf,
	failureReasons,
	speaksAgainst,
	timedOutDecision,
	type Details,
} from '../shared/result/decision';
import { LIVENESS } from '../shared/result/liveness';
import type { DecisionResult, JudgeParameters } from '../shared/service';
import { isUuid } from '../shared/item/uuid';

/** Whether a face was registered. The liveness check is there only where Progeny speaks of it: not for a success (documented). */
export interface Registration extends DecisionResult, Details<'liveness'> {
	/** True exactly when `decision` is `pass`. */
	registered: boolean;
	/** What Authenticate Face asks for later; null exactly where `registered` is false. */
	uuid: string | null;
}

/**
 * Turns a finished task into a registration. It succeeded only where Progeny gave a UUID and nothing speaks against it: no issue,
 * no failure status, no liveness check that is anything but passed. Never throws.
 */
export function registration(task: Record<string, unknown>, parameters: JudgeParameters): Registration {
	const result = readTaskResult(task);
	const { uuid, liveness } = result.data;
	const isGiven = isUuid(uuid);
	const failures =
		(liveness ?? undefined) === undefined
			? []
			: failureReasons(LIVENESS, readCheck(result.data, LIVENESS.name));
	const isLivenessFailed = failures.length > 0;
	const against = [...result.issues.map(({ code }) => code), ...failures];
	const doubts = isGiven
		? [...(against.length > 0 || speaksAgainst(result) ? ['CONTRADICTORY'] : []), ...parameters.doubts]
		: [];
	const decision = !isGiven || isLivenessFailed ? 'fail' : doubts.length > 0 ? 'review' : 'pass';
	const missing = isGiven || against.length > 0 ? [] : ['UUID_MISSING'];
	return {
		registered: decision === 'pass',
		decision,
		reasons: [...new Set([...against, ...doubts, ...missing])],
		uuid: decision === 'pass' ? uuid : null,
		...detailsOf(task, result, [LIVENESS], parameters),
	};
}

/** What a task comes to that did not end in time, where the user wants that as a result. */
export const timedOutRegistration = (): Registration => ({
	registered: false,
	...timedOutDecision(),
	uuid: null,
});
