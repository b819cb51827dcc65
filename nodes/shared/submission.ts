import { createHash } from 'node:crypto';
import type { Photo } from './photo';

/** What a Progeny service is sent, as one multipart form. */
export interface Submission {
	/** The service's path under the base URL, with Progeny's trailing slash. */
	path: string;
	/** Photos by the names of their form fields. */
	files: Record<string, Photo>;
	/** Texts by the names of their form fields. */
	fields: Record<string, string>;
}

/** The form, built anew for each attempt: each photo with the type and the ending that its bytes have, then the texts. */
export function formOf({ files, fields }: Submission): FormData {
	const form = new FormData();
	for (const [name, { bytes, facts }] of Object.entries(files)) {
		form.append(name, new Blob([bytes], { type: facts.mimeType }), `photo.${facts.extension}`);
	}
	for (const [name, text] of Object.entries(fields)) form.append(name, text);
	return form;
}

/** How many bytes of photos the submission has. */
export function sizeOf({ files }: Submission): number {
	return Object.values(files).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Identifies a submission by all that is sent. A hash; it shows nothing of it. */
export function hashOf({ path, files, fields }: Submission): string {
	const hash = createHash('sha256').update(JSON.stringify([path, fields, Object.keys(files)]));
	for (const { bytes } of Object.values(files)) hash.update(bytes);
	return hash.digest('hex');
}
