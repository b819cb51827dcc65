import type { Execution, StoredWorkflow } from '../../../demo/api';
import { submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import type { Testbed } from './testbed';

/**
 * Sends a photo under a scenario's UUID through the form of a published workflow.
 * @returns the execution, when it has ended or waits for a person
 */
export async function sendFace(
	{ api, origin }: Testbed,
	workflow: StoredWorkflow,
	formPath: string,
	scenario: string,
): Promise<Execution> {
	const before = await api.executionsOf(workflow.id);
	await submitForm(formUrl(origin, formPath), [[bundledPhoto('cat.png')], scenarioUuid(scenario)]);
	let id: string | undefined;
	while (!id) {
		const now = await api.executionsOf(workflow.id);
		id = now.find((one) => !before.some((old) => old.id === one.id))?.id;
	}
	return api.finished(id, { also: ['waiting'] });
}
