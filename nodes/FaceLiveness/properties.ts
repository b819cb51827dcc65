import type { INodeProperties } from 'n8n-workflow';
import {
	minLivenessProbability,
	onTimeoutReview,
	operationProperty,
	optionsProperty,
	photoProperty,
	routeByDecision,
	taskIdProperty,
} from '../shared/item/properties';

/** The parameters of the Face Liveness node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Check',
		value: 'check',
		description: 'Submit a photo and wait for the verdict',
		action: 'Check whether a face is live',
	}),
	photoProperty,
	taskIdProperty,
	routeByDecision,
	optionsProperty(minLivenessProbability, onTimeoutReview),
];
