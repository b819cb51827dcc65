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
		['Authenticate Face', 'authenticate face, liveness, KYC, Progeny, compare faces, face id, sign in'],
		['Face Liveness', 'liveness, liveness detection, KYC, Progeny, face recognition, camera, deepfake'],
		['Register Face', 'register face, liveness detection, KYC, Progeny, face recognition'],
		['Verify Identity', 'passport, AML, identity check, age verification, driving licence, photo id, fraud'],
		['Verify Identity', 'know your customer, customer onboarding'],
		['Read Document', 'passport, driving licence, scan passport, photo id'],
		['Background Check', 'AML, sanctions list, anti money laundering, adverse media, due diligence, fraud'],
		['Background Check', 'know your customer, customer onboarding'],
	])('finds %s by each of: %s', async (name, queries) => {
		for (const query of queries.split(', ')) {
			const found = await searchNodes(editor.page, query, name);
			expect(await found.first().isVisible()).toBe(true);
		}
	});
});
