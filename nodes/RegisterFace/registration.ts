import { readCheck, readTaskResult } from '../shared/result/taskResult';
import {
	contradictions,
	detailsOf,
	failureReasons,
	timedOutDecision,
	type Details,
} from '../shared/result/decision';
import { LIVENESS } from '../shared/result/liveness';
import type { DecisionResult, JudgeParameters } from '../shared/service';
import { isUuid } from '../shared/item/uuid';
import { own } from '../shared/util/values';

/** Whether a face was registered. The liveness check is there only where Progeny speaks of it: not for a success (documented). */
export interface Registration extends DecisionResult, Details<'liveness'> {
	/** True exactly when `decision` is `pass`. */
	registered: boolean;
	/** What Authenticate Face asks for later; null exactly where `registered` is false. */
	uuid: string | null;
}

/**
 * Turns a finished task into a registration. It passes only where Progeny gave a UUID, nothing in the answer speaks against it,
 * and there is no doubt. It fails without a UUID, and where there is a liveness check that is anything but passed; a UUID with
 * anything else against it is a review. The UUID is given out with a pass alone. Never throws.
 */
export function registration(task: Record<string, unknown>, parameters: JudgeParameters): Registration {
	const result = readTaskResult(task);
	const uuid = own(result.data, 'uuid');
	const { codes, advice } = result;
	const failures = livenessFailures(result.data);
	const missing = codes.length + failures.length === 0 ? ['UUID_MISSING'] : [];
	const isContradicted = result.isContradicted || failures.length > 0;
	const against = isUuid(uuid) ? contradictions({ isContradicted }) : missing;
	const isFailed = !isUuid(uuid) || failures.length > 0;
	const doubts = isFailed ? [] : parameters.doubts;
	const isPassed = !isFailed && against.length + doubts.length === 0;
	return {
		registered: isPassed,
		decision: isFailed ? 'fail' : isPassed ? 'pass' : 'review',
		reasons: [...new Set([...codes, ...failures, ...against, ...doubts])],
		...(isFailed && advice !== undefined ? { advice } : {}),
		uuid: isPassed ? uuid : null,
		...detailsOf(result, [LIVENESS], parameters),
	};
}

/** Why the liveness check is not passed; empty where it is, and where Progeny does not speak of it. */
function livenessFailures(data: Record<string, unknown>): string[] {
	const given = own(data, LIVENESS.name) ?? undefined;
	return given === undefined ? [] : failureReasons(LIVENESS, readCheck(data, LIVENESS.name));
}

/** What a task comes to that did not end in time, where the user wants that as a result. */
export const timedOutRegistration = (): Registration => ({
	registered: false,
	...timedOutDecision(),
	uuid: null,
});
