import { LIVENESS } from '../shared/result/liveness';
import { CHECK_OUTPUTS, type Service } from '../shared/service';
import { livenessVerdict, timedOutLiveness, type LivenessVerdict } from './livenessVerdict';

/** Progeny's face_liveness: a photo in, a liveness check out (documented). */
export const faceLiveness: Service<LivenessVerdict> = {
	path: '/services/face_liveness/',
	files: { image: 'binaryPropertyName' },
	fields: {},
	minimums: [LIVENESS.minimum.option],
	judge: livenessVerdict,
	timedOut: timedOutLiveness,
	outputs: CHECK_OUTPUTS,
};
