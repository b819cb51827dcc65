import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Shown unless the photo is only submitted: what concerns the result. */
const FOR_RESULT = { hide: { '/operation': ['submit'] } };
/** Shown unless a task is fetched that was submitted earlier: what concerns the photo. */
export const FOR_PHOTO = { hide: { operation: ['getResult'] } };

/** How a node's own operation is shown: the one that submits a photo and waits. */
export interface MainOperation extends INodePropertyOptions {
	value: string;
	description: string;
	action: string;
}

/** The two halves of every node's own operation. */
const HALVES: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Get Result',
			value: 'getResult',
			description: 'Wait for the result of a photo submitted earlier',
			action: 'Get the result of a submitted photo',
		},
		{
			name: 'Submit',
			value: 'submit',
			description: 'Submit a photo and return its task ID at once',
			action: 'Submit a photo',
		},
	],
	default: 'submit',
};

/** The node's operations: its own, which comes first and is the default, and the two halves of it. */
export const operationProperty = (main: MainOperation): INodeProperties => ({
	...HALVES,
	options: [main, ...HALVES.options!],
	default: main.value,
});

/** Where the photo is. */
export const photoProperty: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field containing the photo',
	description:
		'A JPEG or PNG photo of one face. An expression may also give the file itself, e.g. one of another node.',
	displayOptions: FOR_PHOTO,
};

/** The task that Get Result fetches. */
export const taskIdProperty: INodeProperties = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. d48eac86-228e-4933-a01d-279886a9c6b5',
	description: 'The task ID that Submit returned, or that came with a timeout',
	displayOptions: { show: { operation: ['getResult'] } },
};

/** The switch to named outputs. An AI agent would see the first of them alone, so its tool has none. */
export const routeProperty = (
	own: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): INodeProperties => ({
	...own,
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { hide: { operation: ['submit'], '@tool': [true] } },
});

/** Three outputs, one for each decision. */
export const routeByDecision = routeProperty({
	displayName: 'Route by Decision',
	name: 'routeByDecision',
	description:
		'Whether to send each item to one of three outputs, Pass, Review and Fail, instead of a single one',
});

/** The options that every service has, and its own, in the order of their names. */
export function optionsProperty(...own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...common, ...own].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

const common: INodeProperties[] = [
	{
		displayName: 'Hide Scores',
		name: 'hideScores',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave all scores out of the output, for people who should not learn how near a fake came',
		displayOptions: FOR_RESULT,
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
			"Whether to ask Progeny for its providers' original response as well and put it under <code>providerData</code>. With Get Result it holds that only if it was asked for at Submit.",
	},
	{
		displayName: 'Max Concurrent Faces',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 5,
		description: 'How many faces are under way at the same time. The value of the first item counts.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600, numberPrecision: 0 },
		default: 120,
		description: 'How many seconds to wait for the result once Progeny has taken the photo',
		displayOptions: FOR_RESULT,
	},
];

/** What to do where no result comes in time; `asResult` says what the item then comes out as. */
export const onTimeout = (asResult: Omit<INodePropertyOptions, 'value'>): INodeProperties => ({
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	options: [
		{
			name: 'Fail the Item',
			value: 'error',
			description: 'The item fails, and the message has the task ID',
		},
		{ ...asResult, value: 'review' },
	],
	default: 'error',
	description: 'What to do when there is no result in time. Get Result can fetch it later.',
	displayOptions: FOR_RESULT,
});

/** A timeout that a person looks at. */
export const onTimeoutReview = onTimeout({
	name: 'Send to Review',
	description: 'The item comes out with the decision review, the reason TIMED_OUT and the task ID',
});

/** A minimum score, 0 to `maxValue`. */
export const minimum = (
	own: Pick<INodeProperties, 'displayName' | 'name'>,
	maxValue: number,
	numberPrecision: number,
): INodeProperties => ({
	...own,
	type: 'number',
	typeOptions: { minValue: 0, maxValue, numberPrecision },
	default: 0,
	description: `From 0 to ${maxValue}. A face that passes with less comes out with the decision <code>review</code>.`,
	displayOptions: FOR_RESULT,
});

/** The minimum of the liveness check. */
export const minLivenessProbability = minimum(
	{ displayName: 'Minimum Liveness Probability', name: 'minLivenessProbability' },
	1,
	3,
);
