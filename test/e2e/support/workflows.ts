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
 * Puts files into the folder that a workflow of the same `folder` reads.
 * @param files the bytes by file name; the name before the dot is the UUID that the node gets
 */
export function putFiles(folder: string, files: Record<string, Buffer>): void {
	const place = join(FILES, folder);
	rmSync(place, { recursive: true, force: true });
	mkdirSync(place, { recursive: true });
	for (const [name, data] of Object.entries(files)) writeFileSync(join(place, name), data);
}

/** Returns a small picture for scenarios, which do not look at it. */
export const anyPhoto = (): Buffer => bundledPhoto('cat.png').data;

/** Returns a trigger, the files of `folder`, and Authenticate Face on each of them under the UUID that is its name. */
export function folderWorkflow(
	folder: string,
	parameters: Record<string, unknown> = {},
	more: Record<string, unknown> = {},
): WorkflowFile {
	return inARow(folder, [
		node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Files', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: `.n8n-files/${folder}/*` }),
		faceNode(FACE, 'authenticateFace', { uuid: "={{ $json.fileName.split('.')[0] }}", ...parameters }, more),
	]);
}

/** Returns a workflow whose nodes stand one behind the other, each connected to the next by its only output, or by Pass. */
export function inARow(folder: string, nodes: WorkflowNode[]): WorkflowFile {
	const names = nodes.map(({ name }) => name);
	const connections = Object.fromEntries(
		names.slice(1).map((name, i) => {
			const wires = [{ node: name, type: 'main', index: 0 }];
			return [names[i]!, { main: isRouted(nodes[i]!) ? [[], [], wires] : [wires] }];
		}),
	);
	nodes.forEach((one, place) => (one.position = [place * 240, 0]));
	return { name: `e2e ${folder}`, nodes, connections, settings: { executionOrder: 'v1' } };
}

const isRouted = ({ parameters }: WorkflowNode) =>
	(parameters.options as { routeByDecision?: boolean } | undefined)?.routeByDecision === true;

/** One of the package's nodes, with the credential of these tests. */
export const faceNode = (
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
): WorkflowNode =>
	node(name, `n8n-nodes-progeny.${type}`, 1, parameters, {
		credentials: { progenyApi: { id: null, name: CREDENTIAL_NAME } },
		...more,
	});

/** Makes a node of the package wait so many seconds for its results in place of the example's two minutes. */
export const waiting =
	(name: string, seconds: number) =>
	({ nodes }: WorkflowFile): void => {
		const { options } = nodes.find((one) => one.name === name)!.parameters as {
			options: { timeout?: number };
		};
		options.timeout = seconds;
	};

/** Returns the face node's items at its first output in its last run. */
export const faceItems = ({ data }: Execution): OutputItem[] => itemsOf(data, FACE);

/** Returns a node's items at an output in its last run; none if it did not run. */
export function itemsOf(data: Execution['data'], name: string, output = 0): OutputItem[] {
	return data.resultData.runData[name]?.at(-1)?.data?.main?.[output] ?? [];
}

/** Returns a node of a workflow file; `more` has its other properties, e.g. its position. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters, ...more };
}
