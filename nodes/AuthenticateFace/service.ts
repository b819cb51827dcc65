import type { Photo } from '../shared/photo';
import type { Submission } from '../shared/submission';

/** What Progeny's authenticate_face service is sent (documented): the photo, the UUID, and always `extend_data`, as text. */
export function faceSubmission(photo: Photo, uuid: string, includeProviderData: boolean): Submission {
	return {
		path: '/services/authenticate_face/',
		files: { image: photo },
		fields: { uuid, extend_data: String(includeProviderData) },
	};
}
