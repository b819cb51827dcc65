import type { CheckKind } from './decision';

/** Is it a live person? `score` (unbounded), `quality` and `probability` (0-1). Every face service of Progeny's makes this check. */
export const LIVENESS = {
	name: 'liveness',
	failed: 'NOT_LIVE',
	missing: 'LIVENESS_MISSING',
	scores: ['score', 'quality', 'probability'],
	minimum: {
		score: 'probability',
		highest: 1,
		option: 'minLivenessProbability',
		reason: 'LIVENESS_BELOW_MINIMUM',
	},
} as const satisfies CheckKind;
