import type { NodeExecutionHint } from 'n8n-workflow';
import type { ImageFacts } from './imageFacts';
import { RECOMMENDED_MAX_HEIGHT } from '../limits';

/** One hint for the whole run about photos that were sent as they are but could be better; none where all are fine. */
export function photoHints(photos: readonly ImageFacts[]): NodeExecutionHint[] {
	const tall = photos.filter(({ height }) => height > RECOMMENDED_MAX_HEIGHT).length;
	const turned = photos.filter(({ orientation }) => orientation !== 1).length;
	if (tall === 0 && turned === 0) return [];
	const findings = [
		...(tall === 0
			? []
			: [`${count(tall)} higher than the ${RECOMMENDED_MAX_HEIGHT} pixels that Progeny recommends`]),
		...(turned === 0 ? [] : [`${count(turned)} stored turned or mirrored (EXIF orientation)`]),
	];
	return [
		{
			message: `${findings.join(', and ')}. They were sent as they are. For the best results, resize or rotate photos first with the Edit Image node.`,
			type: 'info',
			location: 'outputPane',
		},
	];
}

const count = (photos: number) => (photos === 1 ? '1 photo is' : `${photos} photos are`);
