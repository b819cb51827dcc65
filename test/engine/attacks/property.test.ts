import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	outputsByN8n,
	pairedWith,
	refusedByN8n,
	runNode,
	toolTypeOf,
	type Ran,
	type Setup,
} from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT } from '../support/progeny';
import { SERVICES } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { PASS, saysYes } from './attack';
import {
	RECEIPT_KEY,
	itemOfTask,
	jsonOf,
	mayPass,
	nameOf,
	ownTask,
	workflows,
	type Workflow,
} from './randomWorkflows';
import { runs } from '../../support/thorough';

type Send = import('../../../nodes/shared/progeny/transport').Send;

/** Stands in for HTTP below the node's own code: an execution of a hundred requests takes milliseconds. */
let mockSend: Send;
jest.mock('../../../nodes/shared/progeny/transport', () => ({
	...jest.requireActual('../../../nodes/shared/progeny/transport'),
	createTransport: () => (request: Parameters<Send>[0]) => mockSend(request),
}));

useVirtualTime();

const RUNS = runs(680);
const SEED = 20260101;

/** Returns a stand-in for Progeny that answers each item's upload and the polls of its task as the item says. */
function fakeSend({ node, items }: Workflow): Send {
	const polls = new Map<string, number>();
	return async ({ path, form, query }) => {
		await Promise.resolve();
		if (form !== undefined) {
			const texts = Buffer.from(form.body).toString();
			const index = items.findIndex(
				(_, i) => form.body.includes(photoOf(i)) || (node === 'backgroundCheck' && texts.includes(nameOf(i))),
			);
			const { submit, uuid } = items[index] ?? { submit: 400, uuid: '' };
			const isRight = path === SERVICES[node].path && (node !== 'authenticateFace' || texts.includes(uuid));
			if (!isRight) return { kind: 'answer', status: 400, body: { detail: 'not what this item asked for' } };
			if (submit === 'accepted') return { kind: 'answer', status: 200, body: { id: ownTask(index) } };
			return { kind: 'answer', status: submit, body: { detail: 'no' } };
		}
		const task = query!.id;
		const n = polls.get(task) ?? 0;
		polls.set(task, n + 1);
		const replies = items[itemOfTask(task)]?.polls ?? [];
		const { status, body } = replies[Math.min(n, replies.length - 1)] ?? { status: 404, body: null };
		return { kind: 'answer', status, body };
	};
}

const photoOf = (index: number) => tinyJpeg({ width: index + 1 });

let nodes = 0;
/** Returns a run of the workflow. Each has a new node, of which nothing is remembered. */
const setupOf = (workflow: Workflow): Setup => {
	const { node, operation, options, routing, settings, isTool, items, oddities } = workflow;
	// As n8n loads them: fast-check makes objects without a prototype.
	const odd = JSON.parse(JSON.stringify(oddities)) as Record<'parameters' | 'options', IDataObject>;
	return {
		node,
		account: { ...ACCOUNT, receiptKey: RECEIPT_KEY },
		items: items.map((item, i): INodeExecutionData => {
			const json = jsonOf(node, item, i);
			return item.hasPhoto ? fileItem(photoOf(i), json) : { json };
		}),
		parameters: {
			...SERVICES[node].inputs,
			uuid: '={{ $json.uuid }}',
			fullName: '={{ $binary.data || $parameter.operation === "getResult" ? $json.name : "" }}',
			operation,
			receipt: '={{ $json.receipt }}',
			...odd.parameters,
			options: {
				...options,
				timeout: 5,
				concurrency: 50,
				...odd.options,
				...(routing === undefined ? {} : { routeByDecision: routing }),
			} as IDataObject,
		},
		settings: {
			id: `node ${nodes++}`,
			waitBetweenTries: 1,
			maxTries: 2,
			...settings,
			...(isTool && { type: toolTypeOf(node) }),
		},
		outputs: 4,
	};
};

/** True if an item claims a pass to the next node, or has a UUID to keep. */
const isYes = (workflow: Workflow, json: IDataObject) =>
	saysYes(json) || (workflow.node === 'registerFace' && typeof json.uuid === 'string');

const CODED = /^\[[A-Z_]+\] \S/;

/** Returns the faults of a processed item, independent of Progeny's answers. */
function faultOf(
	workflow: Workflow,
	{ input: _input, providerData: _data, ...json }: IDataObject,
): string | undefined {
	const { affirmative } = SERVICES[workflow.node];
	if (JSON.stringify(JSON.parse(JSON.stringify(json))) !== JSON.stringify(json)) return 'cannot be stored';
	if (typeof json.error === 'string') {
		const isOurs = CODED.test(String(json.message)) && Object.keys(json).join() === 'error,message';
		return isOurs || hasExpression(workflow)
			? undefined
			: `a failure that is not ours: ${String(json.error)}`;
	}
	if (!(affirmative in json))
		return typeof json.taskId === 'string' ? undefined : 'neither a result nor a failure';
	const isPass = json.decision === 'pass';
	const agree = json[affirmative] === isPass && isPass === ((json.reasons as string[]).length === 0);
	return agree ? undefined : 'a result that contradicts itself';
}

/** n8n words the failures of odd expressions. */
const hasExpression = ({ oddities }: Workflow) => JSON.stringify(oddities).includes('"={{');

/** Returns the faults of a run: a missing item, or one that is not ours. */
function oddIn(workflow: Workflow, { status, error, outputs }: Ran): Array<string | undefined> {
	const { onError, alwaysOutputData, disabled } = workflow.settings;
	const out = outputs.flat();
	if (disabled || alwaysOutputData) return [];
	if (status === 'error') {
		const isOurs = CODED.test(error?.description ?? '') || hasExpression(workflow);
		return isOurs && out.length === 0 && onError === 'stopWorkflow'
			? []
			: [`an odd error: ${error?.message}`];
	}
	const indexes = out.map(pairedWith).sort((a, b) => a - b);
	const isWhole = indexes.join() === workflow.items.map((_, i) => i).join();
	return [isWhole ? undefined : `items ${indexes.join()}`, ...out.map(({ json }) => faultOf(workflow, json))];
}

/** Returns the faults of a workflow's output. */
function faultsOf(workflow: Workflow, setup: Setup, { outputs, arrived }: Ran): string[] {
	const { onError, disabled } = workflow.settings;
	const allowed = (item: INodeExecutionData) => mayPass(workflow, workflow.items[pairedWith(item)]);
	const faults: string[] = [];
	const drawn = outputsByN8n(setup).length - (onError === 'continueErrorOutput' ? 1 : 0);
	outputs.forEach((items, output) => {
		for (const item of items) {
			const isFault = disabled ? output > 0 : isYes(workflow, item.json) && !allowed(item);
			if (isFault) faults.push(`output ${output}: ${JSON.stringify(workflow.items[pairedWith(item)])}`);
			if (output >= drawn && isYes(workflow, item.json)) faults.push(`output ${output} of ${drawn}: a yes`);
		}
	});
	const onPass = outputs[PASS] ?? [];
	if (!onPass.every((item) => drawn === 3 && item.json.decision === 'pass' && allowed(item)))
		faults.push('Pass has an item that did not pass');
	if (arrived[PASS].length !== onPass.length) faults.push('what arrived is not what was returned');
	const isRouted = !workflow.isTool && drawn === 3 && !disabled;
	const onOthers = outputs.slice(0, PASS).flat();
	if (isRouted && onOthers.some(({ json }) => saysYes(json))) faults.push('a yes on Fail or Review');
	return faults;
}

test('random workflows: an item for each one, ours, and no pass without a proof and an unambiguous yes', async () => {
	const sample = fc.sample(workflows, { numRuns: RUNS, seed: SEED });
	const count = { cases: 0, allowed: 0, yes: 0, onPass: 0, errors: 0, reviews: 0 };
	const wrong: string[] = [];
	for (const workflow of sample) {
		const setup = setupOf(workflow);
		mockSend = fakeSend(workflow);
		const ran = await runNode(setup).catch(refusedByN8n);
		if (ran === undefined) continue;
		const out = ran.outputs.flat().map(({ json }) => json);
		count.cases += workflow.items.length;
		if (!workflow.settings.disabled) {
			count.allowed += workflow.items.filter((item) => mayPass(workflow, item)).length;
			count.yes += out.filter(saysYes).length;
			count.errors += out.filter(({ error }) => error !== undefined).length;
			count.reviews += out.filter(({ decision }) => decision === 'review').length;
			count.onPass += (ran.outputs[PASS] ?? []).length;
		}
		const faults = [...faultsOf(workflow, setup, ran), ...oddIn(workflow, ran)].filter(Boolean);
		if (faults.length > 0)
			wrong.push([...faults, JSON.stringify({ ...workflow, items: undefined })].join('\n'));
	}
	expect(wrong.slice(0, 3)).toEqual([]);
	// A node that never passes would have the property, too.
	const least = { cases: 6000, allowed: 600, yes: 200, onPass: 60, errors: 600, reviews: 600 };
	for (const [name, number] of Object.entries(least))
		expect([name, count[name as keyof typeof count] >= runs(number)]).toEqual([name, true]);
});
