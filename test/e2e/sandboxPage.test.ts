import type { Browser, Page } from 'playwright-core';
import { scenarioPhoto, scenarios, scenarioUuid, startSandbox } from '../../sandbox';
import { anyFile, Client, upload } from '../sandbox/support/client';
import { launchBrowser } from './support/editor';

/** The page's refresh interval, in ms of its clock. */
const REFRESH = 2000;

let browser: Browser;
let client: Client;
let page: Page;
/** Errors of the page's console and its requests. */
let complaints: string[];

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(async () => await browser.close());

beforeEach(async () => {
	client = await Client.of(await startSandbox({ taskTime: 0, username: '<b>user</b>' }));
});
afterEach(async () => {
	await page.context().close();
	await client.sandbox.close();
	if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('\n')}`);
});

/** Opens the page with a clock of its own, which stands still until a test moves it. */
async function open(): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
	page = await context.newPage();
	complaints = [];
	page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	await page.clock.install({ time: 0 });
	await page.clock.pauseAt(1000);
	await page.goto(client.sandbox.origin);
	await page.locator('#scenarios summary').first().waitFor();
}

const authenticate = async (scenario: string): Promise<string> => {
	const fields = { image: anyFile(), uuid: scenarioUuid(scenario) };
	return (await client.submit('authenticate_face', fields)).json.id;
};

/** The texts of a list's cells, row by row. */
async function cells(list: string): Promise<string[][]> {
	const all = await page.locator(`#${list} tr`).all();
	return await Promise.all(all.map((row) => row.locator('td').allInnerTexts()));
}

it('shows the credential and every scenario with its conclusion, UUID and photo, and finds some by a word', async () => {
	await open();
	const { baseUrl, username, password } = client.sandbox;
	expect(await page.locator('#credentials dd').allInnerTexts()).toEqual([baseUrl, username, password]);
	const conclusions = { pass: 'Pass', review: 'Review', fail: 'Fail', error: 'Error' };
	expect(await cells('scenarios')).toEqual(
		scenarios.map((scenario) => [
			scenario.name,
			scenario.does.replaceAll('`', ''),
			conclusions[scenario.conclusion],
			'uuid' in scenario ? scenario.uuid : '',
			expect.stringMatching(/^Photo/),
		]),
	);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByLabel('Photo of low-match', { exact: true }).click(),
	]);
	expect(download.suggestedFilename()).toBe('low-match.png');
	await page.locator('#filter').fill('  Too_Small ');
	const names = (await cells('scenarios')).map(([name]) => name);
	expect(names).toEqual(['face-too-small-a', 'face-too-small-b', 'http-400-result']);
});

it('shows new tasks with verdict, scores and codes, and active faults', async () => {
	await open();
	await page.getByText('No task yet.').waitFor();
	const expected: [service: string, scenario: string, verdict: string, match: string, liveness: string][] = [
		['Authenticate', 'pass', 'Pass', '100.0 %', '0.930'],
		['Authenticate', 'face-too-close-b', 'Fail FACE_TOO_CLOSE', '', ''],
		['Authenticate', 'contradictory-issues', 'Contradictory FACE_TOO_SMALL', '100.0 %', '0.930'],
		['Authenticate', 'failure', 'Job failed', '', ''],
		['Authenticate', 'never', 'Waiting', '', ''],
		['Register', 'pass', 'Registered', '', ''],
		['Liveness', 'spoof', 'Fail', '', '0.070'],
	];
	const paths: Record<string, string> = { Register: 'register_face', Liveness: 'face_liveness' };
	for (const [service, scenario] of expected) {
		if (service === 'Authenticate') await authenticate(scenario);
		else await client.submit(paths[service]!, { image: upload(await scenarioPhoto(scenario)) });
	}
	client.sandbox.faults.add({ on: 'task', times: 2, after: 1, do: { status: 503 } });
	await page.clock.runFor(REFRESH);
	await page
		.locator('#tasks tr')
		.nth(expected.length - 1)
		.waitFor();
	const shown = (await cells('tasks')).map((row) => row.slice(1, 6));
	const rows = expected.map(([service, scenario, ...rest]) => [service, ...rest, `scenario ${scenario}`]);
	expect(shown).toEqual(rows.reverse());
	expect(await cells('faults')).toEqual([['task', 'answered 503', '0 of 2, after 1']]);
	await page.locator('#clear-faults').click();
	await page.getByText('None: everything works.').waitFor();
});
