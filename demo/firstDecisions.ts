import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths';

// n8n-core reads these on load; without them it writes into the user's own ~/.n8n.
process.env.N8N_USER_FOLDER = join(CACHE, 'engine');
process.env.N8N_LOG_LEVEL = 'silent';

import type { INode, INodeType } from 'n8n-workflow';
import type * as Package from '../index';
import type { ProgenyAccount } from './credential';
import { MAIN_EXAMPLE, readExample } from './examples';
import { Row, rowOf } from './mainExample';
import { CredentialStore } from '../test/engine/support/credentialStore';
import { startExecution } from '../test/engine/support/execution';
import { Start } from '../test/engine/support/startNode';
import { Photo } from './photos';

const NODE = 'Authenticate Face';
const CREDENTIAL_ID = 'sandbox';

/**
 * Checks these photos as the main example does, before n8n runs: the built node with the example's parameters, on n8n's engine in this
 * process.
 * @throws Error with n8n's message if the execution fails
 */
export async function firstDecisions(
	{ baseUrl, username, password }: ProgenyAccount,
	photos: Photo[],
	uuid: string,
): Promise<Row[]> {
	const { AuthenticateFace, ProgenyApi } = createRequire(__filename)(join(ROOT, 'dist')) as typeof Package;

	const inExample = readExample(MAIN_EXAMPLE).nodes.find(({ name }) => name === NODE)!;
	const start = {
		id: 'start',
		name: 'Start',
		type: 'start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const check = {
		...inExample,
		parameters: { ...inExample.parameters, uuid },
		credentials: { progenyApi: { id: CREDENTIAL_ID, name: 'Progeny account' } },
	};
	const graph = {
		types: { start: new Start(), [inExample.type]: new AuthenticateFace() as INodeType },
		nodes: [start, check] as INode[],
		connections: { Start: { main: [[{ node: NODE, type: 'main' as const, index: 0 }]] } },
	};
	const items = photos.map(({ name, type, data }) => ({
		json: {},
		binary: { photo: { data: data.toString('base64'), mimeType: type, fileName: name } },
	}));
	const stored = { [CREDENTIAL_ID]: { baseUrl, username, password } };
	const { status, data } = await startExecution(
		graph,
		items,
		new CredentialStore({ progenyApi: new ProgenyApi() }, stored),
	);
	const { runData, error } = data.resultData;
	if (status !== 'success') throw new Error(`n8n's engine ended with ${status}: ${error?.message ?? ''}`);
	const results = runData[NODE]![0]!.data!.main[0]!;
	return results.map(({ json }, item) => rowOf(item, photos[item]!.name, json));
}
