import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8nApi, StoredWorkflow, WorkflowFile } from './api';
import { EXAMPLES } from './paths';

/** The example that `npm start` runs. */
export const MAIN_EXAMPLE = 'authenticate-face';

/** Returns the names of the example workflows: their files under examples/, without .json. */
export function exampleNames(): string[] {
	return readdirSync(EXAMPLES)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace(/\.json$/, ''))
		.sort();
}

/** Reads an example as a user would paste it. */
export function readExample(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')) as WorkflowFile;
}

/**
 * Imports each example that n8n does not have yet, known by its workflow name; what the user has edited stays as it is.
 * @returns the workflows by the examples' names
 */
export async function importExamples(api: N8nApi): Promise<Map<string, StoredWorkflow>> {
	const stored = await api.workflows();
	const imported = new Map<string, StoredWorkflow>();
	for (const name of exampleNames()) {
		const file = readExample(name);
		const old = stored.find((workflow) => workflow.name === file.name);
		imported.set(name, old ? await api.workflow(old.id) : await api.createWorkflow(file));
	}
	return imported;
}
