import type { INodeProperties } from 'n8n-workflow';

const forPhoto = { show: { operation: ['authenticate', 'submit'] } };
const forVerdict = { show: { '/operation': ['authenticate', 'getResult'] } };

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Hide Scores',
			name: 'hideScores',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave all scores out of the output, for people who should not learn how near a fake came',
			displayOptions: forVerdict,
		},
		{
			displayName: 'Include Input',
			name: 'includeInput',
			type: 'boolean',
			default: false,
			description:
				"Whether to keep the incoming item's fields and files and put the result under <code>progeny</code>. A field called <code>error</code> comes out as <code>inputError</code>, since n8n would take the item for a failed one.",
		},
		{
			displayName: 'Include Provider Data',
			name: 'extendData',
			type: 'boolean',
			default: false,
			description:
				"Whether to ask Progeny for its providers' original response as well and put it under <code>providerData</code>. With Get Result it is there only if it was asked for at Submit.",
		},
		{
			displayName: 'Max Concurrent Faces',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
			default: 5,
			description: 'How many faces are checked at the same time. The value of the first item counts.',
		},
		{
			displayName: 'Minimum Liveness Probability',
			name: 'minLivenessProbability',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
			default: 0,
			description:
				'From 0 to 1. A face that passes with less comes out with the decision <code>review</code>.',
			displayOptions: forVerdict,
		},
		{
			displayName: 'Minimum Match Percent',
			name: 'minMatchPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 1 },
			default: 0,
			description:
				'From 0 to 100. A face that passes with less comes out with the decision <code>review</code>.',
			displayOptions: forVerdict,
		},
		{
			displayName: 'On Timeout',
			name: 'onTimeout',
			type: 'options',
			options: [
				{
					name: 'Fail the Item',
					value: 'error',
					description: 'The item fails, and the message has the task ID',
				},
				{
					name: 'Send to Review',
					value: 'review',
					description: 'The item comes out with the decision review, the reason TIMED_OUT and the task ID',
				},
			],
			default: 'error',
			description: 'What to do when there is no verdict in time. Get Result can fetch it later.',
			displayOptions: forVerdict,
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600, numberPrecision: 0 },
			default: 120,
			description: 'How many seconds to wait for a verdict once Progeny has taken the photo',
			displayOptions: forVerdict,
		},
	],
};

/** The parameters of the Authenticate Face node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Authenticate',
				value: 'authenticate',
				description: 'Submit a photo and wait for the verdict',
				action: 'Authenticate a face',
			},
			{
				name: 'Get Result',
				value: 'getResult',
				description: 'Wait for the verdict on a photo submitted earlier',
				action: 'Get the result of a submitted face',
			},
			{
				name: 'Submit',
				value: 'submit',
				description: 'Submit a photo and return its task ID at once',
				action: 'Submit a face',
			},
		],
		default: 'authenticate',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the photo',
		description:
			'A JPEG or PNG photo of one face. An expression may also give the file itself, e.g. one of another node.',
		displayOptions: forPhoto,
	},
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002',
		description: 'The UUID that Progeny gave when the face of the person was registered',
		displayOptions: forPhoto,
	},
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. d48eac86-228e-4933-a01d-279886a9c6b5',
		description: 'The task ID that Submit returned, or that came with a timeout',
		displayOptions: { show: { operation: ['getResult'] } },
	},
	{
		displayName: 'Route by Decision',
		name: 'routeByDecision',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to send each item to one of three outputs, Pass, Review and Fail, instead of a single one',
		displayOptions: { show: { operation: ['authenticate', 'getResult'] }, hide: { '@tool': [true] } },
	},
	options,
];
