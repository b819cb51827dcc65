import type { NodeExecutionHint } from 'n8n-workflow';
import type { ImageFacts } from './imageFacts';
import { RECOMMENDED_MAX_HEIGHT } from '../limits';

/** A problem of some photos, with its remedy. */
type PhotoProblem = readonly [count: number, problem: string, remedy: string];

/**
 * Returns one hint for the whole run about photos that could be better, none if all are fine. `recorded` holds a hash of each
 * photo if the service creates a record of every photo (see `contentHash`).
 */
export function photoHints(
	photos: readonly ImageFacts[],
	recorded: readonly string[] = [],
): NodeExecutionHint[] {
	const count = (matches: (photo: ImageFacts) => boolean): number => photos.filter(matches).length;
	const table: PhotoProblem[] = [
		[
			count((photo) => uprightHeight(photo) > RECOMMENDED_MAX_HEIGHT),
			`higher than the ${RECOMMENDED_MAX_HEIGHT} pixels that Progeny recommends`,
			RESIZE_OR_ROTATE,
		],
		[
			count(({ orientation }) => orientation !== 1),
			'stored rotated or mirrored (EXIF orientation)',
			RESIZE_OR_ROTATE,
		],
		[
			count(({ endsEarly }) => endsEarly),
			'cut off: the file ends early',
			'Check how photos that end early are uploaded or downloaded.',
		],
		[
			recorded.length - new Set(recorded).size,
			'the same file as another of this run, and each creates a record of its own',
			'Remove items with the same photo before this node.',
		],
	];
	const problems = table.filter(([photosFound]) => photosFound > 0);
	if (problems.length === 0) return [];
	const sentences = problems.map(([photosFound, problem]) => `${photosAre(photosFound)} ${problem}`);
	const remedies = new Set(problems.map(([, , remedy]) => remedy));
	const message = [`${sentences.join(', and ')}. They were sent as they are.`, ...remedies].join(' ');
	return [{ message, type: 'info', location: 'outputPane' }];
}

const RESIZE_OR_ROTATE = 'For the best results, resize or rotate photos first with the Edit Image node.';

/** In pixels, as shown: with EXIF orientations 5 to 8 the photo is stored on its side. */
const uprightHeight = ({ width, height, orientation }: ImageFacts) => (orientation > 4 ? width : height);

const photosAre = (photos: number) => (photos === 1 ? '1 photo is' : `${photos} photos are`);
