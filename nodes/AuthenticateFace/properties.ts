import type { INodeProperties } from 'n8n-workflow';
import {
	FOR_PHOTO,
	minimum,
	minLivenessProbability,
	onTimeoutReview,
	operationProperty,
	optionsProperty,
	photoProperty,
	routeByDecision,
	taskIdProperty,
} from '../shared/item/properties';

/** The parameters of the Authenticate Face node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Authenticate',
		value: 'authenticate',
		description: 'Submit a photo and wait for the verdict',
		action: 'Authenticate a face',
	}),
	photoProperty,
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002',
		description: 'The UUID that Progeny gave when the face of the person was registered',
		displayOptions: FOR_PHOTO,
	},
	taskIdProperty,
	routeByDecision,
	optionsProperty(
		minLivenessProbability,
		minimum({ displayName: 'Minimum Match Percent', name: 'minMatchPercent' }, 100, 1),
		onTimeoutReview,
	),
];
