import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution, OutputItem, WorkflowFile, WorkflowNode } from '../../../demo/api';
import { CREDENTIAL_NAME } from '../../../demo/credential';
import { bundledPhoto } from '../../../demo/photos';
import { FILES } from './server';

/** The name of the node under test in the workflows made here. */
export const FACE = 'Authenticate Face';

/** The name of their trigger. */
export const START = 'Start';

/**
 * Puts files where a workflow of the same `folder` reads them.
 * @param files the bytes by file name; the name before the dot is the UUID that the node gets
 */
export function putFiles(folder: string, files: Record<string, Buffer>): void {
	const place = join(FILES, folder);
	rmSync(place, { recursive: true, force: true });
	mkdirSync(place, { recursive: true });
	for (const [name, data] of Object.entries(files)) writeFileSync(join(place, name), data);
}

/** A small picture for scenarios, which do not look at it. */
export const anyPhoto = (): Buffer => bundledPhoto('cat.png').data;

/** A trigger, the files of `folder`, and Authenticate Face on each of them under the UUID that is its name. */
export function folderWorkflow(
	folder: string,
	parameters: Record<string, unknown> = {},
	more: Record<string, unknown> = {},
): WorkflowFile {
	const nodes = [
		node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Files', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: `.n8n-files/${folder}/*` }),
		node(
			FACE,
			'n8n-nodes-progeny.authenticateFace',
			1,
			{ uuid: "={{ $json.fileName.split('.')[0] }}", ...parameters },
			{ credentials: { progenyApi: { id: null, name: CREDENTIAL_NAME } }, ...more },
		),
	];
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, i) => [name, { main: [[{ node: nodes[i + 1]!.name, type: 'main', index: 0 }]] }]),
	);
	return { name: `e2e ${folder}`, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** What the face node put out at an output in its last run. */
export function faceItems({ data }: Execution, output = 0): OutputItem[] {
	return itemsOf(data, FACE, output);
}

/** What a node put out at an output in its last run; nothing where it did not run. */
export function itemsOf(data: Execution['data'], name: string, output = 0): OutputItem[] {
	return data.resultData.runData[name]?.at(-1)?.data?.main?.[output] ?? [];
}

/** A node of a workflow file; `more` holds what else there is to say of it, e.g. its position. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters, ...more };
}
