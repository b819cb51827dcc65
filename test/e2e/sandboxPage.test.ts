import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { bundledPhoto, REGISTERED_PHOTO } from '../../demo/photos';
import {
	documentScenarios,
	type Fault,
	type Sandbox,
	scenarioPhoto,
	scenarios,
	scenarioUuid,
	startSandbox,
} from '../../sandbox';
import { anyFile, finished, login, look, post, upload } from '../sandbox/support/client';
import { launchBrowser } from './support/editor';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const UNREGISTERED = '9b2f6a1c-0d3e-11ef-8a4b-0242ac120002';
/** How often the page asks for news, in ms of the page's clock. */
const REFRESH = 2000;

let browser: Browser;
let sandbox: Sandbox;
let access: string;
let page: Page;
/** What the page's console and its requests complained about. */
let complaints: string[];

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(async () => await browser.close());

beforeEach(async () => {
	sandbox = await startSandbox({ taskTime: 0, username: '<b>user</b>' });
	({ access } = await login(sandbox));
});
afterEach(async () => {
	await page.context().close();
	await sandbox.close();
	if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('\n')}`);
});

/** Opens the page with a clock of its own, which stands still until a test moves it. */
async function open(options: BrowserContextOptions = {}, script = ''): Promise<void> {
	const context = await browser.newContext({ viewport: DESKTOP, timezoneId: 'UTC', ...options });
	page = await context.newPage();
	complaints = [];
	page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	await page.clock.install({ time: 0 });
	await page.clock.pauseAt(1000);
	await page.addInitScript(script);
	await page.goto(sandbox.origin);
	await page.locator('#scenarios summary').first().waitFor();
}

/** Submits to a service and gives the task ID. */
async function submit(service: string, image: File, fields = {}): Promise<string> {
	const all = { image, extend_data: 'false', ...fields };
	return (await post(sandbox, `/services/${service}/`, all, access)).json.id;
}
const authenticate = (scenario: string) =>
	submit('authenticate_face', anyFile(), { uuid: scenarioUuid(scenario) });

const rows = (list: string) => page.locator(`#${list} tr`);
const copyButton = (name: string) => page.getByRole('button', { name, exact: true });

/** What the cells of a list say, row by row. */
async function cells(list: string): Promise<string[][]> {
	const all = await rows(list).all();
	return await Promise.all(all.map((row) => row.locator('td').allInnerTexts()));
}

/** What a copy button leaves on the clipboard, as the search field gets it when it is pasted. */
async function copied(button: Locator): Promise<string> {
	await button.click();
	await expectText(button, 'Copied');
	const field = page.locator('#filter');
	await field.fill('');
	await field.press('ControlOrMeta+V');
	const text = await field.inputValue();
	await field.fill('');
	return text;
}

/** Waits until an element says exactly this; rejects otherwise. */
async function expectText(element: Locator, text: string): Promise<void> {
	await element.and(page.getByText(text, { exact: true })).waitFor();
}

/** Changes what the sandbox's overview tells the page. */
async function answerWith(change: object): Promise<void> {
	await page.route('**/sandbox/overview', async (route) => {
		const overview = await (await route.fetch()).json();
		await route.fulfill({ json: { ...overview, ...change } });
	});
}

it('shows the credential as text, with buttons that copy it', async () => {
	await open();
	const { baseUrl, username, password } = sandbox;
	expect(await page.locator('#credentials dd').allInnerTexts()).toEqual([baseUrl, username, password]);
	expect(await copied(page.getByLabel('Copy Base URL'))).toBe(baseUrl);
	expect(await copied(page.getByLabel('Copy Username'))).toBe(username);
	expect(await copied(page.getByLabel('Copy Password'))).toBe(password);
	await page.clock.runFor(1500);
	await expectText(page.getByLabel('Copy Password'), 'Copy');
});

it('copies without a clipboard interface, as on a page from another machine', async () => {
	await open({}, `Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
	expect(await copied(page.getByLabel('Copy Base URL'))).toBe(sandbox.baseUrl);
});

it('says when the browser refuses to copy', async () => {
	await open({}, `navigator.clipboard.writeText = () => Promise.reject(new Error('no'))`);
	await page.getByLabel('Copy Base URL').click();
	await expectText(page.getByLabel('Copy Base URL'), 'Not copied');
});

it('shows every scenario with its conclusion, UUID and photo', async () => {
	await open();
	const conclusions = { pass: 'Pass', review: 'Review', fail: 'Fail', error: 'Error' };
	const all = [...scenarios, ...documentScenarios.map((scenario) => ({ ...scenario, uuid: '' }))];
	expect(await cells('scenarios')).toEqual(
		all.map(({ name, does, conclusion, uuid }) => [
			name,
			does.replaceAll('`', ''),
			conclusions[conclusion],
			uuid,
			expect.stringMatching(uuid ? /^Photo\s*Copy$/ : /^Photo$/),
		]),
	);
	expect(await page.locator('#scenario-count').innerText()).toBe(String(all.length));
	expect(await copied(copyButton('Copy the UUID of spoof'))).toBe(scenarioUuid('spoof'));
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByLabel('Photo of low-match', { exact: true }).click(),
	]);
	expect(download.suggestedFilename()).toBe('low-match.png');
	expect(await download.failure()).toBeNull();
});

it('finds scenarios by any of their words', async () => {
	await open();
	const filter = page.locator('#filter');
	await filter.fill('  Too_Small ');
	expect((await cells('scenarios')).map(([name]) => name)).toEqual([
		'face-too-small-a',
		'face-too-small-b',
		'http-400-result',
	]);
	expect(await page.locator('#scenarios summary').allInnerTexts()).toEqual([
		'Error codes (2)',
		'Odd answers (1)',
	]);
	await filter.fill('no such words');
	await page.getByText('No scenario has these words.').waitFor();
	expect(await page.locator('#scenario-count').innerText()).toBe('0');
});

it('shows the tasks, the newest first, with verdict, scores, codes and task ID', async () => {
	const expected: [service: string, scenario: string, verdict: string, match: string, liveness: string][] = [
		['Authenticate', 'pass', 'Pass', '100.0 %', '0.930'],
		['Authenticate', 'another-person', 'Fail', '19.0 %', '0.930'],
		['Authenticate', 'face-too-close-b', 'Fail FACE_TOO_CLOSE', '', ''],
		['Authenticate', 'contradictory-issues', 'Contradictory FACE_TOO_SMALL', '100.0 %', '0.930'],
		['Authenticate', 'odd-scores', 'Pass', '', ''],
		['Authenticate', 'failure', 'Job failed', '', ''],
		['Register', 'pass', 'Registered', '', ''],
		['Liveness', 'spoof', 'Fail', '', '0.070'],
		['Authenticate', 'never', 'Waiting', '', ''],
	];
	const paths = { Register: 'register_face', Liveness: 'face_liveness' };
	const ids: string[] = [];
	for (const [service, scenario] of expected) {
		if (service === 'Authenticate') ids.push(await authenticate(scenario));
		else ids.push(await submit(paths[service as keyof typeof paths], upload(await scenarioPhoto(scenario))));
	}
	await look(sandbox, ids.at(-1)!, access);
	await open();
	const time = expect.stringMatching(/^\d\d:\d\d:\d\d$/);
	const took = expect.stringMatching(/^\d+ ms$/);
	const texts = expected.map(([service, scenario, verdict, match, liveness], index) => {
		const task = expect.stringMatching(`^${ids[index]}\\s*Copy$`);
		const end = verdict === 'Waiting' ? ['', '1'] : [took, '0'];
		return [time, service, verdict, match, liveness, `scenario ${scenario}`, task, ...end];
	});
	expect(await cells('tasks')).toEqual(texts.reverse());
	expect(await page.locator('#task-count').innerText()).toBe('9');
});

it('shows the scores and the UUID of a registered person', async () => {
	const { data } = bundledPhoto(REGISTERED_PHOTO);
	const uuid = await sandbox.registerPhoto(data);
	const id = await submit('authenticate_face', upload(data), { uuid });
	await finished(sandbox, id, access);
	await open();
	const [[, , verdict, match, liveness, person]] = await cells('tasks');
	expect([verdict, match, person]).toEqual(['Pass', '100.0 %', uuid]);
	expect(Number(liveness)).toBeGreaterThan(0.5);
	expect(await cells('faces')).toEqual([[uuid, expect.stringMatching(/^\d+ \w+ \d{4}, [\d:]{8}$/), 'Copy']]);
	expect(await page.locator('#face-count').innerText()).toBe('1');
	expect(await copied(page.getByLabel('Copy this UUID'))).toBe(uuid);
});

it('follows the sandbox, and keeps the focus where a task did not change', async () => {
	await open();
	await page.getByText('No task yet.').waitFor();
	const ids = [await authenticate('pass'), await authenticate('spoof')];
	await page.clock.runFor(REFRESH);
	const [first, second] = ids.map((id) => rows('tasks').filter({ hasText: id }).getByRole('button'));
	expect(await copied(first)).toBe(ids[0]);
	expect(await copied(second)).toBe(ids[1]);
	await first.focus();

	const third = await authenticate('never');
	await page.clock.runFor(REFRESH);
	await rows('tasks').filter({ hasText: third }).waitFor();
	expect(await first.and(page.locator(':focus')).count()).toBe(1);
	expect(await rows('tasks').count()).toBe(3);

	await look(sandbox, third, access);
	await page.clock.runFor(REFRESH);
	await expectText(rows('tasks').first().locator('td').last(), '1');
	expect(await rows('tasks').count()).toBe(3);
});

it('shows what goes wrong on purpose, and clears it', async () => {
	const faults: [Fault, string, string][] = [
		[{ on: 'task', times: 2, after: 1, do: { status: 503 } }, 'answered 503', '1 of 2, after 1'],
		[{ on: 'login', do: { delay: 0 } }, 'answered 0 ms late', '0 of all'],
		[{ on: 'submit', do: { drip: 1500 } }, 'answered one byte every 1.5 s', '0 of all'],
		[{ on: 'submit', after: 9, do: { hang: true } }, 'never answered', '0 of all, after 9'],
		[{ on: 'refresh', do: { reset: 'before' } }, 'connection reset before the body', '0 of all'],
		[{ on: 'refresh', do: { reset: 'afterBody' } }, 'connection reset after the body', '0 of all'],
		[{ on: 'login', do: { reset: 'midAnswer' } }, 'connection reset in the middle of the answer', '0 of all'],
	];
	for (const [fault] of faults) sandbox.faults.add(fault);
	for (let poll = 0; poll < 2; poll++) await look(sandbox, 'x', access);
	await open();
	expect(await cells('faults')).toEqual(faults.map(([{ on }, does, hits]) => [on, does, hits]));
	expect(await page.locator('#fault-count').innerText()).toBe('7');
	await page.locator('#clear-faults').click();
	await page.getByText('None: everything works.').waitFor();
	expect(await page.locator('#clear-faults').isVisible()).toBe(false);
	expect((await look(sandbox, 'x', access)).status).toBe(400);
});

it('says how long the sandbox has run, how busy it is, and where faces are kept', async () => {
	await open();
	await expectText(page.locator('#state'), 'Running');
	await answerWith({
		startedAt: Date.now() - 5.5 * 60_000,
		facesKeptIn: 'faces.sqlite',
		accepted: 60,
		engine: { started: true, busy: 2 },
	});
	await page.clock.runFor(REFRESH);
	await expectText(page.locator('#state'), 'Running for 5 min');
	await expectText(page.locator('#kept'), 'Kept in faces.sqlite.');
	await expectText(
		page.locator('#rules'),
		'The face engine is ready, 2 in its queue. Passes from a match of 50.0 % and a liveness of 0.500, ' +
			'with a face of 100 px at least. A higher minimum in n8n gives review instead. Shown are the last 0.',
	);
});

it('says when the sandbox does not answer, and when it does again', async () => {
	await open();
	await page.route('**/sandbox/overview', (route) => route.abort());
	await page.clock.runFor(REFRESH);
	await expectText(page.locator('#state.lost'), 'The sandbox does not answer. Is it still running?');
	await page.unroute('**/sandbox/overview');
	await page.clock.runFor(REFRESH);
	await expectText(page.locator('#state:not(.lost)'), 'Running');
	expect(complaints.splice(0)).toEqual([expect.stringContaining('net::ERR_FAILED')]);
});

it.each([1440, 1201, 1024, 961, 390, 320])('fits a window of %d px', async (width) => {
	sandbox.faults.add({ on: 'any', after: 10_000, do: { reset: 'midAnswer' } });
	await authenticate('another-person-with-issue');
	await authenticate('contradictory-issues');
	await submit('authenticate_face', anyFile(), { uuid: UNREGISTERED });
	await open({ viewport: { ...DESKTOP, width } });
	await page.locator('#filter').fill('0000');
	const wide = await page
		.locator('html, section, .scroll')
		.evaluateAll((all) =>
			all.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.outerHTML),
		);
	expect(wide).toEqual([]);
});

it('on a phone, labels the numbers and opens the scenarios on demand', async () => {
	const id = await authenticate('pass');
	await open({ viewport: PHONE });
	const labels = await rows('tasks')
		.locator('td[data-label]')
		.evaluateAll((all) =>
			all.map((part) => part.ownerDocument.defaultView!.getComputedStyle(part, '::before').content),
		);
	expect(labels).toEqual(['match', 'liveness', 'task', 'took', 'polls'].map((label) => `"${label} "`));
	expect(await copied(page.getByLabel('Copy the task ID'))).toBe(id);

	const button = copyButton('Copy the UUID of spoof');
	expect(await button.isVisible()).toBe(false);
	await page.locator('#scenarios summary').first().click();
	expect(await button.isVisible()).toBe(true);
});
