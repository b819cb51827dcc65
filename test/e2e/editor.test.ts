import getPort from 'get-port';
import { runMainExample } from '../../demo/mainExample';
import { bundledPhoto, demoPhotos, REGISTERED_PHOTO } from '../../demo/photos';
import type { StoredWorkflow } from '../../demo/api';
import { openTestbed, Testbed, useTestbed } from './support/testbed';
import { CHAIN, chainWorkflow } from './support/chain';
import { FOUND, picture, searchNodes, switchOn, useEditor } from './support/editor';
import { putFiles, START } from './support/workflows';

const canvasNode = (name: string) => `[data-test-id=canvas-node][data-node-name="${name}"]`;

const COMMON_ACTIONS = ['Get task result', 'Submit photo without waiting'];
const COMMON_LABELS = ['Credential', 'Operation', 'Input Binary Field', 'Options'];

/** The nodes of the package, and what a user sees of them. */
const NODES = [
	{
		name: 'Face Liveness',
		actions: ['Check face liveness', ...COMMON_ACTIONS],
		outputs: ['Fail', 'Review', 'Pass'],
		labels: [...COMMON_LABELS, 'Route by Decision'],
		shown: ['live', 'decision', 'reasons', 'taskId'],
	},
	{
		name: 'Register Face',
		actions: ['Register face', ...COMMON_ACTIONS],
		outputs: ['Not Registered', 'Review', 'Registered'],
		labels: [...COMMON_LABELS, 'Route by Decision'],
		shown: ['registered', 'decision', 'reasons', 'uuid'],
	},
	{
		name: 'Authenticate Face',
		actions: ['Authenticate face', ...COMMON_ACTIONS],
		outputs: ['Fail', 'Review', 'Pass'],
		labels: [...COMMON_LABELS, 'UUID', 'Route by Decision'],
		shown: ['authenticated', 'decision', 'scorePercent'],
	},
];

/** The tests assert the page's words; the pictures for the documentation are a by-product. */
describe("n8n's editor", () => {
	let testbed: Testbed;
	const editor = useEditor();
	let workflow: StoredWorkflow;
	let executionId: string;

	beforeAll(async () => {
		// The sandbox's usual port, which the picture of the credential then shows.
		testbed = await openTestbed({ port: await getPort({ port: 8088, host: '127.0.0.1' }) });
		const uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		workflow = await testbed.example('authenticate-face');
		await runMainExample(testbed.api, testbed.origin, workflow, await demoPhotos(), uuid);
		executionId = (await testbed.api.executionsOf(workflow.id))[0]!.id;
	});

	afterAll(() => testbed.close());

	it('shows the finished example with its branches', async () => {
		const { page } = editor;
		await page.setViewportSize({ width: 2200, height: 900 });
		await editor.open(`/workflow/${workflow.id}/executions/${executionId}`, '[data-test-id=canvas-node]');
		await editor.tidy();

		const node = (name: string) => page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
		for (const { name, type } of workflow.nodes.filter((one) => !one.type.endsWith('stickyNote'))) {
			expect({ name, type, shown: await node(name).isVisible() }).toEqual({ name, type, shown: true });
		}
		const labels = (await page.locator('[data-test-id=edge-label]').allInnerTexts()).map((text) =>
			text.replace(/\s+/g, ' ').trim(),
		);
		expect(labels).toEqual(expect.arrayContaining(['1 item', '2 items', '3 items']));
		await picture(page, 'finished-example', [
			page.locator('[data-test-id=sticky]').nth(1),
			page.locator('[data-test-id=sticky]').nth(3),
		]);
	});

	it("shows the node's parameters and its answer", async () => {
		const { page } = editor;
		await page.setViewportSize({ width: 1760, height: 700 });
		await editor.open(`/workflow/${workflow.id}/executions/${executionId}`, '[data-test-id=canvas-node]');
		await editor.tidy();
		await page.dblclick('[data-node-name="Authenticate Face"]');
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

describe('the three nodes on the canvas', () => {
	const testbed = useTestbed();
	const editor = useEditor();

	it('are found from a workflow without an agent, put one behind the other, and name their outputs', async () => {
		const { page } = editor;
		const trigger = chainWorkflow('dragged').nodes.slice(0, 1);
		const { id } = await testbed.workflow({ name: 'e2e dragged', nodes: trigger, connections: {} });
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');

		let last = START;
		for (const { name, actions } of NODES) {
			await page
				.locator(`${canvasNode(last)} [data-test-id=canvas-handle-plus]`)
				.first()
				.click();
			const found = await searchNodes(page, name, name);
			await found.click();
			await found.waitFor({ state: 'detached' });
			expect((await page.locator(FOUND).allInnerTexts()).sort()).toEqual([...actions].sort());
			await page.locator(FOUND).getByText(actions[0]!, { exact: true }).click();
			await switchOn(page, 'Route by Decision', 'routeByDecision');
			await page.locator('[data-test-id=ndv-close-button]').click();
			last = name;
		}
		await editor.tidy();

		for (const { name, outputs } of NODES) {
			const labels = page.locator(`${canvasNode(name)} [data-test-id=canvas-node-output-handle]`);
			expect({ name, outputs: await labels.allInnerTexts() }).toEqual({ name, outputs });
		}
		expect(await page.locator('[data-test-id=edge]').count()).toBe(NODES.length);
	});

	it('switched back to one output, keep only the wire that leads to Turn Down', async () => {
		const { page } = editor;
		const { id } = await testbed.example('route-by-decision');
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
		await page.dblclick(canvasNode('Authenticate Face'));
		await page.locator('[data-test-id="parameter-input-routeByDecision"] .el-switch__core').click();
		await page.locator('[data-test-id=ndv-close-button]').click();
		const wires = async () => {
			const { connections } = await testbed.api.workflow(id);
			return (connections['Authenticate Face'] as { main: ({ node: string }[] | null)[] }).main;
		};
		// n8n saves a moment later.
		while ((await wires()).flat().length > 1) await page.waitForTimeout(500);
		expect((await wires()).flat()).toEqual([expect.objectContaining({ node: 'Keep for Disputes' })]);
	});

	it('show their parameters and their answers', async () => {
		const { page } = editor;
		putFiles('panels', {
			'hopper.jpg': bundledPhoto('grace-hopper.jpg').data,
			'cat.png': bundledPhoto('cat.png').data,
		});
		const workflow = await testbed.workflow(chainWorkflow('panels'));
		const executionId = await testbed.api.run(workflow, START);
		await testbed.api.finished(executionId);
		await page.setViewportSize({ width: 1760, height: 760 });
		await editor.open(`/workflow/${workflow.id}/executions/${executionId}`, '[data-test-id=canvas-node]');
		await editor.tidy();
		await picture(
			page,
			'three-nodes',
			[canvasNode(START), canvasNode(CHAIN[2])].map((one) => page.locator(one)),
			60,
		);

		for (const { name, labels, shown } of NODES) {
			await page.dblclick(canvasNode(name));
			const panel = page.locator('[data-test-id=ndv]');
			const part = (id: string) => panel.locator(`[data-test-id=${id}]`);
			await part('output-panel').getByText(shown[0]!).first().waitFor();
			// The options are drawn a moment after the parameters.
			await part('node-parameters').getByText('Route by Decision').first().waitFor({ state: 'attached' });
			const parameters = await part('node-parameters').innerText();
			const answer = await part('output-panel').innerText();
			expect({ name, missing: labels.filter((label) => !parameters.includes(label)) }).toEqual({
				name,
				missing: [],
			});
			expect({ name, missing: shown.filter((text) => !answer.includes(text)) }).toEqual({
				name,
				missing: [],
			});
			await page.keyboard.press('Escape');
			await panel.waitFor({ state: 'hidden' });
		}
	});
});
