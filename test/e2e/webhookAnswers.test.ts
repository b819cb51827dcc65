import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { WorkflowFile, WorkflowNode } from '../../demo/api';
import { bundledPhoto } from '../../demo/photos';
import { scenarioUuid } from '../../sandbox';
import { useTestbed } from './support/testbed';
import { faceNode, node } from './support/workflows';

const OUTPUTS = ['Fail', 'Review', 'Pass'];
const SCENARIOS = ['spoof', 'low-match', 'pass'];

const webhook = (path: string, responseMode: string): WorkflowNode =>
	node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, responseMode, options: {} },
		{ webhookId: randomUUID() },
	);

const check = faceNode('Check', 'authenticateFace', {
	binaryPropertyName: 'photo',
	uuid: '={{ $json.body.uuid }}',
	options: { routeByDecision: true, minMatchPercent: 80 },
});

/** A webhook, the check, and a node behind each output, or none. */
function workflow(
	path: string,
	responseMode: string,
	behind: (output: string) => WorkflowNode[],
): WorkflowFile {
	const answers = OUTPUTS.map(behind);
	const to = (nodes: WorkflowNode[]) => nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	return {
		name: path,
		nodes: [webhook(path, responseMode), check, ...answers.flat()],
		connections: { Webhook: { main: [to([check])] }, Check: { main: answers.map(to) } },
		settings: { executionOrder: 'v1' },
	};
}

/** The ways to answer, each with what n8n really sends: docs/reference.md and README, Branch safely. */
describe('a webhook with Route by Decision', () => {
	const testbed = useTestbed();

	async function answersOf(file: WorkflowFile) {
		await testbed.api.activate(await testbed.workflow(file));
		const { data, type, name } = bundledPhoto('cat.png');
		const post = async (scenario: string) => {
			const form = new FormData();
			form.append('photo', new Blob([new Uint8Array(data)], { type }), name);
			form.append('uuid', scenarioUuid(scenario));
			const url = `${testbed.origin}/webhook/${file.name}`;
			return axios.post<unknown>(url, form, { proxy: false, validateStatus: () => true });
		};
		while ((await post('spoof')).status === 404) await new Promise((resolve) => setTimeout(resolve, 100));
		const answers = await Promise.all(SCENARIOS.map(post));
		return answers.map(({ status, data: body }) => [status, body] as const);
	}

	it('that answers from the check as the last node tells a pass 500 and a fail 200: not to be used', async () => {
		const [fail, review, pass] = await answersOf(workflow('last-node', 'lastNode', () => []));
		expect(fail).toMatchObject([200, { authenticated: false, decision: 'fail' }]);
		const nothing = [500, { message: expect.stringContaining('No item to return was found') }];
		expect([review, pass]).toMatchObject([nothing, nothing]);
	});

	it('that answers when the last node finishes tells each decision, if each output ends in a node of its own', async () => {
		const ends = (output: string) => [node(output, 'n8n-nodes-base.noOp', 1, {})];
		const answers = await answersOf(workflow('last-nodes', 'lastNode', ends));
		const told = ['fail', 'review', 'pass'].map((decision) => [200, { decision }]);
		expect(answers).toMatchObject(told);
	});

	it('that answers by Respond to Webhook tells each decision with a status of its own', async () => {
		const codes: Record<string, number> = { Fail: 403, Review: 202, Pass: 200 };
		const responds = (output: string) => [
			node(output, 'n8n-nodes-base.respondToWebhook', 1.1, {
				respondWith: 'json',
				responseBody: '={{ { decision: $json.decision } }}',
				options: { responseCode: codes[output] },
			}),
		];
		expect(await answersOf(workflow('respond', 'responseNode', responds))).toEqual([
			[403, { decision: 'fail' }],
			[202, { decision: 'review' }],
			[200, { decision: 'pass' }],
		]);
	});
});
