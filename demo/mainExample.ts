import { N8nApi, StoredWorkflow } from './api';
import { showPage, submitForm } from './form';
import { Photo } from './photos';

/** One line of the table: the node's result for one photo. */
export interface Row {
	item: number;
	photo: string;
	decision: string;
	reasons: string[];
	/** 0-100. */
	matchPercent?: number;
	/** 0-1. */
	liveness?: number;
	milliseconds?: number;
}

interface Result {
	decision: string;
	reasons: string[];
	authentication?: { scorePercent?: number };
	liveness?: { probability?: number };
	timing?: { elapsedMs: number };
}

/** Returns the address of a form by its trigger's path. */
export const formUrl = (origin: string, path: string) => `${origin}/form/${path}`;

/**
 * Runs the main example once, as a user does: all photos and the UUID through its form, then the page with the results.
 * @throws Error with n8n's message if the execution fails, or with the node's if a photo could not be checked
 */
export async function runMainExample(
	api: N8nApi,
	origin: string,
	workflow: StoredWorkflow,
	photos: Photo[],
	uuid: string,
): Promise<Row[]> {
	if (!workflow.active) await api.activate(workflow);
	const { next, executionId } = await submitForm(formUrl(origin, 'authenticate-face'), [photos, uuid]);
	const id = executionId ?? (await api.executionsOf(workflow.id))[0]?.id;
	if (!id) throw new Error('n8n accepted the form but started no execution.');
	await api.finished(id, { also: ['waiting'] });
	if (next) await showPage(next);
	const { status, data } = await api.finished(id);
	const { runData, error } = data.resultData;
	if (status !== 'success')
		throw new Error(
			`Execution ${id} ended with ${status}: ${error?.message ?? ''} ${error?.description ?? ''}`,
		);
	const names = runData['One Item per Photo']![0]!.data!.main![0]!.map((item) =>
		String(Object.values(item.binary!)[0]!.fileName),
	);
	return runData['Authenticate Face']![0]!.data!.main![0]!.map(({ json }, item) => {
		if (json.error !== undefined)
			throw new Error(`A photo was not checked: ${String(json.error)} ${String(json.message)}`);
		return rowOf(item, names[item] ?? '?', json);
	});
}

/** Returns the row of a result of Authenticate Face. */
export function rowOf(item: number, photo: string, result: object): Row {
	const { decision, reasons, authentication, liveness, timing } = result as Result;
	return {
		item,
		photo,
		decision,
		reasons,
		...(authentication?.scorePercent !== undefined && { matchPercent: authentication.scorePercent }),
		...(liveness?.probability !== undefined && { liveness: liveness.probability }),
		...(timing !== undefined && { milliseconds: timing.elapsedMs }),
	};
}
