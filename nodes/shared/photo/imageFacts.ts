import type { NotAPhoto } from '../errors/photoMessages';

/** A photo's properties, read from its bytes alone. */
export interface ImageFacts {
	format: 'jpeg' | 'png';
	mimeType: 'image/jpeg' | 'image/png';
	/** The usual file extension, without the dot. */
	extension: 'jpg' | 'png';
	/** In pixels, as stored, before any rotation. */
	width: number;
	height: number;
	/** EXIF orientation: 1 is upright, 2 to 8 are rotated or mirrored. */
	orientation: number;
	/** True if the end marker (JPEG's EOI, PNG's IEND) is missing. Decoders fill in the missing part. */
	endsEarly: boolean;
}

/** Either the facts, or a phrase for what the bytes are instead ("a GIF image") and the kind of its remedy. */
export type ImageInspection = { facts: ImageFacts } | { found: string; kind: NotAPhoto };

/** True if the buffer starts with these bytes. */
export const startsWith = (bytes: Buffer, ...signature: number[]): boolean =>
	bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte);

/** Reads a big-endian 16-bit number; undefined beyond the buffer's end. */
export const u16 = (bytes: Buffer, at: number): number | undefined =>
	at >= 0 && at + 2 <= bytes.length ? bytes.readUInt16BE(at) : undefined;

/** Reads a big-endian 32-bit number; undefined beyond the buffer's end. */
export const u32 = (bytes: Buffer, at: number): number | undefined =>
	at >= 0 && at + 4 <= bytes.length ? bytes.readUInt32BE(at) : undefined;

/** Returns the bytes from `start` to before `end` as text, one character each. */
export const latin1 = (bytes: Buffer, start: number, end: number): string =>
	bytes.toString('latin1', start, Math.max(start, Math.min(end, bytes.length)));

/** Reads tag 0x0112 (Orientation) of the first directory of a TIFF block (TIFF 6.0, EXIF 2.3): 1 to 8, or undefined. */
export function tiffOrientation(tiff: Buffer): number | undefined {
	const little = latin1(tiff, 0, 2) === 'II';
	if (!little && latin1(tiff, 0, 2) !== 'MM') return undefined;
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
