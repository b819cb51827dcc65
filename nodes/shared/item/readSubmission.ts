import type { IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { contentHash, readPhoto, type Photo } from '../photo/photo';
import type { DecisionResult, PhotoParameter, ServiceCall } from '../service';
import type { Submission } from '../task/submission';

/**
 * Reads the photos of an item and gives what is submitted. `extend_data` is the text for the field of that name, which some of
 * Progeny's services require; undefined where a service has none. Throws a ProgenyError where a photo cannot be sent, SAME_IMAGE
 * where two parameters give the same one.
 */
export async function readSubmission(
	context: IExecuteFunctions,
	itemIndex: number,
	{ path, isUndocumented, files, fields }: ServiceCall<DecisionResult>,
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
		isUndocumented: isUndocumented === true,
		files: photos,
		fields: { ...fields, ...(extendData === undefined ? {} : { extend_data: extendData }) },
	};
}
