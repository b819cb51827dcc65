import { hash } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import type { FileName } from '../errors/photoMessages';
import { MAX_IMAGE_BYTES } from '../limits';
import { findFile } from './findFile';
import type { ImageFacts } from './imageFacts';
import { inspectImage } from './imageFormat';

/** A photo that may be sent. */
export interface Photo {
	bytes: Buffer;
	facts: ImageFacts;
}

/**
 * Reads an item's photo in any of n8n's binary modes. `parameter` is the node's parameter that names a binary field of the
 * item, or whose expression returns the file; `label` is its display name. Throws NO_IMAGE, EMPTY_IMAGE, UNSUPPORTED_IMAGE or
 * IMAGE_TOO_LARGE.
 */
export async function readPhoto(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: string,
	label: string,
): Promise<Photo> {
	const { file, name } = findFile(context, itemIndex, parameter, label);
	await refuseTooLarge(context, file, name);
	const bytes = await readBytes(context, itemIndex, file, name);
	if (bytes.length === 0) throw messages.emptyImage(name);
	if (bytes.length > MAX_IMAGE_BYTES) throw messages.imageTooLarge(name, bytes.length);
	const inspection = inspectImage(bytes);
	if ('found' in inspection) throw messages.unsupportedImage(name, inspection.found, inspection.kind);
	return { bytes, facts: inspection.facts };
}

/** Returns a SHA-256 of a photo's bytes, to recognize the same photo. It reveals nothing of the photo. */
export const contentHash = ({ bytes }: Photo): string => hash('sha256', bytes);

/** Throws IMAGE_TOO_LARGE before reading a file that n8n stores outside the item. */
async function refuseTooLarge(context: IExecuteFunctions, file: IBinaryData, name: FileName): Promise<void> {
	if (!file.id) return;
	const stored = await context.helpers.getBinaryMetadata(file.id).catch(() => undefined);
	if (stored !== undefined && stored.fileSize > MAX_IMAGE_BYTES) {
		throw messages.imageTooLarge(name, stored.fileSize);
	}
}

/** The prefix of a data URI with base64 (RFC 2397). */
const DATA_URI_PREFIX = /^\s*data:[^,]{0,200};\s*base64\s*,/i;

/** n8n cannot read inline data without an ID, so it is decoded here. */
async function readBytes(
	context: IExecuteFunctions,
	itemIndex: number,
	file: IBinaryData,
	name: FileName,
): Promise<Buffer> {
	if (!file.id) return decoded(file.data.replace(DATA_URI_PREFIX, ''), name);
	// n8n 1.x requires the key `data`, which expressions leave out.
	const whole = { ...file, data: file.data ?? '' };
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, whole).catch(() => undefined);
	if (bytes === undefined) throw messages.unreadableImage(name);
	return bytes;
}

/** Decodes inline data. Rejects text that is not base64: Buffer.from silently skips invalid characters. */
function decoded(data: string, name: FileName): Buffer {
	if (!/[^\w+/=\s-]/.test(data.slice(0, 1000))) return Buffer.from(data, 'base64');
	throw data.includes('\ufffd')
		? messages.unsupportedImage(name, 'data that was changed by reading it as text', 'mangled')
		: messages.unsupportedImage(name, 'text that is not base64', 'notBase64');
}
