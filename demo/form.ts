import axios, { AxiosResponse } from 'axios';
import { Photo } from './photos';

/** The fields of an n8n form in their order: a text, or photos for a file field. */
export type FormFields = (string | Photo[])[];

/**
 * Fills in and sends a published n8n form, as a browser does: field by field under the names field-0, field-1, ...
 * n8n opens a form a moment after its workflow is published, so a 404 is tried again for twenty seconds.
 * @param url such as http://127.0.0.1:5678/form/authenticate-face, or a form that an execution waits with
 * @returns the execution's ID, and the address of the next page, if any
 * @throws Error if n8n does not accept the form
 */
export async function submitForm(
	url: string,
	fields: FormFields,
): Promise<{ next?: string; executionId?: string }> {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const answer = await post(url, fields);
		if (answer.status === 200) return afterwards(answer);
		if (answer.status !== 404 || Date.now() > deadline) {
			throw new Error(
				`n8n answered the form ${url} with ${answer.status}: ${JSON.stringify(answer.data).slice(0, 300)}`,
			);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** Opens the page that follows a form, and reports that it was shown: only then does n8n end the execution. @returns its text */
export async function showPage(url: string): Promise<string> {
	const page = await axios.get<string>(url, { proxy: false, responseType: 'text' });
	await axios.post(url, {}, { proxy: false, validateStatus: () => true });
	return page.data;
}

function post(url: string, fields: FormFields): Promise<AxiosResponse<{ formWaitingUrl?: string }>> {
	const form = new FormData();
	fields.forEach((field, index) => {
		if (typeof field === 'string') return form.append(`field-${index}`, field);
		for (const { name, type, data } of field)
			form.append(`field-${index}`, new Blob([new Uint8Array(data)], { type }), name);
	});
	return axios.post(url, form, { proxy: false, validateStatus: () => true });
}

function afterwards({ data }: AxiosResponse<{ formWaitingUrl?: string }>): {
	next?: string;
	executionId?: string;
} {
	const next = data?.formWaitingUrl;
	const executionId = next && /form-waiting\/(\d+)/.exec(next)?.[1];
	return { ...(next && { next }), ...(executionId && { executionId }) };
}
