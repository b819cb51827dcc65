import type { INodeProperties } from 'n8n-workflow';
import { optionsProperty } from '../shared/item/options';
import {
	minLivenessProbability,
	operationProperty,
	photoProperty,
	receiptProperty,
	routingNotice,
	toolDescription,
	toolNotice,
} from '../shared/item/properties';
import { faceLiveness } from './service';

/** The parameters of the Face Liveness node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Check Liveness',
		value: 'check',
		description: 'Submit a photo and wait for the result',
		action: 'Check face liveness',
	}),
	toolDescription('Sends a photo to Progeny and returns whether it shows a live person, not who it is.'),
	toolNotice,
	photoProperty,
	receiptProperty,
	routingNotice,
	...optionsProperty(faceLiveness, minLivenessProbability),
];
