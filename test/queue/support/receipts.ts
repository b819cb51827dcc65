import axios from 'axios';
import { bundledPhoto } from '../../../demo/photos';
import { postForm, respond, routed, webhook, webhookOpen } from '../../e2e/support/webhooks';
import { faceNode, inARow } from '../../e2e/support/workflows';
import type { Testbed } from './testbed';

const SUBMIT = 'submit-photo';
const FETCH = 'fetch-result';
const REFERENCE = 'order-1';

/** The answer of one of the two webhooks. */
export interface ReceiptAnswer {
	/** The output of Get Task Result that the item left by. */
	output?: string;
	/** The item, or under continue-on-fail its error and message. */
	result: Record<string, unknown>;
	executionId: string;
}

/** Publishes a webhook for Submit Photo and one for Get Task Result. */
export async function publishReceipts({ api, workflow, cluster }: Testbed): Promise<void> {
	for (const file of [submitWorkflow(), fetchWorkflow()]) await api.activate(await workflow(file));
	for (const path of [SUBMIT, FETCH]) await webhookOpen(`${cluster.webhook.origin}/webhook/${path}`);
}

/** Submits a photo of the person with this UUID. `publishReceipts` fetches results with the default Reference. */
export async function submitPhoto(origin: string, person: string, reference = REFERENCE) {
	const form = { photo: bundledPhoto('cat.png'), person, fields: { reference } };
	const { body } = await postForm(`${origin}/webhook/${SUBMIT}`, form);
	return body as unknown as ReceiptAnswer;
}

/** Fetches the result that a receipt stands for, for the person with this UUID. */
export async function fetchResult(origin: string, receipt: unknown, uuid: string): Promise<ReceiptAnswer> {
	const url = `${origin}/webhook/${FETCH}`;
	return (await axios.post<ReceiptAnswer>(url, { receipt, uuid }, { proxy: false })).data;
}

const authenticateFace = (parameters: Record<string, unknown>) =>
	faceNode(
		'Authenticate Face',
		'authenticateFace',
		{ uuid: '={{ $json.body.uuid }}', ...parameters },
		{ onError: 'continueRegularOutput' },
	);

function submitWorkflow() {
	const options = { reference: '={{ $json.body.reference }}' };
	const submit = authenticateFace({ operation: 'submit', binaryPropertyName: 'photo', options });
	const answer = respond('Respond', '{ result: $json, executionId: $execution.id }');
	return inARow(SUBMIT, [webhook(SUBMIT), submit, answer]);
}

function fetchWorkflow() {
	const options = { routeByDecision: true, reference: REFERENCE };
	const receipt = '={{ $json.body.receipt }}';
	const fetch = authenticateFace({ operation: 'getResult', receipt, options });
	return routed(inARow(FETCH, [webhook(FETCH), fetch]), (output) => [
		respond(output, `{ output: '${output}', result: $json, executionId: $execution.id }`),
	]);
}
