import axios from 'axios';
import type { Execution } from '../../../demo/api';
import { FormFields, submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import type { Testbed } from './testbed';

/** The pages that a person saw after sending photos through a form. */
export interface Visit {
	/** Title and text of the page after each form that was sent. */
	pages: string[];
	/** True if the last page asks for something else. */
	isAsked: boolean;
	execution: Execution;
}

const runsIn = ({ data }: Execution) => Object.values(data.resultData.runData).flat().length;

/**
 * Fills in a published form, then each page of the same execution that asks for something else, until all of `sent` is sent. Then
 * closes the last page if it is an ending: only then n8n ends the execution.
 * @throws Error if a form is not accepted, or nothing is asked any more
 */
export async function visitForm(
	{ api, origin }: Pick<Testbed, 'api' | 'origin'>,
	path: string,
	...sent: FormFields[]
): Promise<Visit> {
	const pages: string[] = [];
	let [url, id, runs, isAsked] = [formUrl(origin, path), '', 0, false];
	let execution!: Execution;
	for (const fields of sent) {
		if (pages.length > 0 && !isAsked) throw new Error(`Nothing is asked any more: ${pages.at(-1)}`);
		const { next, executionId } = await submitForm(url, fields);
		url = next ?? url;
		id ||= executionId!;
		do execution = await api.finished(id, { also: ['waiting'] });
		while (runsIn(execution) <= runs);
		runs = runsIn(execution);
		const { data } = await axios.get<string>(url, { proxy: false, responseType: 'text' });
		pages.push(/<h1>[^]*?<\/p>/.exec(data)![0]);
		isAsked = data.includes("id='n8n-form'");
	}
	if (!isAsked) {
		await axios.post(url, {}, { proxy: false, validateStatus: () => true });
		execution = await api.finished(id);
	}
	return { pages, isAsked, execution };
}
