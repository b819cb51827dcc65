import { CHECK_OUTPUTS, type Service } from '../shared/service';
import { checkedUuid } from '../shared/item/uuid';
import { MINIMUMS, timedOutVerdict, verdict, type Verdict } from './verdict';

/** Progeny's authenticate_face: a photo and a UUID in, a liveness check and a face comparison out (documented). */
export const authenticateFace: Service<Verdict> = {
	path: '/services/authenticate_face/',
	files: { image: 'binaryPropertyName' },
	fields: { uuid: checkedUuid },
	minimums: MINIMUMS,
	judge: verdict,
	timedOut: timedOutVerdict,
	outputs: CHECK_OUTPUTS,
};
