import type { WorkflowFile } from '../../../demo/api';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto, Photo } from '../../../demo/photos';
import { visitForm } from '../support/applicant';
import { Testbed, openTestbed } from '../support/testbed';
import { glance, launchBrowser } from '../support/editor';
import { scenarioPhoto } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

const BRANCHES = ['Say What to Do', 'Ask a Person', 'Let Through'];
const HER = bundledPhoto('grace-hopper.jpg');
const CAT = bundledPhoto('cat.png');
const NOTE: Photo = { name: 'note.png', type: 'image/png', data: Buffer.from('no picture at all') };

/** The example waits two minutes for a result; here, four seconds. */
function inAHurry(file: WorkflowFile): void {
	const face = file.nodes.find(({ name }) => name === 'Face Liveness')!;
	(face.parameters.options as { timeout?: number }).timeout = 4;
}

describe('the example liveness-gate', () => {
	let testbed: Testbed;

	beforeAll(async () => {
		testbed = await openTestbed();
		// Loads the face models, which would take a good part of the timeout.
		await testbed.sandbox.registerPhoto(HER.data);
		await testbed.api.activate(await testbed.example('liveness-gate', inAHurry));
	});

	afterAll(() => testbed.close());

	/** Sends photos, one after another; returns also the branches taken and what they put out. */
	async function send(...photos: Photo[]) {
		const sent = photos.map((photo) => [[photo]]);
		const { pages, isAsked, execution } = await visitForm(testbed, 'liveness-gate', ...sent);
		const taken = BRANCHES.filter((name) => itemsOf(execution.data, name).length > 0);
		const items = taken.flatMap((name) => itemsOf(execution.data, name));
		return { status: execution.status, pages, isAsked, taken, items };
	}

	it.each<[string, () => Photo | Promise<Photo>, string, string]>([
		['a live face', () => HER, 'Let Through', 'Go on with the next step.'],
		['one below the minimum', () => scenarioPhoto('low-liveness'), 'Ask a Person', 'look at your photo'],
		['a contradiction', () => scenarioPhoto('contradictory-issues'), 'Ask a Person', 'look at your photo'],
		['a spoof', () => scenarioPhoto('spoof'), 'Say What to Do', 'This photo was not accepted.'],
		['a failed job', () => scenarioPhoto('failure'), 'Say What to Do', '/form/liveness-gate">Try again</a>'],
	])('sends %s one way, and answers', async (_, photo, branch, words) => {
		const { status, taken, pages, isAsked } = await send(await photo());
		expect({ status, taken, isAsked }).toEqual({ status: 'success', taken: [branch], isAsked: false });
		expect(pages[0]).toContain(words);
	});

	it.each<[string, () => Array<Photo | Promise<Photo>>, string[], string]>([
		['a face', () => [CAT, HER], ['Show your whole face.', 'Go on with'], 'Let Through'],
		[
			'a face, at the third try',
			() => [scenarioPhoto('face-too-small-a'), NOTE, HER],
			['Come closer', 'JPEG or PNG', 'Go on with'],
			'Let Through',
		],
		['a spoof', () => [CAT, scenarioPhoto('spoof')], ['whole face', 'was not accepted'], 'Say What to Do'],
		[
			'no face, three times',
			() => [CAT, CAT, CAT],
			['whole face', 'whole face', 'was not accepted'],
			'Say What to Do',
		],
	])('asks for another photo, and gets %s', async (_, photos, words, branch) => {
		const { pages, taken, isAsked } = await send(...(await Promise.all(photos())));
		expect(pages).toEqual(words.map((some) => expect.stringContaining(some)));
		expect({ taken, isAsked }).toEqual({ taken: [branch], isAsked: false });
	});

	it('fits a phone, from the form to the last page', async () => {
		const browser = await launchBrowser();
		const viewport = { width: 390, height: 844 };
		const page = await (await browser.newContext({ viewport, isMobile: true, hasTouch: true })).newPage();
		const shows = async (words: string, name: string) => {
			await page.getByText(words).last().waitFor();
			await glance(page, name, [page.locator('body')], 0);
			const card = (await page.locator('.card').first().boundingBox())!;
			expect(card.x).toBeGreaterThanOrEqual(0);
			expect(card.x + card.width).toBeLessThanOrEqual(viewport.width);
		};
		const send = async ({ name, type, data }: Photo) => {
			await page.locator('input[type=file]').setInputFiles({ name, mimeType: type, buffer: data });
			await page.getByRole('button', { name: 'Check' }).tap();
		};
		await page.goto(formUrl(testbed.origin, 'liveness-gate'));
		await shows('A photo of your face, taken now.', 'liveness-gate-form');
		await send(CAT);
		await shows('Show your whole face.', 'liveness-gate-another');
		await send(HER);
		await shows('Go on with the next step.', 'liveness-gate-end');
		await browser.close();
	});

	it('asks a person if no result came in time, and names the task', async () => {
		const { taken, items } = await send(await scenarioPhoto('never'));
		expect(taken).toEqual(['Ask a Person']);
		expect(items[0]!.json).toMatchObject({
			why: 'TIMED_OUT',
			taskId: testbed.sandbox.tasks.at(-1)!.taskId,
		});
	});
});
