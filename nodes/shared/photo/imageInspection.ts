import type { NotAPhoto } from '../errors/photoMessages';

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
	/** The file has no end marker (JPEG's EOI, PNG's IEND): its last part is missing. Decoders fill it in. */
	endsEarly: boolean;
}

/** Either the facts, or what the bytes are instead: a phrase for a message ("a GIF image"), and the kind of its remedy. */
export type ImageInspection = { facts: ImageFacts } | { found: string; kind: NotAPhoto };
