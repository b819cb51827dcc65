import { randomUUID } from 'node:crypto';
import type { WorkflowFile, WorkflowNode } from '../../../demo/api';
import { CREDENTIAL_NAME } from '../../../demo/credential';
import { START } from './workflows';

/** The names of the package's nodes in the chain, which are their own. */
export const CHAIN = ['Face Liveness', 'Register Face', 'Authenticate Face'] as const;

/** The node that reads the photos of the chain. */
export const PHOTOS = 'Photos';

/**
 * A trigger, the photos of `folder`, and all three nodes one behind the other with their named outputs: a live face is registered, and the
 * same photo authenticated under the UUID that this gave. Each takes the photo from where it came in.
 */
export function chainWorkflow(folder: string): WorkflowFile {
	const photo = { binaryPropertyName: `={{ $('${PHOTOS}').item.binary.data }}` };
	const nodes = [
		node(START, 'n8n-nodes-base.manualTrigger', {}),
		node(PHOTOS, 'n8n-nodes-base.readWriteFile', { fileSelector: `.n8n-files/${folder}/*` }),
		node(CHAIN[0], 'n8n-nodes-progeny.faceLiveness', { routeByDecision: true }),
		node(CHAIN[1], 'n8n-nodes-progeny.registerFace', { ...photo, routeByResult: true }),
		node(CHAIN[2], 'n8n-nodes-progeny.authenticateFace', {
			...photo,
			uuid: '={{ $json.uuid }}',
			routeByDecision: true,
		}),
	];
	nodes.forEach((one, place) => (one.position = [place * 240, 0]));
	const names = nodes.map(({ name }) => name);
	const connections = Object.fromEntries(
		names.slice(1).map((name, i) => [names[i]!, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
	return { name: `e2e ${folder}`, nodes, connections, settings: { executionOrder: 'v1' } };
}

function node(name: string, type: string, parameters: Record<string, unknown>): WorkflowNode {
	const isOurs = type.startsWith('n8n-nodes-progeny.');
	const credentials = { progenyApi: { id: null, name: CREDENTIAL_NAME } };
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...(isOurs && { credentials }),
	};
}
