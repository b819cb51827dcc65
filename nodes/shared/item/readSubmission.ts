import type { IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { contentHash, readPhoto, type Photo } from '../photo/photo';
import type { PhotoParameter, ServiceCall } from '../service';
import type { Submission } from '../task/submit';
import { withoutUndefined } from '../util/values';

/**
 * Reads the photos of an item and returns its submission. `extendData` is the text of the form field `extend_data`; undefined if the
 * service has none. Throws a ProgenyError if a photo cannot be sent, SAME_IMAGE if two parameters name the same photo.
 */
export async function readSubmission(
	context: IExecuteFunctions,
	itemIndex: number,
	{ path, isUndocumented = false, files, fields }: ServiceCall,
	extendData: string | undefined,
): Promise<Submission> {
	const photos: Record<string, Photo> = {};
	const parametersByHash = new Map<string, PhotoParameter>();
	for (const [field, parameter] of Object.entries(files)) {
		const photo = await readPhoto(context, itemIndex, parameter.name, parameter.displayName);
		const hash = contentHash(photo);
		const other = parametersByHash.get(hash);
		if (other !== undefined) throw messages.sameImage(other.displayName, parameter.displayName);
		parametersByHash.set(hash, parameter);
		photos[field] = photo;
	}
	return {
		path,
		isUndocumented,
		files: photos,
		fields: { ...fields, ...withoutUndefined({ extend_data: extendData }) },
	};
}
