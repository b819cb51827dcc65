import type { IExecuteFunctions } from 'n8n-workflow';
import { readPhoto, type Photo } from '../photo/photo';
import type { Service } from '../service';
import type { Submission } from '../task/submission';

/** What one item submits to a service. */
export interface ItemSubmission {
	submission: Submission;
	/** The text fields that the user gave; `submission.fields` also holds what the options add. */
	fields: Record<string, string>;
}

/**
 * Reads what an item submits: its text fields, its photos, and always `extend_data`, as text (some of Progeny's services
 * require it). Throws a ProgenyError where any of it cannot be sent.
 */
export async function readSubmission(
	context: IExecuteFunctions,
	itemIndex: number,
	service: Pick<Service<never>, 'path' | 'files' | 'fields'>,
	includeProviderData: boolean,
): Promise<ItemSubmission> {
	const fields = readFields(context, itemIndex, service);
	const files: Record<string, Photo> = {};
	for (const [field, parameter] of Object.entries(service.files)) {
		files[field] = await readPhoto(context, itemIndex, parameter);
	}
	const sent = { ...fields, extend_data: String(includeProviderData) };
	return { submission: { path: service.path, files, fields: sent }, fields };
}

/** Reads the text fields of an item. Throws a ProgenyError where one cannot be sent. */
export function readFields(
	context: IExecuteFunctions,
	itemIndex: number,
	service: Pick<Service<never>, 'fields'>,
): Record<string, string> {
	const fields = Object.entries(service.fields).map(([name, checked]) => [
		name,
		checked(context.getNodeParameter(name, itemIndex, '')),
	]);
	return Object.fromEntries(fields) as Record<string, string>;
}
