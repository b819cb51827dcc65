import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import type { N8nApi, WorkflowFile, WorkflowNode } from '../../../demo/api';
import { bundledPhoto } from '../../../demo/photos';
import { faceNode, inARow, node } from '../../e2e/support/workflows';

const SUBMIT = 'submit-photo';
const FETCH = 'fetch-result';
const REFERENCE = 'order-1';
const OUTPUTS = ['Fail', 'Review', 'Pass'];

/** The answer of one of the two webhooks. */
export interface ReceiptAnswer {
	/** The output of Get Task Result that the item left by. */
	output?: string;
	/** The item, or under continue-on-fail its error and message. */
	result: Record<string, unknown>;
	executionId: string;
}

/** Publishes a webhook for Submit Photo and one for Get Task Result. Returns the function that archives both. */
export async function publishReceipts(api: N8nApi, origin: string): Promise<() => Promise<void>> {
	const ids: string[] = [];
	for (const workflow of [submitWorkflow(), fetchWorkflow()])
		ids.push((await api.activate(await api.createWorkflow(workflow))).id);
	for (const path of [SUBMIT, FETCH]) await opened(`${origin}/webhook/${path}`);
	return async () => {
		for (const id of ids) await api.call('post', `/workflows/${id}/archive`);
	};
}

/** Waits until a published webhook for POST is there, a minute at most. */
export async function opened(url: string): Promise<void> {
	for (let tries = 0; tries < 600 && !(await isOpen(url)); tries++) await pause(100);
}

/** Submits a photo of the person with this UUID. `publishReceipts` fetches results with the default Reference. */
export async function submitPhoto(
	origin: string,
	uuid: string,
	reference = REFERENCE,
): Promise<ReceiptAnswer> {
	const { data, type, name } = bundledPhoto('cat.png');
	const form = new FormData();
	form.append('photo', new Blob([new Uint8Array(data)], { type }), name);
	form.append('uuid', uuid);
	form.append('reference', reference);
	return post(`${origin}/webhook/${SUBMIT}`, form);
}

/** Fetches the result that a receipt stands for, for the person with this UUID. */
export const fetchResult = (origin: string, receipt: unknown, uuid: string): Promise<ReceiptAnswer> =>
	post(`${origin}/webhook/${FETCH}`, { receipt, uuid });

async function post(url: string, body: unknown): Promise<ReceiptAnswer> {
	const { data } = await axios.post<ReceiptAnswer>(url, body, { proxy: false });
	return data;
}

/** n8n always refuses a GET, but in other words if the path is known for POST. */
async function isOpen(url: string): Promise<boolean> {
	const { data } = await axios.get<{ message?: string }>(url, { proxy: false, validateStatus: () => true });
	return /not registered for GET/.test(data.message ?? '');
}

const webhook = (path: string): WorkflowNode =>
	node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, responseMode: 'responseNode', options: {} },
		{ webhookId: randomUUID() },
	);

const respond = (name: string, fields: string): WorkflowNode =>
	node(name, 'n8n-nodes-base.respondToWebhook', 1.1, {
		respondWith: 'json',
		responseBody: `={{ { ${fields}result: $json, executionId: $execution.id } }}`,
		options: {},
	});

const CONTINUE = { onError: 'continueRegularOutput' };

const submitWorkflow = (): WorkflowFile =>
	inARow(SUBMIT, [
		webhook(SUBMIT),
		faceNode(
			'Submit Photo',
			'authenticateFace',
			{
				operation: 'submit',
				binaryPropertyName: 'photo',
				uuid: '={{ $json.body.uuid }}',
				options: { reference: '={{ $json.body.reference }}' },
			},
			CONTINUE,
		),
		respond('Respond', ''),
	]);

function fetchWorkflow(): WorkflowFile {
	const parameters = {
		operation: 'getResult',
		receipt: '={{ $json.body.receipt }}',
		uuid: '={{ $json.body.uuid }}',
		options: { routeByDecision: true, reference: REFERENCE },
	};
	const fetching = faceNode('Get Task Result', 'authenticateFace', parameters, CONTINUE);
	const { connections, nodes, ...workflow } = inARow(FETCH, [webhook(FETCH), fetching]);
	return {
		...workflow,
		nodes: [...nodes, ...OUTPUTS.map((output) => respond(output, `output: '${output}', `))],
		connections: {
			...connections,
			[fetching.name]: { main: OUTPUTS.map((output) => [{ node: output, type: 'main', index: 0 }]) },
		},
	};
}
