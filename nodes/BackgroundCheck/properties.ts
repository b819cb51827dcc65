import type { INodeProperties } from 'n8n-workflow';
import { hidePersonalData } from '../shared/item/documentProperties';
import { optionsProperty } from '../shared/item/options';
import {
	operationProperty,
	receiptProperty,
	routingNotice,
	toolDescription,
} from '../shared/item/properties';
import { backgroundCheck } from './service';

/** The parameters of the Background Check node. */
export const properties: INodeProperties[] = [
	operationProperty(
		{
			name: 'Check Background',
			value: 'check',
			description: 'Submit a name and a date of birth and wait for the result',
			action: 'Check background',
		},
		{
			name: 'Submit Person',
			description:
				'Submit a name and a date of birth and return a receipt at once, to fetch the result with later',
			action: 'Submit person without waiting',
		},
	),
	toolDescription(
		'Sends a name and a date of birth to Progeny and returns whether the person is clear of anti-money-laundering lists.',
	),
	receiptProperty,
	{
		displayName: 'Full Name',
		name: 'fullName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Jane Doe',
		description: "The person's full name as printed on the official document",
	},
	{
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1990-09-04',
		description:
			"The person's date of birth as yyyy-mm-dd. For a date and time use <code>.toFormat('yyyy-MM-dd')</code>. For a text such as 04.09.1990 use <code>DateTime.fromFormat(text, 'dd.MM.yyyy')</code>: <code>.toDateTime()</code> may swap day and month.",
	},
	routingNotice,
	...optionsProperty(backgroundCheck, hidePersonalData),
];
