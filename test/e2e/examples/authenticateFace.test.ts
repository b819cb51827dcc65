import { showPage, submitForm } from '../../../demo/form';
import { formUrl, runMainExample } from '../../../demo/mainExample';
import { isExpected } from '../../../demo/expected';
import { bundledPhoto, demoPhotos, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import type { StoredWorkflow } from '../../../demo/api';
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

	it.each([
		['lets one genuine photo in', registeredWomanAgain, 'Let In', 'Let in: live, and the person registered'],
		[
			'turns one photo without a face away',
			async () => bundledPhoto('cat.png'),
			'Turn Away',
			'FACE_NOT_FOUND',
		],
	])('%s, and tells the sender', async (_, photo, branch, text) => {
		const { next, executionId } = await submitForm(formUrl(testbed.origin, 'authenticate-face'), [
			[await photo()],
			uuid,
		]);
		await testbed.api.finished(executionId!, { also: ['waiting'] });
		const page = await showPage(next!);
		const { status, data } = await testbed.api.finished(executionId!);

		expect(status).toBe('success');
		expect(page).toContain(text);
		const branches = ['Let In', 'Turn Away'];
		expect(branches.filter((name) => itemsOf(data, name).length > 0)).toEqual([branch]);
	});
});
