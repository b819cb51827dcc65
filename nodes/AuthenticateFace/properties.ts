import type { INodeProperties } from 'n8n-workflow';
import { optionsProperty } from '../shared/item/options';
import {
	minimum,
	minLivenessProbability,
	operationProperty,
	photoProperty,
	receiptProperty,
	routingNotice,
} from '../shared/item/properties';

/** The parameters of the Authenticate Face node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Authenticate Face',
		value: 'authenticate',
		description: 'Submit a photo and wait for the result',
		action: 'Authenticate face',
	}),
	photoProperty,
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002',
		description: 'The UUID that Progeny returned when the face of the person was registered',
	},
	receiptProperty,
	routingNotice,
	optionsProperty(
		minLivenessProbability,
		minimum({ displayName: 'Minimum Match Percent', name: 'minMatchPercent' }, 100, 1),
	),
];
