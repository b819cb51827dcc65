import getPort from 'get-port';
import { runMainExample } from '../../demo/mainExample';
import { bundledPhoto, demoPhotos, REGISTERED_PHOTO } from '../../demo/photos';
import { scenarioPhoto, scenarioUuid } from '../../sandbox';
import { useOpened } from '../support/opened';
import { openTestbed } from './support/testbed';
import { FOUND, picture, searchNodes, useEditor } from './support/editor';
import { faceNode, inARow, itemsOf, node, putFiles, START } from './support/workflows';

const ROUTE_SWITCH = '[data-test-id="parameter-input-routeByDecision"] .el-switch__core';
const canvasNode = (name: string) => `[data-test-id=canvas-node][data-node-name="${name}"]`;

/** The face nodes, with their first action and their named outputs. */
const NODES = [
	['Face Liveness', 'Check face liveness', ['Fail', 'Review', 'Pass']],
	['Register Face', 'Register face', ['Not Registered', 'Review', 'Registered']],
	['Authenticate Face', 'Authenticate face', ['Fail', 'Review', 'Pass']],
] as const;

/** The tests assert the page's words; the pictures for the documentation are a by-product. */
describe("n8n's editor", () => {
	const testbed = useOpened(async () =>
		// The sandbox's usual port, which the picture of the credential then shows.
		openTestbed({ port: await getPort({ port: 8088, host: '127.0.0.1' }) }),
	);
	const editor = useEditor();

	/** Opens an execution as n8n's list of executions does, and fits it into the view. */
	async function openExecution(workflowId: string, id: string, viewport: { width: number; height: number }) {
		await editor.page.setViewportSize(viewport);
		await editor.open(`/workflow/${workflowId}/executions/${id}`, '[data-test-id=canvas-node]');
		await editor.tidy();
	}

	it('finds the nodes from a workflow without an agent, puts one behind the other, and names their outputs', async () => {
		const { page } = editor;
		const trigger = node(START, 'n8n-nodes-base.manualTrigger', 1, {});
		const { id } = await testbed.workflow(inARow('dragged', [trigger]));
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');

		let last = START;
		for (const [name, action] of NODES) {
			await page
				.locator(`${canvasNode(last)} [data-test-id=canvas-handle-plus]`)
				.first()
				.click();
			const found = await searchNodes(page, name, name);
			await found.click();
			await found.waitFor({ state: 'detached' });
			const actions = [action, 'Get task result', 'Submit photo without waiting'];
			expect((await page.locator(FOUND).allInnerTexts()).sort()).toEqual(actions.sort());
			await page.locator(FOUND).getByText(action, { exact: true }).click();
			const panel = page.locator('[data-test-id=ndv]');
			const add = '[data-test-id=collection-parameter-add], [data-test-id=collection-parameter-add-dropdown]';
			await panel.locator(add).first().click();
			await page.getByText('Route by Decision', { exact: true }).last().click();
			await panel.locator(ROUTE_SWITCH).click();
			await panel.locator('[data-test-id=ndv-close-button]').click();
			last = name;
		}
		await editor.tidy();

		for (const [name, , outputs] of NODES) {
			const labels = page.locator(`${canvasNode(name)} [data-test-id=canvas-node-output-handle]`);
			expect({ name, outputs: await labels.allInnerTexts() }).toEqual({ name, outputs });
		}
		expect(await page.locator('[data-test-id=edge]').count()).toBe(NODES.length);
	});

	it('keeps only the wire that leads to Turn Down when Route by Decision is switched off', async () => {
		const { page } = editor;
		const { id } = await testbed.example('route-by-decision');
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
		await page.dblclick(canvasNode('Authenticate Face'));
		await page.locator(ROUTE_SWITCH).click();
		await page.locator('[data-test-id=ndv-close-button]').click();
		const wires = async () => {
			const { connections } = await testbed.api.workflow(id);
			return (connections['Authenticate Face'] as { main: ({ node: string }[] | null)[] }).main.flat();
		};
		// n8n saves a moment later.
		while ((await wires()).length > 1) await page.waitForTimeout(500);
		expect(await wires()).toEqual([expect.objectContaining({ node: 'Keep for Disputes' })]);
	});

	it('shows how many items took each branch of three nodes, which keep each photo with its person', async () => {
		const { api, sandbox } = testbed;
		sandbox.set({ taskTime: { uniform: { min: 50, max: 900 } } });
		putFiles('chain', {
			'a-hopper.jpg': bundledPhoto('grace-hopper.jpg').data,
			'b-cat.png': bundledPhoto('cat.png').data,
			'c-collins.png': bundledPhoto('eileen-collins.png').data,
			'd-spoof.png': await scenarioPhoto('spoof'),
			'e-contradiction.png': await scenarioPhoto('contradictory-issues'),
			'f-pass.png': await scenarioPhoto('pass'),
		});
		const photo = { binaryPropertyName: "={{ $('Photos').item.binary.data }}" };
		const options = { routeByDecision: true };
		const chain = inARow('chain', [
			node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Photos', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: '.n8n-files/chain/*' }),
			faceNode('Face Liveness', 'faceLiveness', { options }),
			faceNode('Register Face', 'registerFace', { ...photo, options }),
			faceNode('Authenticate Face', 'authenticateFace', { ...photo, uuid: '={{ $json.uuid }}', options }),
		]);
		const workflow = await testbed.workflow(chain);
		const submits = sandbox.submits();
		const id = await api.run(workflow, START);
		const { status, data } = await api.finished(id);
		expect([status, sandbox.submits() - submits]).toEqual(['success', 6 + 3 + 3]);

		const counts = NODES.map(([name]) => [0, 1, 2].map((output) => itemsOf(data, name, output).length));
		expect(counts).toEqual([
			[2, 1, 3],
			[0, 0, 3],
			[0, 0, 3],
		]);
		const names = itemsOf(data, 'Photos').map(({ json }) => String(json.fileName));
		const passed = names.filter((name) => /hopper|collins|pass/.test(name));
		const registered = itemsOf(data, 'Register Face', 2).map(({ json }) => json.uuid);
		expect(new Set(registered).size).toBe(3);
		expect(passed[registered.indexOf(scenarioUuid('pass'))]).toBe('f-pass.png');
		// Each face against its own registration: a mix-up would be another person.
		const authentication = expect.objectContaining({ result: true, scorePercent: 100 });
		expect(itemsOf(data, 'Authenticate Face', 2).map(({ json }) => json)).toEqual(
			registered.map((uuid) => expect.objectContaining({ uuid, authentication })),
		);

		await openExecution(workflow.id, id, { width: 1760, height: 760 });
		const texts = await editor.page.locator('[data-test-id=edge-label]').allInnerTexts();
		const onWires = texts.map((text) => text.replace(/\s+/g, ' ').trim());
		expect(onWires).toEqual(['1 item', '6 items', '3 items', '3 items']);
		const ends = [START, 'Authenticate Face'].map((name) => editor.page.locator(canvasNode(name)));
		await picture(editor.page, 'three-nodes', ends, 60);
	});

	it("shows the node's parameters and its answer", async () => {
		const { page } = editor;
		const { api, origin, sandbox } = testbed;
		const uuid = await sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		const workflow = await testbed.example('authenticate-face');
		await runMainExample(api, origin, workflow, await demoPhotos(), uuid);
		const { id } = (await api.executionsOf(workflow.id))[0]!;
		await openExecution(workflow.id, id, { width: 1760, height: 700 });
		await page.dblclick(canvasNode('Authenticate Face'));
		const panel = page.locator('[data-test-id=ndv]');
		const part = (id: string) => panel.locator(`[data-test-id=${id}]`);
		await part('output-panel').getByText('NOT_MATCHED').waitFor();
		await part('parameter-expression-preview-uuid').waitFor();

		const answer = await part('output-panel').innerText();
		expect(
			['3 items', 'pass', 'NOT_MATCHED', 'FACE_NOT_FOUND'].filter((text) => !answer.includes(text)),
		).toEqual([]);
		await picture(page, 'node-panel', [part('tab-params'), part('node-parameters'), part('output-panel')], 0);
	});

	it('shows the credential with its fields, tested', async () => {
		const { page } = editor;
		await page.setViewportSize({ width: 1280, height: 860 });
		await editor.open(`/home/credentials/${testbed.credential.id}`, '[data-test-id=editCredential-modal]');
		const dialog = page.getByRole('dialog');
		await dialog.getByText('Connection tested successfully').waitFor();
		const text = await dialog.innerText();
		for (const label of ['Base URL', 'Username', 'Password']) expect(text).toContain(label);
		expect(text).not.toMatch(/Access Token/i);
		expect(await dialog.locator('input[type=password]').count()).toBe(1);
		const part = (id: string) => dialog.locator(`[data-test-id=${id}]`);
		const parts = [
			part('credential-name'),
			part('credential-delete-button'),
			part('node-credentials-config-container'),
			part('menu-item').first(),
		];
		// The button's text fades in.
		await page.waitForTimeout(1000);
		await picture(page, 'credential', parts, 20);
	});
});
