import type { IExecuteFunctions } from 'n8n-workflow';
import { readPhoto, type Photo } from './photo';
import type { Service } from './service';
import type { Submission } from './submission';

/** What one item asks of a service. */
export interface ItemRequest {
	submission: Submission;
	/** The texts among what is sent, without the settings. */
	texts: Record<string, string>;
}

/**
 * Reads what an item sends: its texts, its photos, and always `extend_data`, as text (some of Progeny's services demand it).
 * Throws a Fault where anything of it cannot be sent.
 */
export async function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	service: Pick<Service<object>, 'path' | 'photos' | 'texts'>,
	includeProviderData: boolean,
): Promise<ItemRequest> {
	const texts: Record<string, string> = {};
	for (const [name, checked] of Object.entries(service.texts)) {
		texts[name] = checked(context.getNodeParameter(name, itemIndex, ''));
	}
	const files: Record<string, Photo> = {};
	for (const [field, parameter] of Object.entries(service.photos)) {
		files[field] = await readPhoto(
			context,
			itemIndex,
			context.getNodeParameter(parameter, itemIndex, 'data'),
		);
	}
	const fields = { ...texts, extend_data: String(includeProviderData) };
	return { submission: { path: service.path, files, fields }, texts };
}
