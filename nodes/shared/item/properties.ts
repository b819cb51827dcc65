import type { IBuilderHint, INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import type { OutputNames } from '../service';

/** Shown for every operation that returns a result. */
export const FOR_RESULT = { hide: { '/operation': ['submit'] } };
/** Shown for every operation that uploads something. */
export const FOR_UPLOAD = { hide: { operation: ['getResult'] } };

/** The texts of an operation. */
type OperationTexts = Required<Pick<INodePropertyOptions, 'name' | 'description' | 'action'>>;

const GET_RESULT: INodePropertyOptions = {
	name: 'Get Task Result',
	value: 'getResult',
	description: 'Wait for the result of an earlier submission',
	action: 'Get task result',
};

const SUBMIT_PHOTO: INodePropertyOptions = {
	name: 'Submit Photo',
	value: 'submit',
	description: 'Submit a photo and return a receipt at once, to fetch the result with later',
	action: 'Submit photo without waiting',
};

// Without its options: n8n's lint rules read these as literals.
const OPERATION = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
} as const;

/** Returns a node's operations: `main`, the default, which submits and waits; Get Task Result; Submit, with the texts of `submit`. */
export const operationProperty = (
	main: OperationTexts & { value: string },
	submit: Partial<OperationTexts> = {},
): INodeProperties => ({
	...OPERATION,
	options: [main, GET_RESULT, { ...SUBMIT_PHOTO, ...submit }],
	default: main.value,
});

/** The photo, for a service with one. */
export const photoProperty: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: "The name shown on the input's Binary tab, e.g. data, or an expression that returns a file",
	description:
		'A JPEG or PNG photo of one face. An expression may also return the file itself, e.g. that of another node.',
	builderHint: {
		propertyHint:
			"The name of the item's binary field, as plain text: data, or for a Form Trigger the label of its file field",
	},
	displayOptions: FOR_UPLOAD,
};

/**
 * Returns the tool description that the agent sends to its model. Without this property n8n sends the node's description, which is written
 * for people: `usableAsTool.replacements` changes only what the editor shows (n8n 2.41.1, 1.123).
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

/** Shown in an AI agent's tool: a model cannot send a file. */
export const toolNotice: INodeProperties = {
	displayName:
		"A model cannot send a file. Set each binary field to an expression that returns the file of another node: {{ $('When chat message received').first().binary.data0 }} is the first file of the chat. Use the name of your own node.",
	name: 'toolNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] }, hide: { operation: ['getResult'] } },
};

/** The task to fetch with Get Task Result. */
export const receiptProperty: INodeProperties = {
	displayName: 'Receipt or Task ID',
	name: 'receipt',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. pgr1.eyJw...',
	hint: 'The field receipt of the Submit operation. A task ID alone never passes (NO_RECEIPT).',
	description:
		'The receipt that a Submit operation or a timeout returned. A bare task ID does not prove what was submitted, so it never passes.',
	builderHint: {
		propertyHint: 'The field receipt of the Submit operation, never taskId: a bare task ID does not pass',
	},
	displayOptions: { show: { operation: ['getResult'] } },
};

/** Shown with Route by Decision, which changes the existing connections. */
export const routingNotice: INodeProperties = {
	displayName:
		'Connect all three outputs. Your existing connection now receives failed items only. A webhook that responds when the last node finishes looks at the first output alone, so end each output in a node of its own.',
	name: 'routingNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '/options.routeByDecision': [true] }, hide: { operation: ['submit'] } },
};

/** Returns an option for a minimum score from 0 to `maxValue`. */
export const minimum = (
	own: Pick<INodeProperties, 'displayName' | 'name'>,
	maxValue: number,
	numberPrecision: number,
): INodeProperties => ({
	...own,
	type: 'number',
	typeOptions: { minValue: 0, maxValue, numberPrecision },
	default: 0,
	description: `From 0 to ${maxValue}. A pass below this becomes a <code>review</code>.`,
	displayOptions: FOR_RESULT,
});

/** The minimum of the liveness check. */
export const minLivenessProbability = minimum(
	{ displayName: 'Minimum Liveness Probability', name: 'minLivenessProbability' },
	1,
	3,
);

/**
 * Returns the node's `outputs` expression: three named outputs if Route by Decision is the literal `true`, else one. A pass must
 * never be on output 0 or 1. n8n sends unjudged items to output 0 (Always Output Data, a disabled node, a node that threw under
 * "continue") and errors to output 1 of a node with one main output. `options` is raw here: an expression, a text or a 1 leaves
 * routing off, as in `readRouting`. If all Options are one expression, each read of them evaluates it:
 * it returns a new object, which is not equal to the one before, or throws.
 */
export function outputsExpression(names: OutputNames): INodeTypeDescription['outputs'] {
	const named = names.map((displayName) => `{ type: "main", displayName: "${displayName}" }`).join(', ');
	const isRouted =
		'(() => { try { return $parameter.options.routeByDecision === true && $parameter.options === $parameter.options && $parameter.operation !== "submit" } catch { return false } })()';
	return `={{ ${isRouted} ? [${named}] : [{ type: "main" }] }}`;
}

/** The rules for every workflow with these nodes. Prose: the lint rule no-builder-hint-leakage forbids expressions. */
const BRANCH =
	'Branch on decision (pass, review, fail): set options.routeByDecision to true and connect all three outputs (0 fail, 1 review, 2 pass), or use a Switch. A person decides on review. Never branch on a score, or on a field being absent.';

/**
 * Returns the hint for n8n's AI workflow builder (n8n 2.10; earlier versions ignore it). `own`: what the node needs and returns;
 * `records`: the use of a Data Table with it, if any.
 */
export function builderHint(own: string, records?: string): IBuilderHint {
	const related = [
		['switch', 'One rule each for pass, review and fail'],
		['if', 'Continue only if decision is pass'],
		['formTrigger', 'Receives the photo: a required file field with Multiple Files off'],
		...(records === undefined ? [] : [['dataTable', records]]),
	];
	return {
		searchHint: `${own} ${BRANCH}`,
		relatedNodes: related.map(([name, relationHint]) => ({
			nodeType: `n8n-nodes-base.${name}`,
			relationHint: relationHint!,
		})),
	};
}
