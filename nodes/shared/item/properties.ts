import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Shown unless the item is only submitted: what concerns the result. */
export const FOR_RESULT = { hide: { '/operation': ['submit'] } };
/** Shown unless a task is fetched that was submitted earlier: what is sent. */
export const FOR_UPLOAD = { hide: { operation: ['getResult'] } };

/** How an operation is shown. */
type OperationTexts = Required<Pick<INodePropertyOptions, 'name' | 'description' | 'action'>>;

/** How a node's own operation is shown: the one that submits and waits. */
export type MainOperation = OperationTexts & { value: string };

/** The two halves of a node's own operation, as a service with one photo calls them. */
const HALVES: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Get Task Result',
			value: 'getResult',
			description: 'Wait for the result of what was submitted earlier',
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
const [GET_RESULT, SUBMIT_PHOTO] = HALVES.options as [INodePropertyOptions, INodePropertyOptions];

/** The node's operations: its own, which comes first and is the default, and the two halves of it. */
export const operationProperty = (
	main: MainOperation,
	submit: Partial<OperationTexts> = {},
): INodeProperties => ({
	...HALVES,
	options: [main, GET_RESULT, { ...SUBMIT_PHOTO, ...submit }],
	default: main.value,
});

/** Where the photo is, for a service that takes one. */
export const photoProperty: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: "The name shown on the input's Binary tab, e.g. data, or an expression that returns a file",
	description:
		'A JPEG or PNG photo of one face. An expression may also give the file itself, e.g. one of another node.',
	builderHint: {
		propertyHint:
			"The name of the item's binary field, as plain text: data, or for a Form Trigger the label of its file field",
	},
	displayOptions: FOR_UPLOAD,
};

/**
 * What a model reads of a tool. n8n adds a field of this name by itself, filled with the node's description, which is written for people;
 * `usableAsTool.replacements` fills that field in the editor, but the text that the agent sends comes from the node (n8n 2.41.1, 1.123).
 */
export const toolDescription = (text: string): INodeProperties => ({
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 4 },
	default: `${text} The decisions fail and review are final. Do not retry, and never report them as a pass.`,
	required: true,
	description: 'What the model reads about this tool',
	displayOptions: { show: { '@tool': [true] } },
});

/** Shown if the node is a tool of an AI agent: a model has no way to send a file. */
export const toolNotice: INodeProperties = {
	displayName:
		"A model cannot send a file. Set each binary field to an expression that returns the file of another node: {{ $('When chat message received').first().binary.data0 }} is the first file of the chat. Use the name of your own node.",
	name: 'toolNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] }, hide: { operation: ['getResult'] } },
};

/** The task that Get Task Result fetches. */
export const receiptProperty: INodeProperties = {
	displayName: 'Receipt or Task ID',
	name: 'receipt',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. pgr1.eyJw...',
	hint: 'The field receipt of the Submit operation. A task ID alone always ends in review (NO_RECEIPT).',
	description:
		'The receipt that a Submit operation returned, or that came with a timeout. A bare task ID does not prove what was submitted, so it never passes.',
	builderHint: {
		propertyHint: 'The field receipt of the Submit operation, never taskId: a bare task ID does not pass',
	},
	displayOptions: { show: { operation: ['getResult'] } },
};

/** Shown where the outputs are named: what n8n does to wires when they are switched. */
export const routingNotice: INodeProperties = {
	displayName:
		'Connect all three outputs. Your existing connection now receives failed items only. A webhook that responds when the last node finishes looks at the first output alone, so end each output in a node of its own.',
	name: 'routingNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '/options.routeByDecision': [true] }, hide: { operation: ['submit'] } },
};

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
