import { openPicture } from '../face/picture';

/** Width at which the zone's letters are read best, in pixels, and the maximum height. */
const width = 1200;
const maxHeight = 1600;

/**
 * Returns the lowest share (0-1) of a PNG or JPEG as a PNG: upright by its EXIF, gray, resized for reading.
 * Undefined if the file cannot be decoded.
 */
export async function lowestPart(file: Uint8Array, share: number): Promise<Buffer | undefined> {
	try {
		const picture = await openPicture(file);
		if (!picture) return undefined;
		const { data, info } = await picture
			.rotate()
			.flatten({ background: '#ffffff' })
			.grayscale()
			.resize({ width, height: maxHeight, fit: 'inside' })
			.toColourspace('b-w')
			.png({ compressionLevel: 1 })
			.toBuffer({ resolveWithObject: true });
		const { default: sharp } = await import('sharp');
		const height = Math.max(1, Math.round(info.height * share));
		return await sharp(data)
			.extract({ left: 0, top: info.height - height, width: info.width, height })
			.normalise()
			.png({ compressionLevel: 1 })
			.toBuffer();
	} catch {
		return undefined;
	}
}
