import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from '../../demo/paths';
import { bundledPhoto, demoPhotos, REGISTERED_PHOTO } from '../../demo/photos';
import { Testbed, openTestbed } from '../../test/e2e/support/testbed';
import { Editor, openEditor } from '../../test/e2e/support/editor';
import { inARow, node, putFiles, START } from '../../test/e2e/support/workflows';
import { Film } from './film';

const FOLDER = 'recording';
const VIDEO = join(CACHE, 'recording', 'recording.mp4');
const GIF = join(ROOT, 'docs', 'images', 'recording.gif');
const ENDS = ['Turn Down', 'Ask a Person', 'Let In'];
const canvasNode = (name: string) => `[data-test-id=canvas-node][data-node-name="${name}"]`;

/** Returns a workflow with photos, and three nodes at the end to connect the three outputs to. */
function unfinished() {
	const photos = { fileSelector: `.n8n-files/${FOLDER}/*` };
	const file = inARow('KYC check', [
		node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Photos', 'n8n-nodes-base.readWriteFile', 1, photos),
	]);
	file.name = 'KYC check';
	const ends = ENDS.map((name, i) =>
		node(name, 'n8n-nodes-base.noOp', 1, {}, { position: [860, (i - 1) * 160] }),
	);
	return { ...file, nodes: [...file.nodes, ...ends] };
}

describe('the recording', () => {
	let testbed: Testbed;
	let editor: Editor;

	beforeAll(async () => {
		testbed = await openTestbed();
		editor = await openEditor({ width: 1280, height: 720 }, 1);
	});

	afterAll(async () => {
		await editor?.close();
		await testbed?.close();
	});

	it('shows the node added, run and branched on', async () => {
		const { page } = editor;
		const photos = await demoPhotos();
		putFiles(FOLDER, Object.fromEntries(photos.map(({ name, data }) => [name, data])));
		const uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		const { id } = await testbed.workflow(unfinished());
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
		await editor.tidy();

		const part = (name: string) => page.locator(`[data-test-id=ndv] [data-test-id=${name}]`);
		const film = await Film.of(page, join(CACHE, 'recording', 'frames'));

		await film.say('Photos come in. Who are they?');
		await film.click(page.locator(`${canvasNode('Photos')} [data-test-id=canvas-handle-plus]`));
		await film.click(page.locator('[data-test-id=node-creator-search-bar]'), 0.2);
		await film.type('authenticate face');
		const found = page.locator('[data-test-id=node-creator-item-name]');
		await film.click(found.getByText('Authenticate Face', { exact: true }).first());
		await film.click(page.getByText('Authenticate face', { exact: true }).first());

		await film.say('The credential is there. Type whose face it has to be.');
		await film.click(part('parameter-input-uuid').locator('input').first(), 0.2);
		await film.type(uuid, true);
		await film.say('Run it: three photos, three decisions.');
		await film.click(part('node-execute-button'), 0.3);
		await part('output-panel').getByText('FACE_NOT_FOUND').first().waitFor();
		await film.rest();
		await film.hold(3);

		await film.say('Route by Decision: an output each for Fail, Review and Pass.');
		await film.click(part('collection-parameter-add-dropdown').or(part('collection-parameter-add')).first());
		await film.click(page.getByText('Route by Decision', { exact: true }).last());
		await film.click(part('parameter-input-routeByDecision').locator('.el-switch__core'));
		await film.click(part('node-execute-button'), 0.3);
		const passed = part('output-panel').getByText(/^Pass/).first();
		await passed.waitFor();
		await film.click(passed, 1.5);
		await film.click(part('ndv-close-button'));

		await film.say('Connect all three.');
		const handle = (name: string, id: string) =>
			page.locator(`${canvasNode(name)} .vue-flow__handle[data-handleid="${id}"]`);
		for (const [i, name] of ENDS.entries())
			await film.drag(handle('Authenticate Face', `outputs/main/${i}`), handle(name, 'inputs/main/0'));
		await film.say('Only a pass gets in.');
		await film.click(page.locator('[data-test-id=execute-workflow-button]'), 0.3);
		await page.locator(`${canvasNode('Let In')} [data-test-id=canvas-node-status-success]`).waitFor();
		await film.rest(1500);
		await film.hold(4);

		film.cut(VIDEO, GIF, 900);
		expect(statSync(VIDEO).size).toBeLessThan(3_000_000);
		expect(statSync(GIF).size).toBeLessThan(1_500_000);
	});
});
