import { checkedUuid } from '../shared/item/parameters';
import { photoProperty } from '../shared/item/properties';
import { decide, LIVENESS, type CheckKind } from '../shared/result/decision';
import type { Details } from '../shared/result/details';
import { CHECK_OUTPUTS, type DecisionResult, type Service } from '../shared/service';

/** The result of Authenticate Face. A check is absent if Progeny's answer lacks it. */
export interface AuthenticateFaceResult extends DecisionResult, Details<'authentication' | 'liveness'> {
	/** True exactly if `decision` is `pass`. */
	authenticated: boolean;
}

/** The comparison with the registered face: `matchScore` (unknown scale) and `scorePercent` (0-100). */
const AUTHENTICATION = {
	name: 'authentication',
	failed: 'NOT_MATCHED',
	missing: 'AUTHENTICATION_MISSING',
	scores: ['matchScore', 'scorePercent'],
	minimum: { score: 'scorePercent', highest: 100, option: 'minMatchPercent', reason: 'MATCH_BELOW_MINIMUM' },
} as const satisfies CheckKind;

const CHECKS = [AUTHENTICATION, LIVENESS] as const;

/** Progeny's authenticate_face: compares a photo with a registered face and checks liveness (documented). */
export const authenticateFace: Service = {
	call({ parameter }) {
		const uuid = checkedUuid(parameter('uuid'));
		return {
			path: '/services/authenticate_face/',
			files: { image: photoProperty },
			fields: { uuid },
			echoedFields: ['uuid'],
			judge: (task, parameters) => decide(task, CHECKS, { ...parameters, uuid }),
		};
	},
	affirmative: 'authenticated',
	hasProviderData: true,
	minimums: CHECKS.map(({ minimum }) => minimum.option),
	outputs: CHECK_OUTPUTS,
};
