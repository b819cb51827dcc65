import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { inspectImage, type ImageFacts } from './imageFacts';
import { MAX_IMAGE_BYTES } from '../limits';
import { quote } from '../util/quote';
import { asRecord, isRecord } from '../util/values';

/** A photo that may be sent: its bytes and what they are. */
export interface Photo {
	bytes: Buffer;
	facts: ImageFacts;
}

/**
 * Reads an item's photo. `field` is the name of one of its binary fields, or the binary object itself where an expression
 * gave one. Works with each of n8n's binary modes, also "combined", where files stand in `json._files`.
 * Throws NO_IMAGE, EMPTY_IMAGE, UNSUPPORTED_IMAGE or IMAGE_TOO_LARGE, before anything is uploaded.
 */
export async function readPhoto(
	context: IExecuteFunctions,
	itemIndex: number,
	field: unknown,
): Promise<Photo> {
	const { file, name } = findFile(context, itemIndex, field);
	await refuseTooLarge(context, file, name);
	const bytes = await readBytes(context, itemIndex, file, name);
	if (bytes.length === 0) throw messages.emptyImage(name);
	if (bytes.length > MAX_IMAGE_BYTES) throw messages.imageTooLarge(name, bytes.length, MAX_IMAGE_BYTES);
	const inspection = inspectImage(bytes);
	if ('found' in inspection) throw messages.unsupportedImage(name, inspection.found);
	return { bytes, facts: inspection.facts };
}

function findFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: unknown,
): { file: IBinaryData; name: string } {
	const { binary, json } = context.getInputData()[itemIndex]!;
	const available: Record<string, unknown> = { ...asRecord(json._files), ...binary };
	const given = isFile(field) ? field : undefined;
	if (given !== undefined) return { file: given, name: quote(given.fileName ?? 'given by the expression') };
	const name = typeof field === 'string' ? field.trim().replace(/^_files\./, '') : sameFile(available, field);
	const file = name !== undefined && Object.hasOwn(available, name) ? available[name] : undefined;
	if (name !== undefined && isFile(file)) return { file, name: quote(name) };
	const names = Object.keys(available).map((key) => quote(key));
	throw isRecord(field) ? messages.fileWithoutData(names) : messages.noImage(quote(name ?? ''), names);
}

/**
 * The name of the item's file that an expression such as `$binary.data` gave. Where files stand in the items themselves,
 * n8n leaves out their data for expressions, so the file is recognised by what is left. Undefined where several are alike.
 */
function sameFile(available: Record<string, unknown>, given: unknown): string | undefined {
	if (!isRecord(given) || typeof given.mimeType !== 'string') return undefined;
	const alike = Object.entries(available).filter(([, file]) =>
		Object.entries(given).every(([key, value]) => asRecord(file)[key] === value),
	);
	return alike.length === 1 ? alike[0]![0] : undefined;
}

const isFile = (value: unknown): value is IBinaryData =>
	isRecord(value) && (typeof value.id === 'string' || typeof value.data === 'string');

/** A file that n8n keeps outside the item is not read at all where its stored size is already too large. */
async function refuseTooLarge(context: IExecuteFunctions, file: IBinaryData, name: string): Promise<void> {
	if (file.id === undefined) return;
	const stored = await context.helpers.getBinaryMetadata(file.id).catch(() => undefined);
	if (stored !== undefined && stored.fileSize > MAX_IMAGE_BYTES) {
		throw messages.imageTooLarge(name, stored.fileSize, MAX_IMAGE_BYTES);
	}
}

/** Inline data is decoded here, for n8n refuses an object that has no ID; anything else is read by n8n. */
async function readBytes(
	context: IExecuteFunctions,
	itemIndex: number,
	file: IBinaryData,
	name: string,
): Promise<Buffer> {
	if (file.id === undefined) return Buffer.from(file.data, 'base64');
	// n8n 1.x takes an object for a file only where it has the key `data`, which expressions leave out.
	const whole = { ...file, data: file.data ?? '' };
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, whole).catch(() => undefined);
	if (bytes === undefined) throw messages.unreadableImage(name);
	return bytes;
}
