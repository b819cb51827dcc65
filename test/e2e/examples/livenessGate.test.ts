import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto, Photo } from '../../../demo/photos';
import { visitForm } from '../support/applicant';
import { useTestbed } from '../support/testbed';
import { launchBrowser } from '../support/editor';
import { photoOf } from '../support/scenarioPhoto';
import { itemsOf, waiting } from '../support/workflows';

const BRANCHES = ['Say What to Do', 'Ask a Person', 'Let Through'];
const HER = bundledPhoto('grace-hopper.jpg');
const CAT = bundledPhoto('cat.png');
const NOTE: Photo = { name: 'note.png', type: 'image/png', data: Buffer.from('no picture at all') };

describe('the example liveness-gate', () => {
	const testbed = useTestbed();

	beforeAll(async () => {
		// Loads the face models, which would take a good part of the timeout.
		await testbed.sandbox.registerPhoto(HER.data);
		await testbed.api.activate(await testbed.example('liveness-gate', waiting('Face Liveness', 4)));
	});

	/** Sends photos, one after another; returns also the branches taken and their output. */
	async function send(...photos: (Photo | string)[]) {
		const sent = (await Promise.all(photos.map(photoOf))).map((photo) => [[photo]]);
		const { pages, isAsked, execution } = await visitForm(testbed, 'liveness-gate', ...sent);
		const taken = BRANCHES.filter((name) => itemsOf(execution.data, name).length > 0);
		const items = taken.flatMap((name) => itemsOf(execution.data, name));
		return { status: execution.status, pages, isAsked, taken, items };
	}

	it.each([
		['a live face', 'grace-hopper.jpg', 'Let Through', 'Go on with the next step.'],
		['one below the minimum', 'low-liveness', 'Ask a Person', 'look at your photo'],
		['a contradiction', 'contradictory-issues', 'Ask a Person', 'look at your photo'],
		['a spoof', 'spoof', 'Say What to Do', 'This photo was not accepted.'],
		['a failed job', 'failure', 'Say What to Do', '/form/liveness-gate">Try again</a>'],
	])('sends %s one way, and answers', async (_, photo, branch, words) => {
		const { status, taken, pages, isAsked } = await send(photo);
		expect({ status, taken, isAsked }).toEqual({ status: 'success', taken: [branch], isAsked: false });
		expect(pages[0]).toContain(words);
	});

	it.each<[string, (Photo | string)[], string[], string]>([
		['a face', [CAT, HER], ['Show your whole face.', 'Go on with'], 'Let Through'],
		[
			'a face, at the third try',
			['face-too-small-a', NOTE, HER],
			['Come closer', 'JPEG or PNG', 'Go on with'],
			'Let Through',
		],
		['a spoof', [CAT, 'spoof'], ['whole face', 'was not accepted'], 'Say What to Do'],
		[
			'no face, three times',
			[CAT, CAT, CAT],
			['whole face', 'whole face', 'was not accepted'],
			'Say What to Do',
		],
	])('asks for another photo, and gets %s', async (_, photos, words, branch) => {
		const { pages, taken, isAsked } = await send(...photos);
		expect(pages).toEqual(words.map((some) => expect.stringContaining(some)));
		expect({ taken, isAsked }).toEqual({ taken: [branch], isAsked: false });
	});

	it('fits a phone, from the form to the last page', async () => {
		const browser = await launchBrowser();
		const viewport = { width: 390, height: 844 };
		const page = await (await browser.newContext({ viewport, isMobile: true, hasTouch: true })).newPage();
		const shows = async (words: string) => {
			await page.getByText(words).last().waitFor();
			const card = (await page.locator('.card').first().boundingBox())!;
			expect(card.x).toBeGreaterThanOrEqual(0);
			expect(card.x + card.width).toBeLessThanOrEqual(viewport.width);
		};
		const send = async ({ name, type, data }: Photo) => {
			await page.locator('input[type=file]').setInputFiles({ name, mimeType: type, buffer: data });
			await page.getByRole('button', { name: 'Check' }).tap();
		};
		await page.goto(formUrl(testbed.origin, 'liveness-gate'));
		await shows('A photo of your face, taken now.');
		await send(CAT);
		await shows('Show your whole face.');
		await send(HER);
		await shows('Go on with the next step.');
		await browser.close();
	});

	it('asks a person if no result came in time, and names the task', async () => {
		const { taken, items } = await send('never');
		expect(taken).toEqual(['Ask a Person']);
		expect(items[0]!.json).toMatchObject({
			why: 'TIMED_OUT',
			taskId: testbed.sandbox.tasks.at(-1)!.taskId,
		});
	});
});
