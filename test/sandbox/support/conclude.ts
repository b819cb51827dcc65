import { backgroundCheck } from '../../../nodes/BackgroundCheck/service';
import { hasNoContent } from '../../../nodes/shared/result/contradictions';
import { pollOutcome } from '../../../nodes/shared/task/outcomes';
import type { Scenario } from '../../../sandbox';
import type { SandboxService } from '../../../sandbox/api/paths';
import { JUDGES, PLAIN, type NodeName } from '../../unit/judges';
import type { Answer } from './client';

const nodeOf = (service: SandboxService): NodeName => {
	if (service === 'authenticate_face') return 'authenticateFace';
	if (service === 'face_liveness') return 'faceLiveness';
	if (service === 'register_face') return 'registerFace';
	if (service === 'background_check') return 'backgroundCheck';
	return service.startsWith('ocr_') ? 'readDocument' : 'verifyIdentity';
};

/** Returns what the shipped node concludes from the answer to a submit or a poll of this service: `error` if no check was made. */
export function conclude(service: SandboxService, { status, json }: Answer): Scenario['conclusion'] {
	if (status !== 200 && json?.status === undefined) return 'error';
	const reply = { kind: 'answer' as const, status, body: json };
	const outcome = pollOutcome(reply, 0, backgroundCheck.unwrappedField, hasNoContent);
	if (outcome.kind !== 'finished') return 'error';
	const today = new Date();
	const day = today.toISOString().slice(0, 10);
	const parameters = {
		...PLAIN,
		days: [day],
		now: [today.getTime()],
		includesBackgroundCheck: service.endsWith('_with_background_check'),
	};
	return JUDGES[nodeOf(service)].judge(outcome.task, parameters).decision;
}
