import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { signReceipt } from '../../../nodes/shared/task/receipt';
import { PENDING } from '../support/answers';
import type { NodeName } from '../support/engine';
import { ACCOUNT } from '../support/progeny';
import { NODE_ROWS, SERVICES, UUID } from '../support/services';
import { evilJson, withPrototype } from './attack';

/** The workflows of the property test, and the outcomes that each of their items may have. */

export const ANOTHER = 'aaaaaaaa-b062-11ec-b3b9-0242ac190002';
export const RECEIPT_KEY = 'the key of this credential';
const MINUTE = 60_000;

/** A reply to a poll; `passes` if Progeny says yes without any doubt. */
export interface Poll {
	status: number;
	body: unknown;
	passes: boolean;
}

const json = fc.jsonValue({ maxDepth: 3 });
const poll = (status: number, body: unknown, passes = false): Poll => ({ status, body, passes });
const always = <Value>(value: Value) => fc.constant(value);

/** The node's documented good answer with more in its `result`, or in the `data` of that. */
function goodWith(node: NodeName, place: 'result' | 'data', more: Record<string, unknown>): unknown {
	const { answer } = SERVICES[node].good;
	const { result } = answer;
	const changed =
		place === 'result' ? { ...result, ...more } : { ...result, data: { ...result.data, ...more } };
	return { ...answer, result: changed };
}

/** Some contradictions of a pass; the unit tests try all of them. */
const against = fc.constantFrom<['result' | 'data', Record<string, unknown>]>(
	['data', { error: 'Spoof detected' }],
	['result', { error_code: 'E1' }],
	['data', { issues: { liveness: { SPOOF: 'a mask' } } }],
	['result', { status: 500 }],
	['data', { compare: false }],
	['data', { liveness: { result: false } }],
	['result', { success: false }],
);
/** Changes without effect. */
const harmless = fc.constantFrom<['result' | 'data', Record<string, unknown>]>(
	['data', { error: null, issues: {} }],
	['result', { status: 201, error: '' }],
	['data', { status_code: 'PASS', unknown: 7 }],
);

/** True if another node's good answer holds all that this one asks for: a liveness check, a document. */
const holds = (other: NodeName, node: NodeName): boolean => {
	const [theirs, own] = [other, node].map((name) => SERVICES[name].good.answer.result.data);
	return Object.entries(own).every(([name, part]) => typeof theirs[name] === typeof part);
};

/** One reply about a task, good, contradictory or broken. */
const pollOf = (node: NodeName): fc.Arbitrary<Poll> => {
	const { good, bad } = SERVICES[node];
	const others = NODE_ROWS.filter(([other]) => other !== node).map(([other]) => other);
	return fc.oneof(
		{ weight: 5, arbitrary: always(poll(200, good.answer, true)) },
		{ weight: 2, arbitrary: harmless.map((change) => poll(200, goodWith(node, ...change), true)) },
		{ weight: 6, arbitrary: against.map((change) => poll(200, goodWith(node, ...change))) },
		{ weight: 2, arbitrary: always(poll(200, bad.answer)) },
		{
			weight: 1,
			arbitrary: fc
				.constantFrom(...others)
				.map((other) => poll(200, SERVICES[other].good.answer, holds(other, node))),
		},
		{ weight: 1, arbitrary: json.map((body) => poll(200, body)) },
		{ weight: 1, arbitrary: json.map((result) => poll(200, { id: 1, status: 'SUCCESS', result })) },
		{ weight: 1, arbitrary: json.map((data) => poll(200, goodWith(node, 'result', { data }))) },
		{
			weight: 1,
			arbitrary: fc
				.constantFrom<unknown>('FAILURE', 'success', 'PENDING', '', null, true)
				.map((status) => poll(200, { ...good.answer, status })),
		},
		{
			weight: 1,
			arbitrary: fc
				.constantFrom(400, 401, 403, 404, 429, 500, 503, 302)
				.map((status) => poll(status, good.answer)),
		},
		{ weight: 1, arbitrary: fc.constantFrom('<html>pass</html>', '', null).map((body) => poll(200, body)) },
	);
};

/** Values of Receipt or Task ID beside a valid one. */
const INVALID = [
	'another UUID',
	'another service',
	'another key',
	'another username',
	'another base URL',
	'another version',
	'another task',
	'cut',
	'bare',
	'none',
] as const;

const itemOf = (node: NodeName) =>
	fc.record({
		/** The replies about its task, one a poll; the last one stays. */
		polls: fc
			.tuple(fc.boolean(), pollOf(node))
			.map(([isSlow, last]) => (isSlow ? [poll(200, PENDING), last] : [last])),
		submit: fc.oneof(
			{ weight: 9, arbitrary: always<'accepted' | number>('accepted') },
			{ weight: 1, arbitrary: fc.constantFrom(200, 400, 500) },
		),
		hasPhoto: fc.oneof({ weight: 9, arbitrary: always(true) }, always(false)),
		uuid: fc.oneof(
			{ weight: 8, arbitrary: always(UUID) },
			{ weight: 1, arbitrary: fc.constantFrom(ANOTHER, '', 'x') },
		),
		receipt: fc.oneof(
			{ weight: 4, arbitrary: always('valid' as const) },
			{ weight: 6, arbitrary: fc.constantFrom(...INVALID) },
		),
		/** The reference that the receipt was made with, and the one that the item has. */
		signedReference: fc.constantFrom(undefined, 'order-1'),
		reference: fc.constantFrom<unknown>('order-1', 'order-2', undefined, ''),
		ageMinutes: fc.oneof(
			{ weight: 3, arbitrary: always(1) },
			{ weight: 2, arbitrary: fc.constantFrom(45, 90, 150, -3, -6, NaN) },
		),
		evil: fc.constantFrom('no', 'claims', 'prototype'),
	});
type Generated<Source> = Source extends fc.Arbitrary<infer Value> ? Value : never;
export type Item = Generated<ReturnType<typeof itemOf>>;

const settings = fc.record(
	{
		onError: fc.constantFrom<INode['onError']>(
			'stopWorkflow',
			...Array<'continueRegularOutput'>(3).fill('continueRegularOutput'),
			...Array<'continueErrorOutput'>(3).fill('continueErrorOutput'),
		),
		alwaysOutputData: fc.boolean(),
		disabled: fc.oneof({ weight: 9, arbitrary: always(false) }, always(true)),
		retryOnFail: fc.oneof({ weight: 4, arbitrary: always(false) }, always(true)),
	},
	{ requiredKeys: ['onError'] },
);
const maxAges: Array<[value: unknown, minutes: number]> = [
	[30, 30],
	[120, 120],
	['120', 120],
	['an hour', NaN],
	[null, NaN],
	['={{ $json.nothing }}', NaN],
];

/** Values that an expression may return or n8n may store in place of a sensible one; the last three are expressions that fail. */
const odd = fc.oneof(
	json,
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.double(),
	fc.constantFrom('', ' ', '-1', 'NaN', '1e999', 'true', '__proto__', '={{ $json }}', '={{ $binary }}'),
	fc.constantFrom(
		'={{ $json.nothing.at.all }}',
		'={{ nonsense( }}',
		'={{ (() => { throw new Error("no") })() }}',
	),
);
/** Parameters and options with such a value; none of them decides who may pass. */
const oddities = fc.record({
	parameters: fc.record(
		{ binaryPropertyName: odd, documentType: odd, fullName: odd, dateOfBirth: odd },
		{ requiredKeys: [] },
	),
	options: fc.record(
		{
			concurrency: odd,
			extendData: odd,
			timeout: odd,
			onTimeout: odd,
			includeInput: odd,
			minAge: odd,
			minMatchPercent: odd,
			minLivenessProbability: odd,
			hideScores: odd,
			hidePersonalData: odd,
			backgroundCheck: odd,
			expectedName: odd,
			expectedDateOfBirth: odd,
		},
		{ requiredKeys: [] },
	),
});
const workflowOf = (node: NodeName) =>
	fc.record({
		node: always(node),
		operation: fc.oneof(
			{ weight: 4, arbitrary: always(SERVICES[node].operation) },
			{ weight: 4, arbitrary: always('getResult') },
			{ weight: 1, arbitrary: fc.constantFrom('submit', 'unheard of') },
		),
		routing: fc.constantFrom<unknown>(true, true, true, false, 'true', 1, '={{ true }}', undefined),
		isTool: fc.oneof({ weight: 9, arbitrary: always(false) }, always(true)),
		options: fc.record(
			{
				includeInput: fc.constantFrom<unknown>(true, false, 'true'),
				extendData: fc.boolean(),
				hideScores: fc.boolean(),
				onTimeout: fc.constantFrom('review', 'error'),
				minLivenessProbability: fc.constantFrom<unknown>(0, 0.5, 0.9, 0.99, 'x', null),
			},
			{ requiredKeys: [] },
		),
		maxAge: fc.option(fc.constantFrom(...maxAges), { nil: undefined, freq: 3 }),
		reference: fc.constantFrom(undefined, undefined, 'order-1', '={{ $json.reference }}'),
		settings,
		oddities: fc.option(oddities, { nil: { parameters: {}, options: {} }, freq: 1 }),
		items: fc.array(itemOf(node), { minLength: 8, maxLength: 12 }),
	});
export const workflows = fc.constantFrom(...NODE_ROWS.map(([name]) => name)).chain(workflowOf);
export type Workflow = Generated<typeof workflows>;

/** True if an item of this workflow may pass: Progeny said yes, and there is proof of what was asked. */
export function mayPass({ node, operation, ...workflow }: Workflow, item: Item): boolean {
	const saysYes = item.polls.some(({ passes }) => passes);
	const { fields } = SERVICES[node];
	const isAsked = !('uuid' in fields) || item.uuid === UUID || item.uuid === ANOTHER;
	if (operation === 'submit' || !saysYes || !isAsked) return false;
	const reference = referenceOf(workflow.reference, item);
	if (reference === '') return false;
	if (operation !== 'getResult') return item.hasPhoto && item.submit === 'accepted';
	const maxMinutes = workflow.maxAge === undefined ? 60 : workflow.maxAge[1];
	const isInTime = item.ageMinutes >= -5 && item.ageMinutes <= maxMinutes;
	return item.receipt === 'valid' && isInTime && item.signedReference === reference;
}

/** The reference that the workflow asks for; an empty text if it is set and returns nothing. */
function referenceOf(parameter: string | undefined, item: Item): string | undefined {
	if (parameter === undefined || !parameter.startsWith('=')) return parameter;
	return typeof item.reference === 'string' ? item.reference : '';
}

/** The task of the n-th item: of an earlier execution, or of this one. */
export const earlierTask = (index: number) => `earlier-${index}`;
export const ownTask = (index: number) => `own-${index}`;
export const itemOfTask = (task: string) => Number(task.split('-')[1]);

/** The name of the n-th item's person. */
export const nameOf = (index: number) => `Jane ${'ABCDEFGHIJKL'[index]}oe`;

/** Returns an item's incoming JSON. */
export function jsonOf(node: NodeName, item: Item, index: number): IDataObject {
	const claims = item.evil === 'no' ? {} : evilJson();
	const own = {
		...claims,
		uuid: item.uuid,
		name: nameOf(index),
		reference: item.reference,
		receipt: receiptOf(node, item, index),
	};
	const withoutUndefined = JSON.parse(JSON.stringify(own)) as IDataObject;
	return item.evil === 'prototype' ? withPrototype(withoutUndefined) : withoutUndefined;
}

function receiptOf(node: NodeName, item: Item, index: number): string {
	const { path, fields } = SERVICES[node];
	const kind = item.receipt;
	if (kind === 'bare' || kind === 'none') return kind === 'bare' ? earlierTask(index) : '';
	const signed = Date.now() - item.ageMinutes * MINUTE;
	const { baseUrl, username } = ACCOUNT;
	const own: Record<string, string> = { uuid: item.uuid, fullname: nameOf(index) };
	const bound = Object.keys(fields).map((field) => [field, own[field] ?? fields[field]!]);
	const binding = { path, fields: Object.fromEntries(bound) as Record<string, string> };
	if (kind === 'another service') binding.path = NODE_ROWS.find(([other]) => other !== node)![1].path;
	if (kind === 'another UUID') binding.fields = { uuid: `${item.uuid}0` };
	const receipt = signReceipt(
		{
			key: kind === 'another key' ? 'another' : RECEIPT_KEY,
			baseUrl: kind === 'another base URL' ? `${baseUrl}/x` : baseUrl,
			username: kind === 'another username' ? 'another' : username,
		},
		{
			taskId: earlierTask(index),
			submittedAt: Number.isNaN(signed) ? 'yesterday' : new Date(signed).toISOString(),
		},
		{ ...binding, reference: item.signedReference },
	);
	if (kind === 'cut') return receipt.slice(0, -1);
	if (kind === 'another version') return receipt.replace('pgr1', 'pgr2');
	if (kind !== 'another task') return receipt;
	const [version, payload, mac] = receipt.split('.');
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as IDataObject;
	const changed = JSON.stringify({ ...claims, taskId: earlierTask(index + 1) });
	return [version, Buffer.from(changed).toString('base64url'), mac].join('.');
}
