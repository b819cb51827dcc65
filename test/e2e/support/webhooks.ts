import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import type { WorkflowFile, WorkflowNode } from '../../../demo/api';
import type { Photo } from '../../../demo/photos';
import { node } from './workflows';

/** A form for a webhook, such as that of the example kyc-webhook. */
export interface PostedForm {
	photo?: Photo;
	/** The UUID of the person. */
	person?: string;
	/** Its other fields. */
	fields?: Record<string, string>;
}

/** The answer of a webhook. */
export interface WebhookAnswer {
	status: number;
	body: Record<string, unknown>;
}

const options = { proxy: false, validateStatus: () => true } as const;

/** Posts a form. @throws AxiosError when no answer comes */
export async function postForm(
	url: string,
	{ photo, person, fields = {} }: PostedForm,
): Promise<WebhookAnswer> {
	const form = new FormData();
	if (photo) form.append('photo', new Blob([new Uint8Array(photo.data)], { type: photo.type }), photo.name);
	if (person !== undefined) form.append('uuid', person);
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	const { status, data } = await axios.post<Record<string, unknown>>(url, form, options);
	return { status, body: data };
}

/** Returns the webhook of the example kyc-webhook at `origin`, such as http://127.0.0.1:5678. */
export const kycUrl = (origin: string): string => `${origin}/webhook/kyc`;

/** Waits until n8n has opened a webhook, a moment after it was published; twenty seconds at most. Returns its URL. */
export async function webhookOpen(url: string): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const { status, data } = await axios.get<{ message?: string }>(url, options);
		// n8n refuses a GET in other words if the path is known for POST.
		if (status !== 404 || /not registered for GET/.test(data.message ?? '')) break;
		await pause(100);
	}
	return url;
}

/** Returns a webhook for POST. */
export const webhook = (path: string, responseMode = 'responseNode'): WorkflowNode =>
	node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, responseMode, options: {} },
		{ webhookId: randomUUID() },
	);

/** Returns a node that answers the webhook with an object, such as `{ decision: $json.decision }`. */
export const respond = (name: string, object: string, responseCode = 200): WorkflowNode =>
	node(name, 'n8n-nodes-base.respondToWebhook', 1.1, {
		respondWith: 'json',
		responseBody: `={{ ${object} }}`,
		options: { responseCode },
	});

/** Connects each named output of the last node with what `behind` returns for it, if anything. */
export function routed(file: WorkflowFile, behind: (output: string) => WorkflowNode[]): WorkflowFile {
	const answers = ['Fail', 'Review', 'Pass'].map(behind);
	const main = answers.map((nodes) => nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 })));
	return {
		...file,
		nodes: [...file.nodes, ...answers.flat()],
		connections: { ...file.connections, [file.nodes.at(-1)!.name]: { main } },
	};
}
