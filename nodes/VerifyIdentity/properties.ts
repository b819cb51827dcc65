import type { INodeProperties } from 'n8n-workflow';
import {
	backProperty,
	documentOptions,
	documentTypeProperty,
	frontProperty,
	passportProperty,
	selfieProperty,
} from '../shared/item/documentProperties';
import { optionsProperty } from '../shared/item/options';
import {
	operationProperty,
	receiptProperty,
	routingNotice,
	toolNotice,
	toolDescription,
} from '../shared/item/properties';
import { verifyIdentity } from './service';

/** The parameters of the Verify Identity node. */
export const properties: INodeProperties[] = [
	operationProperty(
		{
			name: 'Verify Identity',
			value: 'verify',
			description: 'Submit a selfie and a document and wait for the result',
			action: 'Verify identity',
		},
		{
			name: 'Submit Documents',
			description:
				'Submit a selfie and a document and return a receipt at once, to fetch the result with later',
			action: 'Submit documents without waiting',
		},
	),
	toolDescription(
		'Sends a selfie and a passport or card to Progeny and returns whether the selfie shows the live holder of a valid document.',
	),
	toolNotice,
	documentTypeProperty,
	selfieProperty,
	passportProperty,
	frontProperty,
	backProperty,
	receiptProperty,
	routingNotice,
	...optionsProperty(verifyIdentity, ...documentOptions, {
		displayName: 'Include Background Check',
		name: 'backgroundCheck',
		type: 'boolean',
		default: false,
		description:
			'Whether to check the person on the document against anti-money-laundering lists as well. Get Task Result needs the same setting.',
	}),
];
