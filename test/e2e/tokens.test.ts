import { scenarioUuid } from '../../sandbox';
import { Bench, openTestbed } from './support/bench';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

describe('access tokens', () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
		putFiles('tokens', { [`${scenarioUuid('pass')}.png`]: anyPhoto() });
	});

	afterAll(() => bench.close());

	it('serve later executions, and an expired one between two executions costs one login and nothing else', async () => {
		const workflow = await bench.workflow(folderWorkflow('tokens'));
		const run = async () => bench.api.finished(await bench.api.run(workflow, START));
		const logins = () => bench.sandbox.requests.filter(({ route }) => route === 'login').length;

		const first = await run();
		const second = await run();
		expect([first, second].map((execution) => faceItems(execution).map(({ json }) => json.decision))).toEqual(
			[['pass'], ['pass']],
		);
		expect(logins()).toBe(1);

		bench.sandbox.revokeTokens();
		const third = await run();
		expect(faceItems(third)).toMatchObject([{ json: { authenticated: true, decision: 'pass' } }]);
		expect(logins()).toBe(2);
		expect(bench.sandbox.submits()).toBe(3);
	});
});
