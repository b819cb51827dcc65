import { openPicture } from '../face/picture';

/** Width that the zone's letters are read best at, in pixels, and the largest height. */
const width = 1200;
const maxHeight = 1600;

/**
 * The lowest share (0-1) of a PNG or JPEG, upright as its EXIF says, gray, of the size that text is read best at: a PNG.
 * Undefined where the file cannot be decoded.
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
