import { photoProperty } from '../shared/item/properties';
import { isAnotherUuid, uuidDigits, type Levels } from '../shared/result/contradictions';
import { checkFailReasons, decisionOn, LIVENESS } from '../shared/result/decision';
import { detailsOf, type Details } from '../shared/result/details';
import { readCheck, readTaskResult } from '../shared/result/taskResult';
import type { DecisionResult, JudgeParameters, Service } from '../shared/service';
import { isUuid, own } from '../shared/util/values';

/** The result of Register Face. The check is absent if Progeny's answer lacks it, as after a success (documented). */
export interface RegisterFaceResult extends DecisionResult, Details<'liveness'> {
	/** True exactly if `decision` is `pass`. */
	registered: boolean;
	/** For Authenticate Face; null exactly if `registered` is false. */
	uuid: string | null;
}

/** Progeny's register_face: stores a live face and returns its UUID (documented). It leaves a permanent record with Progeny. */
export const registerFace: Service = {
	call: () => ({
		path: '/services/register_face/',
		files: { image: photoProperty },
		judge: decideRegistration,
	}),
	affirmative: 'registered',
	hasProviderData: true,
	permanentRecordWarning: 'A face may have been registered under a UUID that is not known here.',
	timedOutFields: { uuid: null },
	outputs: ['Not Registered', 'Review', 'Registered'],
};

/**
 * Decides on a finished registration. Fails without a UUID, or if a liveness check is not passed. A UUID in an answer that
 * contradicts it is a review. Returns the UUID in lower case, only with a pass. Never throws.
 */
function decideRegistration(
	task: Record<string, unknown>,
	parameters: JudgeParameters,
): Omit<RegisterFaceResult, 'registered'> {
	const result = readTaskResult(task, parameters);
	const uuid = uuidOf(result.data, parameters.taskId);
	const { codes, advice } = result;
	const livenessReasons = livenessFailReasons(result.data);
	const details = detailsOf(result, [LIVENESS], parameters);
	if (uuid === undefined) {
		const reasons = [...codes, ...livenessReasons];
		const decided = decisionOn(result, reasons.length > 0 ? reasons : ['UUID_MISSING'], []);
		return { ...decided, uuid: null, ...details };
	}
	const isContradicted = result.isContradicted || isTwoUuids(result.levels);
	const decided = decisionOn({ codes, advice, isContradicted }, livenessReasons, parameters.reviewReasons);
	return { ...decided, uuid: decided.decision === 'pass' ? uuid : null, ...details };
}

/** Returns the UUID of the face; undefined for the nil UUID and for the task's own. */
function uuidOf(data: Record<string, unknown>, taskId: string): string | undefined {
	const uuid = own(data, 'uuid');
	if (!isUuid(uuid) || /^[0-]*$/.test(uuid) || !isAnotherUuid(uuid, taskId)) return undefined;
	return uuid.toLowerCase();
}

const isTwoUuids = ([data, result]: Levels): boolean =>
	uuidDigits(own(data, 'uuid')) !== undefined && isAnotherUuid(own(result, 'uuid'), own(data, 'uuid'));

/** Returns a reason if the liveness check is not passed; none if Progeny's answer has no such check. */
function livenessFailReasons(data: Record<string, unknown>): string[] {
	const given = own(data, LIVENESS.name) ?? undefined;
	return given === undefined ? [] : checkFailReasons(LIVENESS, readCheck(data, LIVENESS.name));
}
