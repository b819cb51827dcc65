import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import axios from 'axios';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { bundledPhoto, Photo } from '../../../demo/photos';
import { useTestbed } from '../support/testbed';
import { DataTable, publishWithTables } from '../support/dataTable';
import { launchBrowser } from '../support/editor';
import { photoOf } from '../support/scenarioPhoto';
import { webhookOpen } from '../support/webhooks';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const HER = bundledPhoto('grace-hopper.jpg');
const CAT = bundledPhoto('cat.png');
const WORDS = {
	noFace: 'No face was found. Show your whole face.',
	closer: 'Come closer to the camera.',
	pass: 'Go on with the next step.',
	fail: 'Thank you for your patience.',
	stop: 'Each page accepts three photos',
	noPhoto: 'Send one photo, as a JPEG or PNG file',
};

describe('the example selfie-page', () => {
	const testbed = useTestbed();
	let table: DataTable;
	let browser: Browser;
	let url: string;
	/** In front of the sandbox, to see what Progeny receives. */
	let relay: Server;
	let received: Buffer[];
	let before: number;
	/** Returns the number of photos that Progeny received in this test. */
	const sent = () => testbed.sandbox.submits() - before;
	let page: Page;

	beforeAll(async () => {
		browser = await launchBrowser();
		relay = createServer((socket) => {
			socket.on('data', (chunk) => received.push(chunk));
			socket.pipe(connect(Number(new URL(testbed.sandbox.origin).port), '127.0.0.1')).pipe(socket);
		});
		await new Promise<void>((listening) => relay.listen(0, '127.0.0.1', listening));
		const baseUrl = `http://127.0.0.1:${(relay.address() as AddressInfo).port}/api/v3`;
		await testbed.putAccount({ baseUrl });
		const example = await testbed.example('selfie-page');
		[table] = await publishWithTables(testbed.api, example, 'progeny_selfies');
		url = await webhookOpen(`${testbed.origin}/webhook/selfie-page`);
	});

	afterAll(async () => {
		await browser?.close();
		relay?.close();
	});

	beforeEach(() => {
		received = [];
		before = testbed.sandbox.submits();
	});

	afterEach(async () => await page?.context().close());

	async function open(options: BrowserContextOptions = {}): Promise<void> {
		page = await (await browser.newContext({ ...PHONE, ...options })).newPage();
		await page.goto(url);
	}

	const choose = ({ name, type, data }: Photo) =>
		page.getByLabel('Your photo').setInputFiles({ name, mimeType: type, buffer: data });

	/** Takes a photo, sends it by a tap, and waits for these words. */
	async function send(photo: Photo, words: string): Promise<void> {
		await choose(photo);
		await page.locator('button:enabled').tap();
		await page.locator('#says').getByText(words).waitFor();
	}

	/** Posts to the page's own webhook, as a caller without the page. */
	async function post(session: string, ...photos: Photo[]): Promise<string> {
		const form = new FormData();
		form.append('session', session);
		for (const { name, type, data } of photos)
			form.append('photo', new Blob([new Uint8Array(data)], { type }), name);
		return (await axios.post<string>(url, form, { proxy: false, responseType: 'text' })).data;
	}

	const sessionOf = () => page.locator('[name=session]').inputValue();
	const says = (html: string) => /<section[^]*<\/section>/.exec(html)![0];

	it('sends a sideways photo of 12 megapixels upright and 1080 pixels high, and lets a live person through', async () => {
		const upright = await sharp(HER.data).resize(3024, 4032, { fit: 'cover' }).toBuffer();
		const sideways = sharp(upright).rotate(270).jpeg({ quality: 90 }).withMetadata({ orientation: 6 });
		const photo: Photo = { name: 'IMG_0001.jpg', type: 'image/jpeg', data: await sideways.toBuffer() };
		expect(await sharp(photo.data).metadata()).toMatchObject({ width: 4032, height: 3024, orientation: 6 });

		await open();
		await choose(photo);
		await page.locator('button:enabled').waitFor();
		await page.getByRole('img', { name: 'The photo that will be sent' }).waitFor();
		await page.getByRole('button', { name: 'Send the photo' }).tap();
		await page.getByText(WORDS.pass).waitFor();
		expect(await page.locator('form').isVisible()).toBe(false);

		const bytes = Buffer.concat(received);
		const image = bytes.subarray(
			bytes.indexOf(Buffer.from('ffd8ff', 'hex')),
			bytes.lastIndexOf(Buffer.from('ffd9', 'hex')) + 2,
		);
		const { width, height, format, orientation = 1 } = await sharp(image).metadata();
		expect({ width, height, format, orientation }).toEqual({
			width: 810,
			height: 1080,
			format: 'jpeg',
			orientation: 1,
		});
		const small = (data: Buffer) => sharp(data).resize(27, 36, { fit: 'fill' }).greyscale().raw().toBuffer();
		const [ours, theirs] = [await small(upright), await small(image)];
		const difference = ours.reduce((sum, value, i) => sum + Math.abs(value - theirs[i]!), 0) / ours.length;
		expect(difference).toBeLessThan(5);
		expect(sent()).toBe(1);
	});

	it('says what to do better, three times in all, then stops', async () => {
		await open();
		await send(CAT, WORDS.noFace);
		expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
		await send(CAT, WORDS.noFace);
		await send(CAT, WORDS.fail);
		expect(await page.locator('form').isVisible()).toBe(false);
		expect(sent()).toBe(3);

		const session = await sessionOf();
		expect(session).not.toBe('');
		expect(says(await post(session, HER))).toContain(WORDS.stop);
		expect(sent()).toBe(3);
	});

	it.each<[string, Photo | string, string]>([
		['a small face', 'face-too-small-a', WORDS.closer],
		['a spoof', 'spoof', WORDS.fail],
		['an answer against itself', 'contradictory-issues', 'We will look'],
		['a failed task', 'failure', 'could not be made just now'],
		['a file that is not a photo', { ...CAT, data: Buffer.from('no photo') }, WORDS.noPhoto],
	])('answers %s in words only, and asks again only if that may help', async (_, photo, words) => {
		await open();
		const session = await sessionOf();
		const answer = await post(session, await photoOf(photo));
		expect(says(answer)).toContain(words);
		const asks = [WORDS.closer, WORDS.noPhoto].includes(words);
		expect(/<form [^>]*hidden/.test(answer)).toBe(!asks);
		const { taskId } = testbed.sandbox.tasks.at(-1)!;
		expect(answer).not.toContain(taskId);
		expect(answer).not.toMatch(/probability|reasons|[A-Z]{4,}_[A-Z]/);
		before = testbed.sandbox.submits();
		expect(says(await post(session, HER))).toContain(asks ? WORDS.pass : WORDS.stop);
		expect(sent()).toBe(asks ? 1 : 0);
		expect((await table.rows()).filter((row) => row.session === session).map(({ what }) => what)).toEqual(
			expect.arrayContaining(['start', 'try', ...(asks ? ['pass'] : [])]),
		);
	});

	it('checks three of many photos that come at the same moment, and none for a session that it did not make', async () => {
		await open();
		const session = await sessionOf();
		await Promise.all(Array.from({ length: 6 }, () => post(session, CAT)));
		expect(sent()).toBeLessThanOrEqual(3);
		before = testbed.sandbox.submits();
		for (const made of ['', '-', 'x', '9b2f6a1c-0d3e-11ef-8a4b-0242ac120002', `${session}x`])
			expect(says(await post(made, HER))).toContain(WORDS.stop);
		expect(sent()).toBe(0);
	});

	it('asks for the photo if it is missing or there are two, which costs no try', async () => {
		await open();
		const session = await sessionOf();
		for (const photos of [[], [HER, CAT]])
			expect(says(await post(session, ...photos))).toContain(WORDS.noPhoto);
		expect(sent()).toBe(0);
		expect(says(await post(session, HER))).toContain(WORDS.pass);
	});

	it('works without scripts', async () => {
		await open({ javaScriptEnabled: false });
		expect(await page.getByText('Your browser runs no scripts').isVisible()).toBe(true);
		await send(CAT, WORDS.noFace);
		await send(HER, WORDS.pass);
		expect(sent()).toBe(2);
		expect(Buffer.concat(received).includes(HER.data)).toBe(true);
	});

	it('says so if a file cannot be shown or the photo cannot be sent, and sends it again', async () => {
		await open();
		await page.getByRole('button', { name: 'Send the photo' }).tap();
		await page.getByText('Take a photo first.').waitFor();
		await choose({ ...CAT, data: Buffer.from('no photo') });
		await page.getByText('This file cannot be shown.').waitFor();
		await page.getByRole('button', { name: 'Send the photo' }).tap();
		expect(sent()).toBe(0);
		await page.context().setOffline(true);
		await choose(HER);
		await page.locator('button:enabled').tap();
		await page.getByText('The photo could not be sent.').waitFor();
		await page.context().setOffline(false);
		await page.getByRole('button', { name: 'Send the photo' }).tap();
		await page.getByText(WORDS.pass).waitFor();
		expect(sent()).toBe(1);
	});

	it('can be used by the keyboard, on a narrow screen, with all contrasts of 4.5 and without motion', async () => {
		await open({ viewport: { width: 320, height: 568 }, reducedMotion: 'reduce' });
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
		expect(await page.evaluate('document.documentElement.lang')).toBe('en');
		const focused = async () => {
			await page.keyboard.press('Tab');
			return page.evaluate('document.activeElement.id || document.activeElement.tagName');
		};
		expect([await focused(), await focused()]).toEqual(['photo', 'BUTTON']);
		expect(await page.getByLabel('Your photo').getAttribute('capture')).toBe('user');
		expect(await page.locator('[aria-live=polite]').count()).toBe(2);
		await page.evaluate("document.querySelector('#progress').className = 'busy'");
		const motion = "getComputedStyle(document.querySelector('#progress'), '::before').animationName";
		expect(await page.evaluate(motion)).toBe('none');
		expect(await page.evaluate(poorContrasts)).toEqual([]);
		await page.evaluate("document.querySelector('button').disabled = true");
		expect(await page.evaluate(poorContrasts)).toEqual([]);
	});
});

/** In the page: the elements whose text has a contrast below 4.5 to its background (WCAG 2.2, 1.4.3). */
const poorContrasts = `(() => {
	const light = (color) => {
		const [r, g, b] = color.match(/[\\d.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const backOf = (element) => {
		const { backgroundColor } = getComputedStyle(element);
		return backgroundColor === 'rgba(0, 0, 0, 0)' ? backOf(element.parentElement) : backgroundColor;
	};
	return [...document.querySelectorAll('h1, p, li, label, input[type=file], button')]
		.filter((element) => {
			const [a, b] = [light(getComputedStyle(element).color), light(backOf(element))].sort((x, y) => y - x);
			return (a + 0.05) / (b + 0.05) < 4.5;
		})
		.map((element) => element.outerHTML);
})()`;
