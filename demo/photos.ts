import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { PHOTOS } from './paths';

/** A photo with the name that it is sent under. */
export interface Photo {
	name: string;
	type: 'image/jpeg' | 'image/png';
	data: Buffer;
}

/** Reads one of the bundled photos, such as `cat.png`. */
export function bundledPhoto(file: string): Photo {
	return {
		name: file,
		type: file.endsWith('.png') ? 'image/png' : 'image/jpeg',
		data: readFileSync(join(PHOTOS, file)),
	};
}

/** Reads one of the specimens of documents, such as `passport-eriksson`. */
export const specimen = (name: string): Photo => ({
	...bundledPhoto(`documents/${name}.png`),
	name: `${name}.png`,
});

/** Writes photos into a folder; creates it if missing. */
export function putPhotos(folder: string, photos: readonly Photo[]): void {
	mkdirSync(folder, { recursive: true });
	for (const { name, data } of photos) writeFileSync(join(folder, name), data);
}

/** The bundled photo of the woman whom the demo registers. */
export const REGISTERED_PHOTO = 'eileen-collins.png';

/** The name of the photo that `registeredWomanAgain` makes. */
export const SAME_WOMAN_PHOTO = 'eileen-collins-again.jpg';

/** Returns another photo of the registered woman, as good as: the bundled one cropped, turned a little, brightened and compressed. */
export async function registeredWomanAgain(): Promise<Photo> {
	const { data: turned, info } = await sharp(bundledPhoto(REGISTERED_PHOTO).data)
		.rotate(4, { background: '#888' })
		.toBuffer({ resolveWithObject: true });
	const data = await sharp(turned)
		.extract({
			left: 40,
			top: 30,
			width: Math.min(440, info.width - 40),
			height: Math.min(440, info.height - 30),
		})
		.modulate({ brightness: 1.12, saturation: 0.9 })
		.jpeg({ quality: 85 })
		.toBuffer();
	return { name: SAME_WOMAN_PHOTO, type: 'image/jpeg', data };
}

/** Returns the photos for the main example: the registered woman, another woman, a cat. */
export async function demoPhotos(): Promise<Photo[]> {
	return [await registeredWomanAgain(), bundledPhoto('grace-hopper.jpg'), bundledPhoto('cat.png')];
}
