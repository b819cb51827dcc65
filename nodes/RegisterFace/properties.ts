import type { INodeProperties } from 'n8n-workflow';
import {
	onTimeout,
	operationProperty,
	optionsProperty,
	photoProperty,
	routeProperty,
	taskIdProperty,
} from '../shared/item/properties';

/** The parameters of the Register Face node. */
export const properties: INodeProperties[] = [
	operationProperty({
		name: 'Register',
		value: 'register',
		description: 'Submit a photo and wait for the UUID',
		action: 'Register a face',
	}),
	photoProperty,
	taskIdProperty,
	routeProperty({
		displayName: 'Route by Result',
		name: 'routeByResult',
		description:
			'Whether to send each item to one of two outputs, Registered and Not Registered, instead of a single one',
	}),
	optionsProperty(
		onTimeout({
			name: 'Treat as Not Registered',
			description:
				'The item comes out as not registered, with the reason TIMED_OUT and the task ID. The face may still be registered later.',
		}),
	),
];
