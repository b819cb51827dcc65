import { latin1, tiffOrientation, u32, type ImageInspection } from './imageFacts';

/** The first eight bytes of every PNG file (PNG specification, 5.2). */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const END_OF_IHDR = 33;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
const EXIF = 0x65584966;

/** Inspects a file that starts with PNG's signature. Decoders require IHDR, of 13 bytes, as its first chunk. */
export function inspectPng(bytes: Buffer): ImageInspection {
	if (bytes.length < END_OF_IHDR)
		return { found: 'a PNG image that is cut off in its header', kind: 'damaged' };
	if (u32(bytes, 8) !== 13 || latin1(bytes, 12, 16) !== 'IHDR')
		return { found: 'a PNG image with a damaged header', kind: 'damaged' };
	const width = bytes.readUInt32BE(16);
	const height = bytes.readUInt32BE(20);
	if (width === 0 || height === 0) return { found: 'a PNG image without any pixels', kind: 'damaged' };
	const orientation = pngOrientation(bytes) ?? 1;
	const endsEarly = !bytes.includes('IEND', END_OF_IHDR, 'latin1');
	return {
		facts: { format: 'png', mimeType: 'image/png', extension: 'png', width, height, orientation, endsEarly },
	};
}

/** Searches the chunks before the pixels for eXIf (PNG's third edition, 11.3.4.3). */
function pngOrientation(bytes: Buffer): number | undefined {
	for (let at = END_OF_IHDR; at + 8 <= bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		const kind = bytes.readUInt32BE(at + 4);
		if (kind === IDAT || kind === IEND) return undefined;
		if (kind === EXIF) return tiffOrientation(bytes.subarray(at + 8, at + 8 + length));
		at += 12 + length;
	}
	return undefined;
}
