import { photoProperty } from '../shared/item/properties';
import { CHECK_OUTPUTS, type Service } from '../shared/service';
import { checkedUuid } from '../shared/item/parameters';
import { MINIMUMS, timedOutVerdict, verdict, type Verdict } from './verdict';

/** Progeny's authenticate_face: a photo and a UUID in, a liveness check and a face comparison out (documented). */
export const authenticateFace: Service<Verdict> = {
	call({ parameter }) {
		const fields = { uuid: checkedUuid(parameter('uuid')) };
		return {
			path: '/services/authenticate_face/',
			files: { image: photoProperty },
			fields,
			shownFields: fields,
			judge: (task, parameters) => verdict(task, { ...parameters, ...fields }),
		};
	},
	hasProviderData: true,
	minimums: MINIMUMS,
	timedOut: timedOutVerdict,
	outputs: CHECK_OUTPUTS,
};
