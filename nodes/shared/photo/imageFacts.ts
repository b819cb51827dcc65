import { startsWith, type ImageInspection } from './imageInspection';
import { inspectJpeg } from './jpeg';
import { otherFormat } from './otherFormats';
import { inspectPng, PNG_SIGNATURE } from './png';

export type { ImageFacts, ImageInspection } from './imageInspection';

/**
 * Detects a file's type by its bytes, never from its declared type. Returns facts for every JPEG and PNG that decoders read
 * (Progeny's documented formats), even with stray bytes between segments or without its end. Reads headers only, in linear
 * time. Never throws.
 */
export function inspectImage(bytes: Buffer): ImageInspection {
	if (startsWith(bytes, 0xff, 0xd8)) return inspectJpeg(bytes);
	if (startsWith(bytes, ...PNG_SIGNATURE)) return inspectPng(bytes);
	return otherFormat(bytes);
}
