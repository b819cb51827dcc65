import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { CREDENTIAL_TYPE, putProgenyCredential } from '../../demo/credential';
import { bundledPhoto, REGISTERED_PHOTO } from '../../demo/photos';
import { useTestbed } from './support/testbed';
import { useEditor, searchNodes } from './support/editor';
import { inARow, node, putFiles, START } from './support/workflows';

/** The steps of a new user in the editor, in this order. */
describe('the first minute', () => {
	const FOLDER = 'first-minute';
	const testbed = useTestbed();
	const editor = useEditor({ width: 1500, height: 900 });
	let uuid: string;

	const part = (id: string): Locator => editor.page.locator(`[data-test-id=ndv] [data-test-id=${id}]`);
	const parameter = (name: string) => part(`parameter-input-${name}`).locator('input, textarea').first();
	const usePhoto = (name: string) => putFiles(FOLDER, { 'photo.png': bundledPhoto(name).data });

	/** Presses "Execute step" and returns the text of the output panel, once it has one of the words. */
	async function execute(...words: string[]): Promise<string> {
		await part('node-execute-button').click();
		const output = part('output-panel');
		for (const word of words) await output.getByText(word).first().waitFor();
		return output.innerText();
	}

	/** Opens the workflow anew, so that no node has run yet, and the node in it. */
	async function reopen(): Promise<void> {
		const { page } = editor;
		await page.keyboard.press('Escape');
		await page.locator('[data-test-id=ndv]').waitFor({ state: 'hidden' });
		// n8n saves what was typed a moment later.
		await page.waitForTimeout(2000);
		await page.reload();
		await page.dblclick('[data-node-name="Authenticate Face"]');
		await part('node-parameters').waitFor();
	}

	beforeAll(async () => {
		uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		for (const { id } of await testbed.api.credentials(CREDENTIAL_TYPE))
			await testbed.api.call('delete', `/credentials/${id}`);
		usePhoto(REGISTERED_PHOTO);
		const file = { fileSelector: join('.n8n-files', FOLDER, '*') };
		const { id } = await testbed.workflow(
			inARow(FOLDER, [
				node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
				node('Photo', 'n8n-nodes-base.readWriteFile', 1, file),
			]),
		);
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
	});

	it('adds the node from the panel, and asks for what it needs', async () => {
		const { page } = editor;
		await page.locator('[data-test-id=canvas-handle-plus]').last().click();
		const found = await searchNodes(page, 'authenticate face', 'Authenticate Face');
		await found.first().click();
		await page.getByText('Authenticate face', { exact: true }).first().click();
		await part('node-parameters').waitFor();
		const asked = await part('node-parameters').innerText();
		for (const label of ['Connect to Progeny', 'Input Binary Field', 'UUID']) expect(asked).toContain(label);

		await part('node-execute-button').click();
		const missing = page.getByText('Parameter "UUID" is required.');
		await missing.waitFor();
		expect(testbed.sandbox.requests).toHaveLength(0);
	});

	it('without a credential, says that one is missing, and starts nothing', async () => {
		await parameter('uuid').click();
		await editor.page.keyboard.type(uuid);
		// n8n accepts what was typed a moment later.
		await editor.page.waitForTimeout(1000);
		const said = await execute('The node has no Progeny credential');
		expect(said).toContain('Choose one under Credential in the node, or create it there');
		expect(testbed.sandbox.requests).toHaveLength(0);
	});

	it('with an invalid UUID, quotes it and says what to enter', async () => {
		await putProgenyCredential(testbed.api, { ...testbed.sandbox, password: 'wrong' });
		await reopen();
		await parameter('uuid').fill('person-7');
		const said = await execute('UUID is not a valid UUID: person-7');
		expect(said).toContain('Use the UUID that Progeny returned when the face was registered');
		expect(testbed.sandbox.requests).toHaveLength(0);
	});

	it('with a wrong password, quotes Progeny and says how to correct it', async () => {
		await parameter('uuid').fill(uuid);
		const said = await execute('No active account found with the given credentials');
		expect(said).toContain('[LOGIN_REJECTED] Check the username and password in the Progeny credential.');
		await putProgenyCredential(testbed.api, testbed.sandbox);
	});

	it('shows a match', async () => {
		const said = await execute('scorePercent', 'pass');
		expect(said).not.toMatch(/NOT_MATCHED|error/i);
	});

	it('shows a cat as a result with its reasons, not as an error', async () => {
		usePhoto('cat.png');
		await reopen();
		const said = await execute('FACE_NOT_FOUND');
		expect(said).toContain('fail');
		expect(said).toContain('Failed to detect face');
	});

	it('previews its output for the next node, before it ever ran', async () => {
		const { page } = editor;
		const { id } = await testbed.example('authenticate-face');
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
		const { nodes } = await testbed.api.workflow(id);
		const next = nodes.find(({ type }) => type === 'n8n-nodes-base.if')!.name;
		await page.dblclick(`[data-node-name="${next}"]`);
		const input = part('ndv-input-panel');
		for (const field of ['authenticated', 'decision', 'reasons', 'liveness', 'taskId'])
			await input.getByText(field, { exact: true }).first().waitFor();
		expect(await input.innerText()).not.toContain('NOT_MATCHED');
	});

	it('as a tool of an agent, says which node supplies the photo and who must not choose the person', async () => {
		const { id } = await testbed.example('ai-agent-tool');
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
		await editor.page.dblclick('[data-node-name="Authenticate Face"]');
		await part('node-parameters').getByText('Input Binary Field').first().waitFor();
		const asked = await part('node-parameters').innerText();
		expect(asked).toContain(
			'A model cannot send a file. Set each binary field to an expression that returns the file of another node',
		);
		expect(asked).toContain('Do not let the model define UUID');
		expect(asked).not.toContain('Route by Decision');
	});
});
