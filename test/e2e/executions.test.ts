import { scenarioUuid } from '../../sandbox';
import { useTestbed } from './support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

const testbed = useTestbed();
beforeEach(() => testbed.sandbox.set({ taskTime: 300 }));

/** Makes a workflow that authenticates a photo under each of these scenarios. */
function workflowOf(scenarios: string[], parameters = {}, settings = {}) {
	const folder = scenarios.join('-');
	const uuidOf = (name: string) => (name === 'no-uuid' ? name : scenarioUuid(name));
	putFiles(folder, Object.fromEntries(scenarios.map((name) => [`${uuidOf(name)}.png`, anyPhoto()])));
	return testbed.workflow(folderWorkflow(folder, parameters, settings));
}

/** Runs it to its end. Returns the execution, and how often photos were sent and logins made meanwhile. */
async function run(workflow: Awaited<ReturnType<typeof workflowOf>>) {
	const { api, sandbox } = testbed;
	const logins = () => sandbox.requests.filter(({ route }) => route === 'login').length;
	const [submitsBefore, loginsBefore] = [sandbox.submits(), logins()];
	const execution = await api.finished(await api.run(workflow, START));
	const counts = { submits: sandbox.submits() - submitsBefore, logins: logins() - loginsBefore };
	return { execution, decisions: faceItems(execution).map(({ json }) => json.decision), ...counts };
}

it('share a token; one that expired between two of them costs one login and nothing else', async () => {
	const workflow = await workflowOf(['pass']);
	const once = { decisions: ['pass'], submits: 1 };
	expect(await run(workflow)).toMatchObject({ ...once, logins: 1 });
	expect(await run(workflow)).toMatchObject({ ...once, logins: 0 });
	testbed.sandbox.revokeTokens();
	expect(await run(workflow)).toMatchObject({ ...once, logins: 1 });
});

describe('with Retry On Fail', () => {
	const BOTH = ['pass', 'another-person'];
	const late = { options: { timeout: 1 } };

	it('go on waiting for the tasks of the first try and pay for no second one', async () => {
		testbed.sandbox.set({ taskTime: 2500 });
		const retry = { retryOnFail: true, maxTries: 4, waitBetweenTries: 500 };
		const { execution, ...ran } = await run(await workflowOf(BOTH, late, retry));
		expect(execution.status).toBe('success');
		expect(ran).toMatchObject({ decisions: ['pass', 'fail'], submits: 2 });
	});
});

describe('with an item that cannot be checked, among others', () => {
	const failed = (code: string) => ({
		json: { error: expect.any(String), message: expect.stringContaining(`[${code}]`) },
	});
	const [passed, refused, invalid] = [
		{ json: { decision: 'pass' } },
		failed('SUBMIT_REJECTED'),
		failed('INVALID_UUID'),
	];
	it.each<[string, string, object, unknown[][]]>([
		['send it to the error output', 'continueErrorOutput', {}, [[passed], [refused, invalid]]],
		[
			'send it to Fail, never to Pass, with Route by Decision and Continue',
			'continueRegularOutput',
			{ routeByDecision: true },
			[[refused, invalid], [], [passed]],
		],
	])('%s', async (_, onError, options, outputs) => {
		const { execution } = await run(
			await workflowOf(['pass', 'refused-400', 'no-uuid'], { options }, { onError }),
		);
		expect(execution.status).toBe('success');
		const all = outputs.map((_items, output) => faceItems(execution, output));
		expect(all).toMatchObject(outputs);
		const failures = all.flat().filter(({ json }) => 'error' in json);
		for (const { json } of failures) expect(Object.keys(json).sort()).toEqual(['error', 'message']);
	});
});
