import type { INodeProperties } from 'n8n-workflow';
import { optionsProperty } from '../shared/item/options';
import {
	operationProperty,
	photoProperty,
	receiptProperty,
	routingNotice,
	toolDescription,
	toolNotice,
} from '../shared/item/properties';
import { registerFace } from './service';

/** The parameters of the Register Face node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Register Face',
		value: 'register',
		description: 'Submit a photo and wait for the UUID',
		action: 'Register face',
	}),
	toolDescription(
		'Sends a photo to Progeny, creates a permanent record of a live face and returns its UUID. After an unknown outcome, never send the photo again.',
	),
	toolNotice,
	photoProperty,
	receiptProperty,
	routingNotice,
	...optionsProperty(registerFace),
];
