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
			name: 'Get Task Result',
			value: 'getResult',
			description: 'Wait for the result of a photo submitted earlier',
			action: 'Get task result',
		},
		{
			name: 'Submit Photo',
			value: 'submit',
			description: 'Submit a photo and return a receipt at once, to fetch the result with later',
			action: 'Submit photo without waiting',
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
	hint: "Type the name shown on the input's Binary tab, e.g. data or Selfie",
	description:
		'A JPEG or PNG photo of one face. An expression may also give the file itself, e.g. one of another node.',
	displayOptions: FOR_PHOTO,
};

/** The task that Get Task Result fetches. */
export const receiptProperty: INodeProperties = {
	displayName: 'Receipt or Task ID',
	name: 'receipt',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. pgr1.eyJw...',
	description:
		'The receipt that Submit Photo returned, or that came with a timeout. A bare task ID is fetched as well, but never passes: it does not show whom the photo was compared with.',
	displayOptions: { show: { operation: ['getResult'] } },
};

/** Shown where the outputs are named: what n8n does to wires when they are switched. */
export const routingNotice: INodeProperties = {
	displayName: 'Connect all three outputs. Wires that were there before now get fails only.',
	name: 'routingNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { 'options.routeByDecision': [true] }, hide: { operation: ['submit'] } },
};

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
			"Whether to leave all scores out of the output, so that attackers can't see how close they got",
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Include Input',
		name: 'includeInput',
		type: 'boolean',
		default: false,
		description:
			'Whether to pass on the incoming item: its fields under <code>input</code>, its files where they are',
	},
	{
		displayName: 'Include Provider Data',
		name: 'extendData',
		type: 'boolean',
		default: false,
		description:
			"Whether to ask Progeny for its providers' original response as well and put it under <code>providerData</code>. Get Task Result gives it only if Submit Photo asked for it.",
	},
	{
		displayName: 'Max Concurrent Items',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 5,
		description:
			'How many items to process at the same time, from upload to result. The value of the first item counts.',
	},
	{
		displayName: 'Maximum Age',
		name: 'maxAge',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 60,
		description:
			'How many minutes may lie between submitting the photo and deciding on it. A pass that is older comes out with the decision <code>review</code>.',
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'On Timeout',
		name: 'onTimeout',
		type: 'options',
		options: [
			{
				name: 'Fail the Item',
				value: 'error',
				description: 'The item fails, and the message has the receipt and the task ID',
			},
			{
				name: 'Send to Review',
				value: 'review',
				description: 'The item comes out with the decision review, the reason TIMED_OUT and the receipt',
			},
		],
		default: 'error',
		description: 'What to do when there is no result in time. Get Task Result can fetch it later.',
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-4711',
		description:
			'Your own ID of the session, order or application. A receipt is then valid with the same reference only.',
	},
	{
		displayName: 'Route by Decision',
		name: 'routeByDecision',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to send each item to one of three outputs, by its decision, instead of a single one',
		// An AI agent would see the first output alone, so its tool has none.
		displayOptions: { hide: { '/operation': ['submit'], '@tool': [true] } },
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600, numberPrecision: 0 },
		default: 120,
		description: 'How many seconds to wait for the result once Progeny has accepted the photo',
		displayOptions: FOR_RESULT,
	},
];

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
