import type { INodeProperties } from 'n8n-workflow';
import { FOR_RESULT } from './properties';

/** The options that every service with provider data has, and its own, in the order of their names. */
export const optionsProperty = (...own: INodeProperties[]): INodeProperties => optionsOf([...common, ...own]);

/** The same for a service that takes no `extend_data`. */
export const optionsWithoutProviderData = (...own: INodeProperties[]): INodeProperties =>
	optionsOf([...common.filter(({ name }) => name !== 'extendData'), ...own]);

function optionsOf(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		// localeCompare would load the locale's collation: most of the time that loading this package takes.
		options: options.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
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
			"Whether to ask Progeny for its providers' original response as well and put it under <code>providerData</code>. Get Task Result gives it only if it was on when the item was submitted.",
	},
	{
		displayName: 'Max Concurrent Items',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 200, numberPrecision: 0 },
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
			'How many minutes may lie between submitting and deciding. A pass that is older comes out with the decision <code>review</code>.',
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
		builderHint: { propertyHint: 'true or false, never an expression; then connect all three outputs' },
		// An AI agent would see the first output alone, so its tool has none.
		displayOptions: { hide: { '/operation': ['submit'], '@tool': [true] } },
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600, numberPrecision: 0 },
		default: 120,
		description: 'How many seconds to wait for the result once Progeny has accepted the upload',
		displayOptions: FOR_RESULT,
	},
];
