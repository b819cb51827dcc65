import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, chromium, Locator, Page, ViewportSize } from 'playwright-core';
import sharp from 'sharp';
import { CACHE, ROOT } from '../../../demo/paths';
import { useOpened } from '../../support/opened';
import { server } from './server';

/** n8n's editor in a headless browser, light theme, with the owner signed in. */
export interface Editor {
	page: Page;
	/** Opens a page of n8n's and waits for what it should show. */
	open(path: string, shows: string): Promise<void>;
	/** The same without loading n8n's page anew, as its own links go, which takes a fifth of the time; `open` comes first. */
	goTo(path: string, shows: string): Promise<void>;
	/** Closes what n8n lays over the canvas and fits the workflow into the view. */
	tidy(): Promise<void>;
	close(): Promise<void>;
}

/** Starts the browser that the global set-up found, without a window. */
export async function launchBrowser(): Promise<Browser> {
	return await chromium.launch({ executablePath: process.env.CHROMIUM!, args: ['--disable-gpu'] });
}

/** The folder of pictures for the documentation, if this run takes them, a minute longer. */
const DOCS_IMAGES = process.env.DOCS_IMAGES && join(ROOT, 'docs', 'images');

/** Opens n8n's editor in a browser and signs the owner in through n8n's own form. The documentation has two pixels to the point. */
export async function openEditor(
	viewport = { width: 1440, height: 900 },
	deviceScaleFactor = DOCS_IMAGES ? 2 : 1,
): Promise<Editor> {
	const { origin, account } = server();
	const browser = await launchBrowser();
	const context = await browser.newContext({
		viewport,
		deviceScaleFactor,
		colorScheme: 'light',
		locale: 'en-GB',
	});
	context.setDefaultTimeout(60_000);
	const page = await context.newPage();
	await page.goto(`${origin}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', account.email);
	await page.fill('input[name=password]', account.password);
	await page.click('[data-test-id=form-submit-button]');
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	return {
		page,
		async open(path, shows) {
			await page.goto(`${origin}${path}`);
			await page.waitForSelector(shows);
		},
		async goTo(path, shows) {
			const follow = (to: string) =>
				page.evaluate(`history.pushState(null, '', '${to}'); dispatchEvent(new PopStateEvent('popstate'))`);
			await follow('/home/credentials/');
			await page.waitForSelector(shows, { state: 'detached' });
			await follow(path);
			await page.waitForSelector(shows);
		},
		async tidy() {
			const checklist = page.locator(
				'[data-test-id=suggested-action-close], [data-test-id=suggested-actions-close]',
			);
			if (await checklist.isVisible().catch(() => false)) await checklist.click();
			else await page.keyboard.press('Escape');
			await page.locator('[data-test-id=zoom-to-fit]').click();
			// The canvas moves there in an animation.
			await page.waitForTimeout(800);
		},
		close: () => browser.close(),
	};
}

/** Opens the editor for the tests of a file or a describe block. */
export const useEditor = (viewport?: ViewportSize): Editor => useOpened(() => openEditor(viewport));

/** The list of the nodes panel: nodes, or the actions of one. */
export const FOUND = '[data-test-id=node-creator-item-name]';

/** Searches the open nodes panel and returns all that it shows by `name`. n8n may empty the field again while it draws the panel. */
export async function searchNodes(page: Page, text: string, name: string): Promise<Locator> {
	const found = page.locator(FOUND).getByText(name, { exact: true });
	const first = found.first();
	for (let tries = 0; tries < 10; tries++) {
		await page.locator('[data-test-id=node-creator-search-bar]').fill(text);
		await first.waitFor({ timeout: 3_000 }).catch(() => {});
		if (await first.isVisible()) return found;
	}
	throw new Error(`The nodes panel finds no ${name} for "${text}"`);
}

/**
 * Takes a picture for the documentation of the page's part around `parts` with `margin` points about it. It goes to docs/images if
 * DOCS_IMAGES is set, so that an ordinary run changes no file of the repository, else to demo/.cache/e2e/images,
 * to be looked at. Returns its path.
 */
export async function picture(page: Page, name: string, parts: Locator[], margin = 16): Promise<string> {
	const folder = DOCS_IMAGES || join(CACHE, 'e2e', 'images');
	mkdirSync(folder, { recursive: true });
	const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null);
	if (boxes.length !== parts.length) throw new Error(`A part of the picture ${name} is not on the page`);
	const { width, height } = page.viewportSize()!;
	const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - margin);
	const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin);
	const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
	const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
	// n8n lays icons over the edges of the node panel, which lead to the neighbors.
	await page
		.locator('[data-test-id=floating-node]')
		.evaluateAll((icons) => icons.forEach((icon) => icon.remove()));
	const path = join(folder, `${name}.png`);
	await page.screenshot({
		path,
		clip: { x: left, y: top, width: right - left, height: bottom - top },
		animations: 'disabled',
	});
	return path;
}

/**
 * Makes a picture of a whole canvas for the documentation small enough to be one of many on a page: 1200 pixels wide in 16 colors,
 * n8n's near-white background as white.
 */
export async function shrink(path: string): Promise<void> {
	if (!DOCS_IMAGES) return;
	const image = sharp(readFileSync(path)).resize({ width: 1200 }).linear(1.05, 0);
	await image.png({ palette: true, colours: 16, effort: 10, dither: 0 }).toFile(path);
}
