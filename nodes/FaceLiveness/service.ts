import { photoProperty } from '../shared/item/properties';
import { decide, LIVENESS } from '../shared/result/decision';
import type { Details } from '../shared/result/details';
import { CHECK_OUTPUTS, type DecisionResult, type Service } from '../shared/service';

/** The result of Face Liveness. The check is absent if Progeny's answer lacks it. */
export interface FaceLivenessResult extends DecisionResult, Details<'liveness'> {
	/** True exactly if `decision` is `pass`. */
	live: boolean;
}

/** Progeny's face_liveness: checks that a photo shows a live person (documented). */
export const faceLiveness: Service = {
	call: () => ({
		path: '/services/face_liveness/',
		files: { image: photoProperty },
		judge: (task, parameters) => decide(task, [LIVENESS], parameters),
	}),
	affirmative: 'live',
	hasProviderData: true,
	minimums: [LIVENESS.minimum.option],
	outputs: CHECK_OUTPUTS,
};
