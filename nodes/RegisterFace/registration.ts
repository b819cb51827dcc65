import { readCheck, readTaskResult } from '../shared/result/taskResult';
import { isAnotherUuid, uuidDigits, type Levels } from '../shared/result/contradictions';
import { checkFailReasons, decisionOn, LIVENESS, timedOutDecision } from '../shared/result/decision';
import { detailsOf, type Details } from '../shared/result/details';
import type { DecisionResult, JudgeParameters } from '../shared/service';
import { isUuid } from '../shared/item/parameters';
import { own } from '../shared/util/values';

/** Whether a face was registered. The liveness check is there only where Progeny speaks of it: not for a success (documented). */
export interface Registration extends DecisionResult, Details<'liveness'> {
	/** True exactly when `decision` is `pass`. */
	registered: boolean;
	/** What Authenticate Face asks for later; null exactly where `registered` is false. */
	uuid: string | null;
}

/**
 * Turns a finished task into a registration. It passes only if Progeny gave a UUID, nothing in the answer speaks against it, and
 * there is no doubt. It fails without a UUID, and with a liveness check that is anything but passed; a UUID with anything else
 * against it is a review. The UUID is given out with a pass alone, in lower case. Never throws.
 */
export function registration(task: Record<string, unknown>, parameters: JudgeParameters): Registration {
	const result = readTaskResult(task, parameters);
	const uuid = uuidOf(result.data, parameters.taskId);
	const { codes, advice } = result;
	const failures = livenessFailures(result.data);
	const isContradicted = result.isContradicted || isTwoUuids(result.levels);
	const details = detailsOf(result, [LIVENESS], parameters);
	if (uuid === undefined) {
		const reasons = [...codes, ...failures];
		return {
			registered: false,
			decision: 'fail',
			reasons: reasons.length > 0 ? [...new Set(reasons)] : ['UUID_MISSING'],
			...(advice === undefined ? {} : { advice }),
			uuid: null,
			...details,
		};
	}
	const decided = decisionOn({ codes, advice, isContradicted }, failures, parameters.doubts);
	const registered = decided.decision === 'pass';
	return { registered, ...decided, uuid: registered ? uuid : null, ...details };
}

/** The UUID that Progeny gave the face: the nil UUID and the task's own are none. */
function uuidOf(data: Record<string, unknown>, taskId: string): string | undefined {
	const uuid = own(data, 'uuid');
	if (!isUuid(uuid) || /^[0-]*$/.test(uuid) || !isAnotherUuid(uuid, taskId)) return undefined;
	return uuid.toLowerCase();
}

const isTwoUuids = ([data, result]: Levels): boolean =>
	uuidDigits(own(data, 'uuid')) !== undefined && isAnotherUuid(own(result, 'uuid'), own(data, 'uuid'));

/** Why the liveness check is not passed; empty where it is, and where Progeny does not speak of it. */
function livenessFailures(data: Record<string, unknown>): string[] {
	const given = own(data, LIVENESS.name) ?? undefined;
	return given === undefined ? [] : checkFailReasons(LIVENESS, readCheck(data, LIVENESS.name));
}

/** What a task comes to that did not end in time, where the user wants that as a result. */
export const timedOutRegistration = (): Registration => ({
	registered: false,
	...timedOutDecision(),
	uuid: null,
});
