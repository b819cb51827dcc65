import type { INodeProperties } from 'n8n-workflow';
import { hidePersonalData } from '../shared/item/documentProperties';
import { optionsWithoutProviderData } from '../shared/item/options';
import {
	operationProperty,
	receiptProperty,
	routingNotice,
	toolDescription,
} from '../shared/item/properties';

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
		'Sends a name and a date of birth to Progeny and returns whether anti-money-laundering lists are clear of them.',
	),
	receiptProperty,
	{
		displayName: 'Full Name',
		name: 'fullName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Jane Doe',
		description: "The person's full name as the official document has it",
	},
	{
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1990-09-04',
		description:
			"The person's date of birth as yyyy-mm-dd. Of a date and time, use <code>.toFormat('yyyy-MM-dd')</code>; of a text such as 04.09.1990, <code>DateTime.fromFormat(text, 'dd.MM.yyyy')</code>, as <code>.toDateTime()</code> may swap day and month.",
	},
	routingNotice,
	optionsWithoutProviderData(hidePersonalData),
];
