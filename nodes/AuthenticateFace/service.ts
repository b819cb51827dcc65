import type { Submission } from '../shared/task';
import { photoPart, type Photo } from '../shared/photo';

/** What Progeny's authenticate_face service is sent (documented): the photo, the UUID, and always `extend_data`, as text. */
export function submission(photo: Photo, uuid: string, includeProviderData: boolean): Submission {
	const { blob, fileName } = photoPart(photo);
	return {
		path: '/services/authenticate_face/',
		bytes: blob.size,
		form: () => {
			const form = new FormData();
			form.append('image', blob, fileName);
			form.append('uuid', uuid);
			form.append('extend_data', String(includeProviderData));
			return form;
		},
	};
}
