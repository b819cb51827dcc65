import { photoProperty } from '../shared/item/properties';
import { LIVENESS } from '../shared/result/decision';
import { CHECK_OUTPUTS, type Service } from '../shared/service';
import { livenessVerdict, timedOutLiveness, type LivenessVerdict } from './livenessVerdict';

/** Progeny's face_liveness: a photo in, a liveness check out (documented). */
export const faceLiveness: Service<LivenessVerdict> = {
	call: () => ({
		path: '/services/face_liveness/',
		files: { image: photoProperty },
		fields: {},
		shownFields: {},
		judge: livenessVerdict,
	}),
	hasProviderData: true,
	minimums: [LIVENESS.minimum.option],
	timedOut: timedOutLiveness,
	outputs: CHECK_OUTPUTS,
};
