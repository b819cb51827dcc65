import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { signReceipt } from '../../../nodes/shared/task/receipt';
import { words } from '../../support/words';
import { PENDING, answerWith } from '../support/answers';
import type { NodeName } from '../support/engine';
import { ACCOUNT } from '../support/progeny';
import { NODE_ROWS, SERVICES, UUID } from '../support/services';
import { evilJson, withPrototype } from './attack';

/**
 * The workflows of the property test, and the outcomes that each of their items may have. Tables elsewhere
 * define a good answer and a good receipt; here good and bad ones meet every setting of a node.
 */

const ANOTHER = 'aaaaaaaa-b062-11ec-b3b9-0242ac190002';
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
const weighted = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
/** Returns the first value in `share` of ten cases. */
const mostly = <Value>(share: number, usual: Value, ...others: Value[]) =>
	fc.oneof(weighted(share, fc.constant(usual)), weighted(10 - share, fc.constantFrom(...others)));

/** Returns a reply about a task: good, bad, contradictory or broken. The unit tests try many more. */
function pollOf(node: NodeName): fc.Arbitrary<Poll> {
	const { good, bad } = SERVICES[node];
	const { answer } = good;
	const against = [
		{ error: 'Spoof detected' },
		{ issues: { liveness: { SPOOF: 'a mask' } } },
		{ compare: false },
	];
	const statuses = ['FAILURE', 'success', 'PENDING', null];
	return mostly(
		4,
		poll(200, answer, true),
		poll(200, bad.answer),
		...against.map((data) => poll(200, answerWith(answer, data))),
		...statuses.map((status) => poll(200, { ...answer, status })),
		...[302, 400, 401, 403, 404, 429, 500, 503].map((status) => poll(status, answer)),
		...['<html>pass</html>', null, [answer]].map((body) => poll(200, body)),
	);
}

const itemOf = (node: NodeName) =>
	fc.record({
		/** The replies about its task, one a poll; the last one stays. */
		polls: fc
			.tuple(fc.boolean(), pollOf(node))
			.map(([isSlow, last]) => (isSlow ? [poll(200, PENDING), last] : [last])),
		submit: mostly<'accepted' | number>(9, 'accepted', 200, 400, 500),
		hasPhoto: mostly(9, true, false),
		uuid: mostly(9, UUID, ANOTHER, '', 'x'),
		receipt: mostly(4, 'valid', 'another person', 'another key', 'cut', 'bare', 'none'),
		ageMinutes: mostly(7, 1, 59, 61),
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
		disabled: mostly(9, false, true),
		retryOnFail: mostly(8, false, true),
	},
	{ requiredKeys: ['onError'] },
);

/** Values that an expression may return or n8n may store in place of a sensible one, and expressions that fail. */
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
const oddOf = (names: string) =>
	fc.record(Object.fromEntries(words(names).map((name) => [name, odd])), { requiredKeys: [] });
/** Parameters and options with such a value; none of them decides who may pass. */
const oddities = fc.record({
	parameters: oddOf('binaryPropertyName documentType fullName dateOfBirth'),
	options: oddOf(`
		concurrency extendData timeout onTimeout includeInput minAge minMatchPercent minLivenessProbability hideScores
		hidePersonalData backgroundCheck expectedName expectedDateOfBirth`),
});

const workflowOf = (node: NodeName) =>
	fc.record({
		node: fc.constant(node),
		operation: fc.oneof(
			weighted(4, fc.constant(SERVICES[node].operation)),
			weighted(4, fc.constant('getResult')),
			fc.constantFrom('submit', 'unheard of'),
		),
		routing: fc.constantFrom<unknown>(true, true, true, false, 'true', 1, '={{ true }}', undefined),
		isTool: mostly(9, false, true),
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
		settings,
		oddities: fc.option(oddities, { nil: { parameters: {}, options: {} }, freq: 1 }),
		items: fc.array(itemOf(node), { minLength: 8, maxLength: 12 }),
	});
export const workflows = fc.constantFrom(...NODE_ROWS.map(([name]) => name)).chain(workflowOf);
export type Workflow = Generated<typeof workflows>;

/** True if an item of this workflow may pass: Progeny said yes, and there is proof of what was asked. */
export function mayPass({ node, operation }: Workflow, item: Item): boolean {
	const saysYes = item.polls.some(({ passes }) => passes);
	const isAsked = !('uuid' in SERVICES[node].fields) || item.uuid === UUID || item.uuid === ANOTHER;
	if (operation === 'submit' || !saysYes || !isAsked) return false;
	if (operation !== 'getResult') return item.hasPhoto && item.submit === 'accepted';
	return item.receipt === 'valid' && item.ageMinutes <= 60;
}

/** Returns the task of the n-th item: of an earlier execution, or of this one. */
const earlierTask = (index: number) => `earlier-${index}`;
export const ownTask = (index: number) => `own-${index}`;
export const itemOfTask = (task: string) => Number(task.split('-')[1]);

/** Returns the name of the n-th item's person. */
export const nameOf = (index: number) => `Jane ${'ABCDEFGHIJKL'[index]}oe`;

/** Returns an item's incoming JSON. */
export function jsonOf(node: NodeName, item: Item, index: number): IDataObject {
	const own = { uuid: item.uuid, name: nameOf(index), receipt: receiptOf(node, item, index) };
	const json = item.evil === 'no' ? own : { ...evilJson(), ...own };
	return item.evil === 'prototype' ? withPrototype(json) : json;
}

function receiptOf(node: NodeName, { receipt: kind, uuid, ageMinutes }: Item, index: number): string {
	if (kind === 'bare' || kind === 'none') return kind === 'bare' ? earlierTask(index) : '';
	const { path, fields } = SERVICES[node];
	const person = {
		...('uuid' in fields && { uuid }),
		...('fullname' in fields && { fullname: nameOf(index) }),
	};
	const another = kind === 'another person' && { uuid: `${uuid}0` };
	const receipt = signReceipt(
		{ ...ACCOUNT, key: kind === 'another key' ? 'another' : RECEIPT_KEY },
		{
			taskId: earlierTask(index),
			submittedAt: new Date(Date.now() - ageMinutes * MINUTE).toISOString(),
		},
		{ path, fields: { ...fields, ...person, ...another }, reference: undefined },
	);
	return kind === 'cut' ? receipt.slice(0, -1) : receipt;
}
