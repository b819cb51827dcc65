import type { INodeProperties } from 'n8n-workflow';
import { optionsProperty } from '../shared/item/options';
import {
	minimum,
	minLivenessProbability,
	operationProperty,
	photoProperty,
	receiptProperty,
	routingNotice,
	toolDescription,
	toolNotice,
} from '../shared/item/properties';
import { authenticateFace } from './service';

/** The parameters of the Authenticate Face node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Authenticate Face',
		value: 'authenticate',
		description: 'Submit a photo and wait for the result',
		action: 'Authenticate face',
	}),
	toolDescription(
		'Sends a photo and a UUID to Progeny and returns whether it shows that registered person, live.',
	),
	toolNotice,
	photoProperty,
	receiptProperty,
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002',
		description: "The UUID that Progeny returned when the person's face was registered",
		builderHint: {
			propertyHint:
				'From your own records of the person, e.g. a Data Table; never chosen by a language model',
		},
	},
	{
		displayName:
			'Do not let the model define UUID: it decides whose face this must be. Take it from your own records.',
		name: 'uuidNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	},
	routingNotice,
	...optionsProperty(
		authenticateFace,
		minLivenessProbability,
		minimum({ displayName: 'Minimum Match Percent', name: 'minMatchPercent' }, 100, 1),
	),
];
