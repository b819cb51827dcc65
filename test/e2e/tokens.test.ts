import { scenarioUuid } from '../../sandbox';
import { Testbed, openTestbed } from './support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

describe('access tokens', () => {
	let testbed: Testbed;

	beforeAll(async () => {
		testbed = await openTestbed();
		putFiles('tokens', { [`${scenarioUuid('pass')}.png`]: anyPhoto() });
	});

	afterAll(() => testbed.close());

	it('serve later executions, and an expired one between two executions costs one login and nothing else', async () => {
		const workflow = await testbed.workflow(folderWorkflow('tokens'));
		const run = async () => testbed.api.finished(await testbed.api.run(workflow, START));
		const logins = () => testbed.sandbox.requests.filter(({ route }) => route === 'login').length;

		const first = await run();
		const second = await run();
		expect([first, second].map((execution) => faceItems(execution).map(({ json }) => json.decision))).toEqual(
			[['pass'], ['pass']],
		);
		expect(logins()).toBe(1);

		testbed.sandbox.revokeTokens();
		const third = await run();
		expect(faceItems(third)).toMatchObject([{ json: { authenticated: true, decision: 'pass' } }]);
		expect(logins()).toBe(2);
		expect(testbed.sandbox.submits()).toBe(3);
	});
});
