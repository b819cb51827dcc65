import { readCheck, readTaskResult } from '../shared/result/taskResult';
import { detailsOf, failureReasons, speaksAgainst, type Details } from '../shared/result/decision';
import { LIVENESS } from '../shared/result/liveness';
import type { JudgeParameters } from '../shared/service';
import { isUuid } from '../shared/item/uuid';

/** Whether a face was registered. The liveness check is there only where Progeny speaks of it: not for a success (documented). */
export interface Registration extends Details<'liveness'> {
	registered: boolean;
	/** What Authenticate Face asks for later; null exactly where `registered` is false. */
	uuid: string | null;
	/** Stable upper-case codes: Progeny's own first, as they come, then the node's; empty where the face was registered. */
	reasons: string[];
}

/**
 * Turns a finished task into a registration. It succeeded only where Progeny gave a UUID and nothing speaks against it: no issue,
 * no failure status, no liveness check that is anything but passed. Never throws.
 */
export function registration(task: Record<string, unknown>, settings: JudgeParameters): Registration {
	const result = readTaskResult(task);
	const { uuid, liveness } = result.data;
	const isGiven = isUuid(uuid);
	const against = [
		...result.issues.map(({ code }) => code),
		...((liveness ?? undefined) === undefined
			? []
			: failureReasons(LIVENESS, readCheck(result.data, LIVENESS.name))),
	];
	const registered = isGiven && against.length === 0 && !speaksAgainst(result);
	const unexplained = isGiven ? ['CONTRADICTORY'] : against.length === 0 ? ['UUID_MISSING'] : [];
	return {
		registered,
		uuid: registered ? uuid : null,
		reasons: registered ? [] : [...new Set([...against, ...unexplained])],
		...detailsOf(task, result, [LIVENESS], settings),
	};
}

/** What a task comes to that did not end in time, where the user wants that as a result. */
export const timedOutRegistration = (): Registration => ({
	registered: false,
	uuid: null,
	reasons: ['TIMED_OUT'],
});
