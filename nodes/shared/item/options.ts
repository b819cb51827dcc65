import type { INodeProperties } from 'n8n-workflow';
import type { Service } from '../service';
import { FOR_RESULT } from './properties';

/** Returns the options of a service's node: those of all services and its own, by display name. */
export function optionsProperty(
	{ hasProviderData }: Pick<Service, 'hasProviderData'>,
	...own: INodeProperties[]
): INodeProperties[] {
	const options = [...common, ...(hasProviderData ? [includeProviderData] : []), ...own];
	const collection: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		// Plain comparison: localeCompare would load the locale's collation when n8n starts.
		options: options.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
	};
	return [collection, wholeExpression];
}

/** An object, as JavaScript compares it with a text. */
const AN_OBJECT = '[object Object]';

/**
 * Keeps one expression for all options. n8n silently drops it from a collection (n8n-workflow's getNodeParameters), so every option
 * would be off. Of two parameters with the same name n8n uses the last one shown: this one, unless Options are an object.
 */
const wholeExpression: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: {},
	displayOptions: { hide: { '/options': [{ _cnd: { between: { from: AN_OBJECT, to: AN_OBJECT } } }] } },
};

const includeProviderData: INodeProperties = {
	displayName: 'Include Provider Data',
	name: 'extendData',
	type: 'boolean',
	default: false,
	description:
		"Whether to ask Progeny for its providers' original response as well and return it under <code>providerData</code>. Get Task Result returns it only if this was on at Submit.",
};

const common: INodeProperties[] = [
	{
		displayName: 'Hide Scores',
		name: 'hideScores',
		type: 'boolean',
		default: false,
		description: "Whether to omit all scores from the output, so that attackers can't see how close they got",
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Include Input',
		name: 'includeInput',
		type: 'boolean',
		default: false,
		description:
			'Whether to pass on the incoming item: its fields under <code>input</code>, its files under their own names',
	},
	{
		displayName: 'Max Concurrent Items',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 200, numberPrecision: 0 },
		default: 5,
		description:
			"How many items to process at the same time, from upload to result. The first item's value applies.",
	},
	{
		displayName: 'Maximum Age',
		name: 'maxAge',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 60,
		description:
			"Maximum minutes between submission and decision, not the person's age. An older pass becomes a <code>review</code>.",
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
				description: 'The item fails with a message that contains the receipt and the task ID',
			},
			{
				name: 'Send to Review',
				value: 'review',
				description: 'The item has the decision review, the reason TIMED_OUT and the receipt',
			},
		],
		default: 'error',
		description: 'What to do if there is no result in time. Get Task Result can fetch it later.',
		displayOptions: FOR_RESULT,
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-4711',
		description:
			'Your session, order or application ID. The receipt is then valid only with the same reference.',
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
		// An AI agent sees the first output only, so its tool has none.
		displayOptions: { hide: { '/operation': ['submit'], '@tool': [true] } },
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600, numberPrecision: 0 },
		default: 120,
		description: 'Seconds to wait for the result after Progeny has accepted the upload',
		displayOptions: FOR_RESULT,
	},
];
