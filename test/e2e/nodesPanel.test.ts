import { useTestbed } from './support/testbed';
import { useEditor, searchNodes } from './support/editor';

/** In a workflow without AI nodes n8n leaves out of the search whatever its codex calls AI, so this is looked up apart. */
describe('the nodes panel of a plain workflow', () => {
	const testbed = useTestbed();
	const editor = useEditor();

	beforeAll(async () => {
		const { id } = await testbed.example('authenticate-face');
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
		await editor.page.locator('[data-test-id=node-creator-plus-button]').click();
	});

	it.each([
		['authenticate face', 'Authenticate Face'],
		['register face', 'Register Face'],
		['liveness', 'Face Liveness', 'Authenticate Face'],
		['passport', 'Verify Identity', 'Read Document'],
		['AML', 'Background Check', 'Verify Identity'],
		['KYC', 'Authenticate Face', 'Face Liveness', 'Register Face'],
		['Progeny', 'Authenticate Face', 'Face Liveness', 'Register Face'],
		['face recognition', 'Authenticate Face', 'Face Liveness', 'Register Face'],
		['compare faces', 'Authenticate Face'],
		['face id', 'Authenticate Face'],
		['sign in', 'Authenticate Face'],
		['camera', 'Face Liveness'],
		['deepfake', 'Face Liveness'],
		['identity check', 'Verify Identity'],
		['age verification', 'Verify Identity'],
		['driving licence', 'Verify Identity', 'Read Document'],
		['scan passport', 'Read Document'],
		['know your customer', 'Verify Identity', 'Background Check'],
		['anti money laundering', 'Background Check'],
		['adverse media', 'Background Check'],
		['due diligence', 'Background Check'],
		['liveness detection', 'Face Liveness', 'Authenticate Face', 'Register Face'],
		['photo id', 'Verify Identity', 'Read Document'],
		['sanctions list', 'Background Check'],
		['customer onboarding', 'Verify Identity', 'Background Check'],
		['fraud', 'Verify Identity', 'Background Check'],
	])('finds for "%s": %s %s %s', async (query, ...names) => {
		for (const name of names.filter(Boolean)) {
			const found = await searchNodes(editor.page, query, name);
			expect(await found.first().isVisible()).toBe(true);
		}
	});
});
