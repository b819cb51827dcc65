import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type IConnections,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IVersionedNodeType,
	type WorkflowExecuteMode,
	type IRunExecutionData,
	type IWorkflowSettings,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore';

/** A workflow to run, with the node types that it uses, by name. It starts at its first node. */
export interface Graph {
	types: Record<string, INodeType | IVersionedNodeType>;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

/** Which execution it is. n8n's Retry of a failed one has an ID of its own and the node contexts of the failed one. */
export interface ExecutionFacts {
	id?: string;
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	/** `executionData.contextData` of an earlier execution. */
	contextData?: unknown;
}

/** Starts a workflow with these items on n8n's own engine, by default as a manual execution. The result can be canceled. */
export function startExecution(
	{ types, nodes, connections, settings }: Graph,
	items: INodeExecutionData[],
	credentialsHelper: CredentialStore,
	{ id = '1', mode = 'manual', workflowId = 'workflow', contextData = {} }: ExecutionFacts = {},
): ReturnType<WorkflowExecute['processRunExecutionData']> {
	const workflow = new Workflow({
		id: workflowId,
		name: 'Workflow',
		active: false,
		nodeTypes: {
			getByName: (name) => types[name]!,
			getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name]!, version),
			getKnownTypes: () => ({}),
		},
		settings: { executionOrder: 'v1', ...settings },
		nodes,
		connections,
	});
	const data = {
		version: 1,
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: structuredClone(contextData),
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: null,
			nodeExecutionStack: [
				{ node: workflow.getNode(nodes[0]!.name)!, data: { main: [items] }, source: null },
			],
		},
	} as unknown as IRunExecutionData;
	const additionalData = {
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks(mode, id, {
			id: workflowId,
			nodes: [],
			connections: {},
		} as never),
		executionId: id,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: '',
		instanceBaseUrl: '',
		webhookBaseUrl: '',
		formWaitingBaseUrl: '',
		logAiEvent: () => {},
		setExecutionStatus: () => {},
	};
	return new WorkflowExecute(additionalData as never, mode, data).processRunExecutionData(workflow);
}
