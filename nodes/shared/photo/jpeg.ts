import { tiffOrientation, u16, type ImageInspection } from './imageFacts';

// Marker codes of ITU T.81, table B.1.
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const NUMBER_OF_LINES = 0xdc;
const APP1 = 0xe1;

/** True for start-of-frame markers: C0 to CF without C4 (Huffman tables), C8 (reserved) and CC (arithmetic coding). */
const isFrame = (marker: number) =>
	marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** True for markers of a segment with a length and for EOI; false for RST0 to RST7, SOI and codes below C0. */
const isSegment = (code: number) => code >= 0xc0 && code < 0xff && (code < 0xd0 || code > 0xd8);

/**
 * Inspects a file that starts with JPEG's SOI marker, as libjpeg does: skips bytes outside of segments up to the next marker,
 * and the two bytes of a length of 0 or 1.
 */
export function inspectJpeg(bytes: Buffer): ImageInspection {
	let exif = 0;
	for (let at = afterNextMarker(bytes, 2); at <= bytes.length; ) {
		const marker = bytes[at - 1]!;
		if (marker === END_OF_IMAGE || marker === START_OF_SCAN)
			return damaged('a JPEG image without a frame header');
		const length = lengthAt(bytes, at);
		if (at + length > bytes.length) break;
		if (marker === APP1 && exif === 0 && isExif(bytes, at + 2)) exif = at;
		if (isFrame(marker)) return inspectFrame(bytes, at, exif);
		at = afterNextMarker(bytes, at + length);
	}
	return damaged('a JPEG image that is cut off in its header');
}

/** `at` is the index of the frame header's length, `exif` that of the first EXIF segment's length, or 0. */
function inspectFrame(bytes: Buffer, at: number, exif: number): ImageInspection {
	const length = lengthAt(bytes, at);
	if (length < 8) return damaged('a JPEG image with a damaged header');
	const width = bytes.readUInt16BE(at + 5);
	const height = bytes.readUInt16BE(at + 3) || numberOfLines(bytes, at + length);
	if (width === 0 || height === 0) return damaged('a JPEG image without any pixels');
	const segment = exif === 0 ? undefined : bytes.subarray(exif + 8, exif + lengthAt(bytes, exif));
	const orientation = (segment && tiffOrientation(segment)) ?? 1;
	const endsEarly = !bytes.includes(END_MARKER, at + length);
	return {
		facts: {
			format: 'jpeg',
			mimeType: 'image/jpeg',
			extension: 'jpg',
			width,
			height,
			orientation,
			endsEarly,
		},
	};
}

const END_MARKER = Buffer.from([0xff, END_OF_IMAGE]);

/** Returns the height from the DNL segment after the first scan, for a frame header with height 0 (T.81, B.2.5); else 0. */
function numberOfLines(bytes: Buffer, from: number): number {
	for (let at = afterNextMarker(bytes, from); at <= bytes.length; ) {
		const marker = bytes[at - 1]!;
		if (marker === NUMBER_OF_LINES) return u16(bytes, at + 2) ?? 0;
		if (marker === END_OF_IMAGE) return 0;
		at = afterNextMarker(bytes, at + lengthAt(bytes, at));
	}
	return 0;
}

/** Returns the index after the next segment marker, from `from` on; without another marker, an index beyond the buffer's end. */
function afterNextMarker(bytes: Buffer, from: number): number {
	const end = bytes.length;
	for (let at = from + 1; at < end; at++) if (bytes[at - 1] === 0xff && isSegment(bytes[at]!)) return at + 1;
	return end + 1;
}

/** Returns a segment's length, which includes its own two bytes; 2 if these are cut off. */
const lengthAt = (bytes: Buffer, at: number): number =>
	at + 2 > bytes.length ? 2 : (bytes[at]! << 8) | bytes[at + 1]!;

/** True if an APP1 segment holds EXIF, not XMP. Compares byte by byte, for speed: a file may have millions of segments. */
const isExif = (bytes: Buffer, at: number) =>
	bytes[at] === 0x45 && bytes[at + 1] === 0x78 && bytes[at + 2] === 0x69 && bytes[at + 3] === 0x66;

const damaged = (found: string): ImageInspection => ({ found, kind: 'damaged' });
