import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

if (process.env.N8N_USER_FOLDER === undefined) {
	const folder = mkdtempSync(join(tmpdir(), 'progeny-bench-'));
	process.env.N8N_USER_FOLDER = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
process.env.N8N_ENCRYPTION_KEY ??= 'benchmark only';
process.env.N8N_LOG_LEVEL ??= 'silent';

import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type {
	IBinaryData,
	IConnections,
	ICredentialDataDecryptedObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IVersionedNodeType,
} from 'n8n-workflow';
import type * as Package from '../index';
import { CredentialStore } from '../test/engine/support/credentialStore';
import { startExecution } from '../test/engine/support/execution';
import { Start } from '../test/engine/support/startNode';
import { PeerNode } from './peerNode';

/** The package as it ships: compiled. */
const { AuthenticateFace, ProgenyApi } = createRequire(__filename)('../dist/index.js') as typeof Package;

/** A workflow to run: its nodes and connections; a node called Start is given the items. */
export interface BenchWorkflow {
	nodes: INode[];
	connections: IConnections;
	account: ICredentialDataDecryptedObject;
}

const types: Record<string, INodeType | IVersionedNodeType> = {
	'n8n-nodes-base.manualTrigger': new Start(),
	'n8n-nodes-progeny.authenticateFace': new AuthenticateFace(),
	'bench.peer': new PeerNode(),
};

/** Adds node types, n8n's own ones for instance. */
export function addNodeTypes(more: Record<string, INodeType | IVersionedNodeType>): void {
	Object.assign(types, more);
}

/** The engine's own copy of n8n's service container. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get(type: unknown): unknown };
};
const storage = () => Container.get(BinaryDataService) as BinaryDataService;

/** Makes n8n keep files outside the items, in a new folder, as it does by default. */
export async function useFilesystemStorage(): Promise<void> {
	const localStoragePath = mkdtempSync(join(process.env.N8N_USER_FOLDER!, 'files-'));
	Object.assign(Container.get(BinaryDataConfig) as object, { mode: 'filesystem', localStoragePath });
	await storage().init();
}

/** Stores a photo as n8n keeps files; any number of items may refer to it. */
export async function storedFile(photo: Buffer): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'bench', executionId: '1' } as const;
	return await storage().store(location, photo, { data: '', mimeType: 'image/jpeg', fileName: 'photo.jpg' });
}

/** Returns the credential of a workflow as n8n would store it: with the token of the last login. */
export const credentialsOf = ({ account }: BenchWorkflow): CredentialStore =>
	new CredentialStore({ progenyApi: new ProgenyApi() }, { c1: { ...account } });

/** Runs the workflow on n8n's own engine. Throws if it fails. */
export async function runWorkflow(
	definition: BenchWorkflow,
	items: INodeExecutionData[],
	credentials: CredentialStore = credentialsOf(definition),
): Promise<IRun> {
	const { nodes, connections } = definition;
	const run = await startExecution({ types, nodes, connections }, items, credentials);
	if (run.status !== 'success') throw run.data.resultData.error ?? new Error(`The run ended: ${run.status}`);
	return run;
}
