import { BY_DECISION } from '../shared/decision';
import type { Service } from '../shared/service';
import { checkedUuid } from '../shared/uuid';
import { MINIMUMS, timedOutVerdict, verdict, type Verdict } from './verdict';

/** Progeny's authenticate_face: a photo and a UUID in, a liveness check and a face comparison out (documented). */
export const authenticateFace: Service<Verdict> = {
	path: '/services/authenticate_face/',
	photos: { image: 'binaryPropertyName' },
	texts: { uuid: checkedUuid },
	minimums: MINIMUMS,
	judge: verdict,
	timedOut: timedOutVerdict,
	routing: BY_DECISION,
};
