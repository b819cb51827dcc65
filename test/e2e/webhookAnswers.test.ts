import type { WorkflowNode } from '../../demo/api';
import { scenarioUuid } from '../../sandbox';
import { useTestbed } from './support/testbed';
import { postForm, respond, routed, webhook, webhookOpen } from './support/webhooks';
import { anyPhoto, faceNode, inARow, node } from './support/workflows';

const photo = { name: 'cat.png', type: 'image/png' as const, data: anyPhoto() };
const CHECK = {
	binaryPropertyName: 'photo',
	uuid: '={{ $json.body.uuid }}',
	options: { routeByDecision: true, minMatchPercent: 80 },
};

/** The ways to answer, each with what n8n really sends: docs/reference.md and README, Branch safely. */
describe('a webhook with Route by Decision', () => {
	const testbed = useTestbed();

	/** Returns the answers to a fail, a review and a pass. */
	async function answersOf(path: string, mode: string, behind: (output: string) => WorkflowNode[]) {
		const nodes = [webhook(path, mode), faceNode('Check', 'authenticateFace', CHECK)];
		const file = routed(inARow(path, nodes), behind);
		await testbed.api.activate(await testbed.workflow(file));
		const url = await webhookOpen(`${testbed.origin}/webhook/${path}`);
		const people = ['spoof', 'low-match', 'pass'].map(scenarioUuid);
		const answers = await Promise.all(people.map((person) => postForm(url, { photo, person })));
		return answers.map(({ status, body }) => [status, body]);
	}

	it('that answers from the check as the last node tells a pass 500 and a fail 200: not to be used', async () => {
		const [fail, ...others] = await answersOf('last-node', 'lastNode', () => []);
		expect(fail).toMatchObject([200, { authenticated: false, decision: 'fail' }]);
		const nothing = [500, { message: expect.stringContaining('No item to return was found') }];
		expect(others).toMatchObject([nothing, nothing]);
	});

	it('that answers when the last node finishes tells each decision, if each output ends in a node of its own', async () => {
		const ends = (output: string) => [node(output, 'n8n-nodes-base.noOp', 1, {})];
		const answers = await answersOf('last-nodes', 'lastNode', ends);
		expect(answers).toMatchObject(['fail', 'review', 'pass'].map((decision) => [200, { decision }]));
	});

	it('that answers by Respond to Webhook tells each decision with a status of its own', async () => {
		const codes: Record<string, number> = { Fail: 403, Review: 202, Pass: 200 };
		const responds = (output: string) => [respond(output, '{ decision: $json.decision }', codes[output])];
		expect(await answersOf('respond', 'responseNode', responds)).toEqual([
			[403, { decision: 'fail' }],
			[202, { decision: 'review' }],
			[200, { decision: 'pass' }],
		]);
	});
});
