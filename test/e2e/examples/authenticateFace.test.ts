import { runMainExample } from '../../../demo/mainExample';
import { isExpected } from '../../../demo/expected';
import { bundledPhoto, demoPhotos, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import type { StoredWorkflow } from '../../../demo/api';
import { visitForm } from '../support/applicant';
import { useTestbed } from '../support/testbed';
import { itemsOf } from '../support/workflows';

describe('the example authenticate-face', () => {
	const testbed = useTestbed();
	let uuid: string;
	let workflow: StoredWorkflow;

	beforeAll(async () => {
		uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		workflow = await testbed.example('authenticate-face');
		workflow = await testbed.api.activate(workflow);
	});

	it('finds the credential by its name', () => {
		const face = workflow.nodes.find(({ name }) => name === 'Authenticate Face');
		expect(face!.credentials!.progenyApi).toEqual({
			id: testbed.credential.id,
			name: testbed.credential.name,
		});
	});

	it('passes the registered woman, but not another woman or a cat', async () => {
		const rows = await runMainExample(testbed.api, testbed.origin, workflow, await demoPhotos(), uuid);
		expect(isExpected(rows)).toBe(true);
	});

	const cat = async () => bundledPhoto('cat.png');

	it('shows the outcome of each photo, also of one that could not be checked', async () => {
		const broken = { ...(await cat()), data: Buffer.from('not a photo') };
		const { pages } = await visitForm(testbed, 'authenticate-face', [
			[await registeredWomanAgain(), await cat(), broken],
			uuid,
		]);
		for (const text of ['Let in:', 'Turned away: FACE_NOT_FOUND', 'Not checked: '])
			expect(pages).toEqual([expect.stringContaining(text)]);
	});

	it.each([
		['lets one genuine photo in', registeredWomanAgain, 'Let In', 'Let in: live, and the person registered'],
		['turns one photo without a face away', cat, 'Turn Away', 'Turned away: FACE_NOT_FOUND'],
		[
			'checks nothing under an invalid UUID',
			cat,
			'Turn Away',
			'Not checked: UUID is not a valid UUID',
			'4711',
		],
	])('%s, and tells the sender', async (_, photo, branch, text, typed = uuid) => {
		const { pages, execution } = await visitForm(testbed, 'authenticate-face', [[await photo()], typed]);
		expect(execution.status).toBe('success');
		expect(pages).toEqual([expect.stringContaining(text)]);
		const branches = ['Let In', 'Turn Away'];
		expect(branches.filter((name) => itemsOf(execution.data, name).length > 0)).toEqual([branch]);
	});
});
