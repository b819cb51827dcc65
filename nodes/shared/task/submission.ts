import { createHash } from 'node:crypto';
import { encodeMultipart, type Multipart, type Part } from '../progeny/multipart';
import type { Photo } from '../photo/photo';

/** What a Progeny service is sent, as one multipart form. */
export interface Submission {
	/** The service's path under the base URL, with Progeny's trailing slash. */
	path: string;
	/** True if the path is only inferred from Progeny's documentation. */
	isUndocumented?: boolean;
	/** True if it leaves a record at Progeny, which a second one would double. */
	leavesRecord?: boolean;
	/** Photos by the names of their form fields. */
	files: Record<string, Photo>;
	/** Texts by the names of their form fields. */
	fields: Record<string, string>;
}

/**
 * The submission as it is sent: the texts, then each photo with the type and the ending that its bytes
 * have. In this order a body that is cut is refused: Django drops a file that is cut, and accepts a text that is cut as it is.
 */
export function encode({ files, fields }: Submission): Multipart {
	const photos = Object.entries(files).map(([name, { bytes, facts }]): [string, Part] => [
		name,
		{ bytes, fileName: `photo.${facts.extension}`, mimeType: facts.mimeType },
	]);
	return encodeMultipart({ ...fields, ...Object.fromEntries(photos) });
}

/** Identifies a submission by all that is sent. A hash; it shows nothing of it. */
export function hashOf({ path, files, fields }: Submission): string {
	const hash = createHash('sha256').update(JSON.stringify([path, fields, Object.keys(files)]));
	for (const { bytes } of Object.values(files)) hash.update(bytes);
	return hash.digest('hex');
}
