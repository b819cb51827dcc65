import type { Sharp } from 'sharp';
import type { Pixels } from './human';

/** A decoded picture, made small enough for the models. */
export interface Picture extends Pixels {
	/** Size of the uploaded picture relative to this one, at least 1. */
	scale: number;
}

const documentedFormats = ['jpeg', 'png'];
const maxPixels = 60_000_000;
const maxSide = 1280;

/** True if the file is a PNG or JPEG by its header. */
export async function isPicture(file: Uint8Array): Promise<boolean> {
	return (await openPicture(file)) !== undefined;
}

/** Opens a PNG or JPEG; undefined if the file is neither by its header. */
export async function openPicture(file: Uint8Array): Promise<Sharp | undefined> {
	try {
		const picture = await open(file);
		const { format } = await picture.metadata();
		return documentedFormats.includes(format ?? '') ? picture : undefined;
	} catch {
		return undefined;
	}
}

/** Returns the pixels of a PNG or JPEG, upright by its EXIF; undefined if it cannot be decoded. */
export async function decodePicture(file: Uint8Array): Promise<Picture | undefined> {
	try {
		const picture = await openPicture(file);
		if (!picture) return undefined;
		const { width, height } = await picture.metadata();
		const { data, info } = await picture
			.rotate()
			.flatten({ background: '#ffffff' })
			.toColourspace('srgb')
			.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
			.raw()
			.toBuffer({ resolveWithObject: true });
		const scale = Math.max(width, height) / Math.max(info.width, info.height);
		return { data: new Uint8Array(data), width: info.width, height: info.height, scale };
	} catch {
		return undefined;
	}
}

async function open(file: Uint8Array): Promise<Sharp> {
	const { default: sharp } = await import('sharp');
	return sharp(file, { limitInputPixels: maxPixels, failOn: 'error' });
}
