import type { NodeExecutionHint } from 'n8n-workflow';
import type { ImageFacts } from './imageFacts';
import { RECOMMENDED_MAX_HEIGHT } from '../limits';

/**
 * One hint for the whole run about photos that were sent as they are but could be better; none where all are fine.
 * `recorded` holds a hash of each photo's bytes where the service keeps a record of every photo (see `contentHash`).
 */
export function photoHints(
	photos: readonly ImageFacts[],
	recorded: readonly string[] = [],
): NodeExecutionHint[] {
	const tall = photos.filter((photo) => uprightHeight(photo) > RECOMMENDED_MAX_HEIGHT).length;
	const turned = photos.filter(({ orientation }) => orientation !== 1).length;
	const cutOff = photos.filter(({ endsEarly }) => endsEarly).length;
	const repeated = recorded.length - new Set(recorded).size;
	const findings = [
		...(tall > 0
			? [`${count(tall)} higher than the ${RECOMMENDED_MAX_HEIGHT} pixels that Progeny recommends`]
			: []),
		...(turned > 0 ? [`${count(turned)} stored turned or mirrored (EXIF orientation)`] : []),
		...(cutOff > 0 ? [`${count(cutOff)} cut off: the file ends early`] : []),
		...(repeated > 0
			? [`${count(repeated)} the same file as another of this run, and each creates a record of its own`]
			: []),
	];
	if (findings.length === 0) return [];
	const remedies = [
		...(tall > 0 || turned > 0
			? ['For the best results, resize or rotate photos first with the Edit Image node.']
			: []),
		...(cutOff > 0 ? ['Check how photos that end early are uploaded or downloaded.'] : []),
		...(repeated > 0 ? ['Remove items with the same photo before this node.'] : []),
	];
	const message = [`${findings.join(', and ')}. They were sent as they are.`, ...remedies].join(' ');
	return [{ message, type: 'info', location: 'outputPane' }];
}

/** In pixels, as the photo is shown: EXIF's orientations 5 to 8 lie on their side. */
const uprightHeight = ({ width, height, orientation }: ImageFacts) => (orientation > 4 ? width : height);

const count = (photos: number) => (photos === 1 ? '1 photo is' : `${photos} photos are`);
