/** What a photo is, from its bytes alone. */
export interface ImageFacts {
	format: 'jpeg' | 'png';
	mimeType: 'image/jpeg' | 'image/png';
	/** The ending that a file of this format should have, without the dot. */
	extension: 'jpg' | 'png';
	/** Pixels, as stored, before any turning. */
	width: number;
	height: number;
	/** EXIF orientation: 1 is upright, 2 to 8 are turned or mirrored. */
	orientation: number;
}

/** Either the facts, or what the bytes are instead, as a phrase for a message ("a GIF image", "cut off in its header"). */
export type ImageInspection = { facts: ImageFacts } | { found: string };

/**
 * Tells what a file is from its bytes, never from its declared type. Only JPEG and PNG headers that are whole give facts
 * (Progeny's documented formats). Never throws and never reads beyond the buffer; looks at headers only.
 */
export function inspectImage(bytes: Buffer): ImageInspection {
	if (startsWith(bytes, 0xff, 0xd8, 0xff)) return inspectJpeg(bytes);
	if (startsWith(bytes, ...PNG_SIGNATURE)) return inspectPng(bytes);
	return { found: foreignKind(bytes) };
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const startsWith = (bytes: Buffer, ...signature: number[]) =>
	bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte);

const u16 = (bytes: Buffer, at: number) =>
	at >= 0 && at + 2 <= bytes.length ? bytes.readUInt16BE(at) : undefined;
const u32 = (bytes: Buffer, at: number) =>
	at >= 0 && at + 4 <= bytes.length ? bytes.readUInt32BE(at) : undefined;
const latin = (bytes: Buffer, start: number, end: number) => bytes.subarray(start, end).toString('latin1');

/** Start-of-frame markers: C0 to CF without C4 (Huffman tables), C8 (reserved) and CC (arithmetic coding). ITU T.81, B.1. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers that stand alone, without a length: TEM and RST0 to RST7. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

function inspectJpeg(bytes: Buffer): ImageInspection {
	const cutOff = { found: 'a JPEG image that is cut off in its header' };
	let orientation = 1;
	let at = 2;
	while (at < bytes.length) {
		if (bytes[at] !== 0xff) return { found: 'a JPEG image with a damaged header' };
		const marker = bytes[at + 1];
		if (marker === undefined) return cutOff;
		if (marker === 0xff || isBare(marker)) {
			at += marker === 0xff ? 1 : 2;
			continue;
		}
		if (marker === 0xd9 || marker === 0xda) return { found: 'a JPEG image without a frame header' };
		const length = u16(bytes, at + 2);
		if (length === undefined || at + 2 + length > bytes.length) return cutOff;
		if (length < 2) return { found: 'a JPEG image with a damaged header' };
		if (marker === 0xe1)
			orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
		if (isFrame(marker)) {
			if (length < 8) return { found: 'a JPEG image with a damaged header' };
			const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
			return facts({ format: 'jpeg', mimeType: 'image/jpeg', extension: 'jpg', width, height, orientation });
		}
		at += 2 + length;
	}
	return cutOff;
}

function inspectPng(bytes: Buffer): ImageInspection {
	const cutOff = { found: 'a PNG image that is cut off in its header' };
	if (bytes.length < 33) return cutOff;
	if (u32(bytes, 8) !== 13 || latin(bytes, 12, 16) !== 'IHDR')
		return { found: 'a PNG image with a damaged header' };
	const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
	return facts({
		format: 'png',
		mimeType: 'image/png',
		extension: 'png',
		width,
		height,
		orientation: pngOrientation(bytes) ?? 1,
	});
}

function facts(found: ImageFacts): ImageInspection {
	const name = found.format.toUpperCase();
	return found.width > 0 && found.height > 0
		? { facts: found }
		: { found: `a ${name} image without any pixels` };
}

/** Walks PNG chunks up to the pixels, in search of eXIf (PNG 1.5 extensions, third edition's own chunk). */
function pngOrientation(bytes: Buffer): number | undefined {
	let at = 8;
	for (;;) {
		const length = u32(bytes, at);
		const kind = latin(bytes, at + 4, at + 8);
		if (length === undefined || kind === 'IDAT' || kind === 'IEND') return undefined;
		if (kind === 'eXIf') return tiffOrientation(bytes.subarray(at + 8, at + 8 + length));
		at += 12 + length;
	}
}

function exifOrientation(segment: Buffer): number | undefined {
	return latin(segment, 0, 6) === 'Exif\0\0' ? tiffOrientation(segment.subarray(6)) : undefined;
}

/** Reads tag 0x0112 (Orientation) of the first directory of a TIFF block (TIFF 6.0, EXIF 2.3). */
function tiffOrientation(tiff: Buffer): number | undefined {
	const little = latin(tiff, 0, 2) === 'II';
	if (!little && latin(tiff, 0, 2) !== 'MM') return undefined;
	const short = (at: number) =>
		at + 2 <= tiff.length ? (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : undefined;
	const directory = tiff.length >= 8 ? (little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)) : Infinity;
	const entries = short(directory) ?? 0;
	for (let i = 0; i < entries; i++) {
		const entry = directory + 2 + 12 * i;
		const tag = short(entry);
		if (tag === undefined) return undefined;
		if (tag !== 0x0112) continue;
		const value = short(entry + 8);
		return value !== undefined && value >= 1 && value <= 8 ? value : undefined;
	}
	return undefined;
}

const FOREIGN: ReadonlyArray<readonly [name: string, matches: (bytes: Buffer) => boolean]> = [
	['a GIF image', (b) => latin(b, 0, 4) === 'GIF8'],
	['a WebP image', (b) => latin(b, 0, 4) === 'RIFF' && latin(b, 8, 12) === 'WEBP'],
	[
		'a HEIC image (the format of iPhone cameras)',
		(b) => /^ftyp(heic|heix|hevc|heim|heis|mif1|msf1)/.test(latin(b, 4, 12)),
	],
	['an AVIF image', (b) => /^ftypavi[fs]/.test(latin(b, 4, 12))],
	['a video', (b) => latin(b, 4, 8) === 'ftyp' || startsWith(b, 0x1a, 0x45, 0xdf, 0xa3)],
	['a BMP image', (b) => latin(b, 0, 2) === 'BM' && b.length > 26],
	['a TIFF image', (b) => ['II*\0', 'MM\0*'].includes(latin(b, 0, 4))],
	['a PDF document', (b) => latin(b, 0, 5) === '%PDF-'],
	['a ZIP archive or Office document', (b) => latin(b, 0, 4) === 'PK\x03\x04'],
	['an SVG image', (b) => /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg[\s>]/is.test(latin(b, 0, 1024))],
	['an HTML page', (b) => /^\s*<(!doctype html|html|head|body)/i.test(latin(b, 0, 256))],
	['a JPEG image that is cut off in its header', (b) => startsWith(b, 0xff, 0xd8)],
	['a PNG image that is cut off in its header', (b) => startsWith(b, ...PNG_SIGNATURE.slice(0, 4))],
	[
		'an image as base64 text, not as a file',
		(b) => /^(data:image\/|\/9j\/4|iVBORw0KGgo)/.test(latin(b, 0, 16)),
	],
	['JSON text', (b) => /^\s*[[{]["\s{[\d\]}]/.test(latin(b, 0, 64))],
	['text', (b) => !/[^\t\n\r\x20-\x7e\x80-\xff]/.test(latin(b, 0, 512))],
];

function foreignKind(bytes: Buffer): string {
	return FOREIGN.find(([, matches]) => matches(bytes))?.[0] ?? 'of an unknown kind';
}
