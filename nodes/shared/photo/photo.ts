import { createHash } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import type { FileName } from '../errors/photoMessages';
import { MAX_IMAGE_BYTES } from '../limits';
import { findFile } from './findFile';
import { inspectImage, type ImageFacts } from './imageFacts';

/** A photo that may be sent: its bytes and what they are. */
export interface Photo {
	bytes: Buffer;
	facts: ImageFacts;
}

/**
 * Reads an item's photo. `parameter` is the name of the node's parameter that names one of the item's binary fields, or
 * whose expression gives the file itself; `label` is that parameter's display name, for messages. Works with each of n8n's
 * binary modes. Throws NO_IMAGE, EMPTY_IMAGE, UNSUPPORTED_IMAGE or IMAGE_TOO_LARGE, before anything is uploaded.
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
	if (bytes.length > MAX_IMAGE_BYTES) throw messages.imageTooLarge(name, bytes.length, MAX_IMAGE_BYTES);
	const inspection = inspectImage(bytes);
	if ('found' in inspection) throw messages.unsupportedImage(name, inspection.found, inspection.kind);
	return { bytes, facts: inspection.facts };
}

/** Tells photos of the same bytes: a SHA-256, which shows nothing of the photo. */
export const contentHash = ({ bytes }: Photo): string => createHash('sha256').update(bytes).digest('hex');

/** A file that n8n keeps outside the item is not read at all where its stored size is already too large. */
async function refuseTooLarge(context: IExecuteFunctions, file: IBinaryData, name: FileName): Promise<void> {
	if (!file.id) return;
	const stored = await context.helpers.getBinaryMetadata(file.id).catch(() => undefined);
	if (stored !== undefined && stored.fileSize > MAX_IMAGE_BYTES) {
		throw messages.imageTooLarge(name, stored.fileSize, MAX_IMAGE_BYTES);
	}
}

/** What a data URI has in front of its base64 text (RFC 2397). */
const DATA_URI = /^\s*data:[^,]{0,200};\s*base64\s*,/i;

/** Inline data is decoded here, for n8n refuses an object that has no ID; anything else is read by n8n. */
async function readBytes(
	context: IExecuteFunctions,
	itemIndex: number,
	file: IBinaryData,
	name: FileName,
): Promise<Buffer> {
	if (!file.id) return decoded(file.data.replace(DATA_URI, ''), name);
	// n8n 1.x takes an object for a file only where it has the key `data`, which expressions leave out.
	const whole = { ...file, data: file.data ?? '' };
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, whole).catch(() => undefined);
	if (bytes === undefined) throw messages.unreadableImage(name);
	return bytes;
}

/** Decodes inline data. Other text is refused here: decoders skip what is no base64 and make bytes of the rest. */
function decoded(data: string, name: FileName): Buffer {
	if (!/[^\w+/=\s-]/.test(data.slice(0, 1000))) return Buffer.from(data, 'base64');
	throw data.includes('\ufffd')
		? messages.unsupportedImage(name, 'data that was changed by reading it as text', 'mangled')
		: messages.unsupportedImage(name, 'text that is not base64', 'notBase64');
}
