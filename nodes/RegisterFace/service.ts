import { photoProperty } from '../shared/item/properties';
import type { Service } from '../shared/service';
import { registration, timedOutRegistration, type Registration } from './registration';

/** Progeny's register_face: a photo in, a UUID out where the face is live (documented). It leaves a record with Progeny. */
export const registerFace: Service<Registration> = {
	call: () => ({
		path: '/services/register_face/',
		files: { image: photoProperty },
		fields: {},
		shownFields: {},
		judge: registration,
	}),
	hasProviderData: true,
	minimums: [],
	permanentRecordWarning: 'A face may have been registered under a UUID that is not known here.',
	timedOut: timedOutRegistration,
	outputs: ['Not Registered', 'Review', 'Registered'],
};
