import 'reflect-metadata';
import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type ITaskData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { ProgenyApi } from '../../../index';
import { nodeClasses } from '../../support/nodes';
import { CredentialStore } from './credentialStore';
import { fileItem } from './items';
import { SERVICES, type NodeName } from './services';
import { startExecution, type ExecutionFacts, type Graph } from './execution';
import { Start } from './startNode';

/** A node that passes items on, to see what arrives at an output's end. */
class NoOp extends Start {
	constructor() {
		super();
		this.description = {
			...this.description,
			name: 'n8n-nodes-base.noOp',
			inputs: [NodeConnectionTypes.Main],
		} as INodeType['description'];
	}
}

/** The package's nodes, by the names of their types. */
export const NODE_CLASSES = Object.fromEntries(
	nodeClasses().map((node) => [node.description.name, node.constructor]),
) as Record<NodeName, new () => INodeType>;
export type { NodeName };
export const typeOf = (name: NodeName): string => `n8n-nodes-progeny.${name}`;
/** Returns the type of a node's variant for AI agents, which n8n makes of it. */
export const toolTypeOf = (name: NodeName): string => `${typeOf(name)}Tool`;
/** The name of the node under test in the workflow. */
export const NODE = 'The node';
export const CREDENTIAL_ID = 'c1';

const withName = (node: INodeType, name: string): INodeType => {
	node.description = { ...node.description, name };
	return node;
};

const types: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': new Start(),
	'n8n-nodes-base.noOp': new NoOp(),
	...Object.fromEntries(
		(Object.keys(NODE_CLASSES) as NodeName[]).flatMap((name) =>
			[typeOf(name), toolTypeOf(name)].map((type) => [type, withName(new NODE_CLASSES[name](), type)]),
		),
	),
};

/** A run: the items that reach the node, its parameters and settings, and the account. */
export interface Setup {
	/** Which of the package's nodes; Authenticate Face by default. */
	node?: NodeName;
	items: INodeExecutionData[];
	parameters?: IDataObject;
	/** The node's own settings, e.g. `{ onError: 'continueErrorOutput' }` or `{ retryOnFail: true }`. */
	settings?: Partial<INode>;
	account?: ICredentialDataDecryptedObject;
	/** A store from an earlier run, to go on with its tokens. */
	credentials?: CredentialStore;
	/** The number of outputs to connect onward; each leads to a node `Out 0`, `Out 1`, ... */
	outputs?: number;
	/** More workflow-level settings, e.g. `{ binaryMode: 'combined' }`. */
	workflowSettings?: IDataObject;
	/** Which execution it is; a manual one with the ID 1 by default. */
	execution?: ExecutionFacts;
	/** The name of the node before it; `Start` by default. */
	startName?: string;
	/** Called with the means to stop the execution as a user's Stop does. */
	onStarted?: (stop: () => void) => void;
}

/** The results of a run. */
export interface Ran {
	run: IRun;
	status: IRun['status'];
	/** The node's items, by output. */
	outputs: INodeExecutionData[][];
	/** The `json` of its first output's items. */
	json: IDataObject[];
	/** The items that reached the nodes behind each connected output. */
	arrived: IDataObject[][];
	/** The error that ended the run. */
	error: { message: string; description?: string; context?: IDataObject; httpCode?: string } | undefined;
	hints: NodeExecutionHint[];
	task: ITaskData | undefined;
	credentials: CredentialStore;
	/** The time that the run took, in ms. */
	tookMs: number;
}

/** Calls this with n8n's context before each run of a node, until the spy that it returns is restored. */
export function beforeRuns({ prototype }: new () => INodeType, call: (context: IExecuteFunctions) => void) {
	const node = prototype as Required<INodeType>;
	const { execute } = node;
	return jest.spyOn(node, 'execute').mockImplementation(async function (this: IExecuteFunctions) {
		call(this);
		return await execute.call(this);
	});
}

/** Returns a store with one credential, the one that `runNode` uses. */
export const storeOf = (account: ICredentialDataDecryptedObject): CredentialStore =>
	new CredentialStore({ progenyApi: new ProgenyApi() }, { [CREDENTIAL_ID]: { ...account } });

/** Returns n8n's own view of the node's outputs, as the editor and the engine ask: with its error output, if it has one. */
export function outputsByN8n({ node: name = 'authenticateFace', parameters, settings }: Setup): unknown[] {
	const type = types[typeOf(name)]!;
	const workflow = new Workflow({
		active: false,
		connections: {},
		nodes: [{ ...node(NODE, typeOf(name)), parameters: parameters as INode['parameters'], ...settings }],
		nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) },
	});
	return NodeHelpers.getNodeOutputs(workflow, workflow.getNode(NODE)!, type.description);
}

/** Returns the index of the input item: failed items are paired by a number. */
export const pairedWith = ({ pairedItem }: INodeExecutionData): number =>
	typeof pairedItem === 'number' ? pairedItem : (pairedItem as { item: number }).item;

/** Runs a workflow (start, the node, one node behind each output) on n8n's own engine. */
export async function runNode(setup: Setup): Promise<Ran> {
	const credentials = setup.credentials ?? storeOf(setup.account ?? {});
	const ends = Array.from({ length: setup.outputs ?? 0 }, (_, i) => `Out ${i}`);
	const start = setup.startName ?? 'Start';
	const graph: Graph = {
		types,
		nodes: [
			node(start, 'n8n-nodes-base.manualTrigger'),
			{
				...node(NODE, typeOf(setup.node ?? 'authenticateFace')),
				parameters: (setup.parameters ?? {}) as INode['parameters'],
				credentials: { progenyApi: { id: CREDENTIAL_ID, name: 'Progeny' } },
				...setup.settings,
			},
			...ends.map((name) => node(name, 'n8n-nodes-base.noOp')),
		],
		connections: {
			[start]: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
			[NODE]: { main: ends.map((name) => [{ node: name, type: 'main', index: 0 }]) },
		},
		settings: { ...setup.workflowSettings },
	};
	const startedAt = performance.now();
	const items = setup.items.map((item) => withMorePhotos(setup.node, item));
	const execution = startExecution(graph, items, credentials, setup.execution);
	setup.onStarted?.(() => execution.cancel());
	const run = await execution;
	const tookMs = performance.now() - startedAt;
	const { runData, error } = run.data.resultData;
	const task = runData[NODE]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	return {
		run,
		status: run.status,
		outputs,
		json: (outputs[0] ?? []).map(({ json }) => json),
		arrived: ends.map((name) => (runData[name]?.at(-1)?.data?.main[0] ?? []).map(({ json }) => json)),
		error: error as Ran['error'],
		hints: task?.hints ?? [],
		task,
		credentials,
		tookMs,
	};
}

/** Returns an item with a photo in `data`, as its node needs it: with those beside it. */
function withMorePhotos(name: NodeName | undefined, item: INodeExecutionData): INodeExecutionData {
	const more = SERVICES[name ?? 'authenticateFace'].morePhotos ?? {};
	if (item.binary?.data === undefined) return item;
	const binary = Object.fromEntries(
		Object.entries(more).map(([field, photo]) => [field, fileItem(photo).binary!.data!]),
	);
	return { ...item, binary: { ...binary, ...item.binary } };
}

/**
 * For `runNode(...).catch(refusedByN8n)`: returns undefined if n8n refused the workflow before the node was run, as it does
 * if a required parameter is empty, and before 2.20 if a parameter that decides what is shown is an expression.
 */
export function refusedByN8n(thrown: unknown): undefined {
	if (thrown instanceof Error && thrown.name === 'WorkflowHasIssuesError') return undefined;
	throw thrown;
}

function node(name: string, type: string): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}
