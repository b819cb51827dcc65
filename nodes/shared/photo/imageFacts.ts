import { foreignKind } from './foreign';
import { startsWith, type ImageInspection } from './imageInspection';
import { inspectJpeg } from './jpeg';
import { inspectPng, PNG_SIGNATURE } from './png';

export type { ImageFacts, ImageInspection } from './imageInspection';

/**
 * Tells what a file is from its bytes, never from its declared type. Gives facts for every JPEG and PNG that decoders read
 * (Progeny's documented formats), also with stray bytes between its segments or without its end. Reads headers only, in
 * time linear in the file's size. Never throws and never reads beyond the buffer.
 */
export function inspectImage(bytes: Buffer): ImageInspection {
	if (startsWith(bytes, 0xff, 0xd8)) return inspectJpeg(bytes);
	if (startsWith(bytes, ...PNG_SIGNATURE)) return inspectPng(bytes);
	return foreignKind(bytes);
}
