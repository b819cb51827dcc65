import { latin } from './bytes';

/** Reads tag 0x0112 (Orientation) of the first directory of a TIFF block (TIFF 6.0, EXIF 2.3): 1 to 8, or undefined. */
export function tiffOrientation(tiff: Buffer): number | undefined {
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
