import type { INode } from 'n8n-workflow';

/** A node as n8n's errors name it. */
export const ANY_NODE = {
	id: '1',
	name: 'Face',
	type: 'n8n-nodes-progeny.anyNode',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as unknown as INode;
