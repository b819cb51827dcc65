import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioUuid, startSandbox, type Sandbox } from '../../sandbox';
import { bearer, finished, login, post, send, upload } from './support/client';

const password = 'a-password-to-look-for';
const picture = Buffer.from('bytes-of-a-picture-to-look-for');

let sandbox: Sandbox;
let log = '';
let tokens: { access: string; refresh: string };
let taskId: string;

beforeAll(async () => {
	sandbox = await startSandbox({
		password,
		taskTime: 0,
		logLevel: 'debug',
		logStream: { write: (line) => void (log += line) },
	});
	tokens = await login(sandbox);
	await post(sandbox, '/accounts/token/refresh/', { refresh: tokens.refresh });
	const fields = { image: upload(picture), uuid: scenarioUuid('pass'), extend_data: 'true' };
	taskId = (await post(sandbox, '/services/authenticate_face/', fields, tokens.access)).json.id;
	await finished(sandbox, taskId, tokens.access);
	await send(sandbox, `/services/task/?id=x&token=${tokens.access}`, { headers: bearer(tokens.access) });
});
afterAll(async () => await sandbox.close());

const secrets = () => ({
	password,
	picture: picture.toString(),
	access: tokens.access,
	refresh: tokens.refresh,
});

it('logs each request with its status and task, and no secret', () => {
	expect(log).toContain('POST /api/v3/accounts/token/obtain/ 200');
	expect(log).toContain('POST /api/v3/services/authenticate_face/ 200');
	expect(log).toContain('GET /api/v3/services/task/ 400');
	expect(log).toContain(taskId);
	for (const secret of Object.values(secrets())) expect(log).not.toContain(secret);
});

it('remembers each request with its route, status and task, and no secret', async () => {
	const short = sandbox.requests.map(({ route, method, status, taskId: task }) => [
		route,
		method,
		status,
		task,
	]);
	expect(short).toEqual([
		['login', 'POST', 200, undefined],
		['refresh', 'POST', 200, undefined],
		['submit', 'POST', 200, taskId],
		['task', 'GET', 200, taskId],
		['task', 'GET', 400, undefined],
	]);
	for (const { at } of sandbox.requests) expect(Math.abs(Date.now() - at)).toBeLessThan(10_000);
	const told = JSON.stringify([sandbox.requests, sandbox.tasks]);
	for (const secret of Object.values(secrets())) expect(told).not.toContain(secret);
});

it('shows the password on its page alone, and no other secret', async () => {
	const { text, json } = await send(sandbox, '/sandbox/overview');
	expect(json.credentials).toEqual({ baseUrl: sandbox.baseUrl, username: 'sandbox', password });
	const { picture: image, access, refresh } = secrets();
	for (const secret of [image, access, refresh]) expect(text).not.toContain(secret);
	expect(json.tasks).toEqual([
		expect.objectContaining({
			taskId,
			scenario: 'pass',
			verdict: 'pass',
			match: '100.0',
			liveness: 0.930498,
			codes: [],
		}),
	]);
});

it('serves its page as one file that loads nothing from elsewhere', async () => {
	const page = await fetch(sandbox.origin);
	expect(page.headers.get('content-type')).toMatch(/^text\/html/);
	const html = await page.text();
	expect(html).toBe(readFileSync(join(__dirname, '../../sandbox/admin/page.html'), 'utf8'));
	const elsewhere = [...html.matchAll(/(?:src|href|url|import)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(
		([, target]) => target!,
	);
	expect(elsewhere.filter((target) => !target.startsWith('data:'))).toEqual([]);
	// Whatever comes from a request is shown as text: nothing may be parsed as HTML.
	expect(html).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

it('forgets the requests in place', () => {
	const { requests } = sandbox;
	sandbox.clearRequests();
	expect(requests).toHaveLength(0);
	expect(sandbox.requests).toBe(requests);
});
