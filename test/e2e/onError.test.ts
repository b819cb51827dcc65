import { scenarioUuid } from '../../sandbox';
import { Testbed, openTestbed } from './support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

describe('an item that cannot be checked, among others', () => {
	let testbed: Testbed;

	beforeAll(async () => {
		testbed = await openTestbed();
		putFiles('on-error', {
			[`${scenarioUuid('pass')}.png`]: anyPhoto(),
			[`${scenarioUuid('refused-400')}.png`]: anyPhoto(),
			'no-uuid.png': anyPhoto(),
		});
	});

	afterAll(() => testbed.close());

	async function run(onError: string, parameters = {}) {
		const workflow = await testbed.workflow(folderWorkflow('on-error', parameters, { onError }));
		return testbed.api.finished(await testbed.api.run(workflow, START));
	}

	const refused = {
		json: { error: expect.any(String), message: expect.stringContaining('[SUBMIT_REJECTED]') },
	};
	const invalid = { json: { error: expect.any(String), message: expect.stringContaining('[INVALID_UUID]') } };

	it('leaves by the error output, the rest by the first', async () => {
		const execution = await run('continueErrorOutput');
		expect(faceItems(execution, 0)).toMatchObject([{ json: { decision: 'pass' } }]);
		expect(faceItems(execution, 1)).toMatchObject([refused, invalid]);
	});

	it('keeps its place with Continue', async () => {
		const execution = await run('continueRegularOutput');
		expect(faceItems(execution)).toMatchObject([{ json: { decision: 'pass' } }, refused, invalid]);
		expect(Object.keys(faceItems(execution)[2]!.json).sort()).toEqual(['error', 'message']);
	});

	it('goes to Fail, never to Pass, with Route by Decision and Continue', async () => {
		const execution = await run('continueRegularOutput', { options: { routeByDecision: true } });
		expect(faceItems(execution, 0)).toMatchObject([refused, invalid]);
		expect(faceItems(execution, 1)).toEqual([]);
		expect(faceItems(execution, 2)).toMatchObject([{ json: { decision: 'pass' } }]);
	});

	it('stops the workflow without either', async () => {
		const execution = await run('stopWorkflow');
		expect(execution.status).toBe('error');
		expect(faceItems(execution)).toEqual([]);
	});
});
