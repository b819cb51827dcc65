import type { INodeProperties } from 'n8n-workflow';
import {
	backProperty,
	documentOptions,
	documentTypeProperty,
	frontProperty,
	passportProperty,
} from '../shared/item/documentProperties';
import { optionsProperty } from '../shared/item/options';
import {
	operationProperty,
	receiptProperty,
	routingNotice,
	toolNotice,
	toolDescription,
} from '../shared/item/properties';
import { readDocument } from './service';

/** The parameters of the Read Document node. */
export const properties: INodeProperties[] = [
	operationProperty(
		{
			name: 'Read Document',
			value: 'read',
			description: 'Submit a document and wait for its data',
			action: 'Read document',
		},
		{
			name: 'Submit Document',
			description: 'Submit a document and return a receipt at once, to fetch the result with later',
			action: 'Submit document without waiting',
		},
	),
	toolDescription(
		'Sends a passport or card to Progeny and returns its data and whether it is valid. It does not check who holds it.',
	),
	toolNotice,
	documentTypeProperty,
	passportProperty,
	frontProperty,
	backProperty,
	receiptProperty,
	routingNotice,
	...optionsProperty(readDocument, ...documentOptions),
];
