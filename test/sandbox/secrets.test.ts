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

const began = Date.now();

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
	expect(log).toContain('GET /api/v3/services/task/ 404');
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
		['task', 'GET', 404, undefined],
	]);
	for (const { at } of sandbox.requests) {
		expect(at).toBeGreaterThanOrEqual(began);
		expect(at).toBeLessThanOrEqual(Date.now());
	}
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

it.each([
	['/', 'page.html', 'text/html'],
	['/sandbox/page.css', 'page.css', 'text/css'],
	['/sandbox/page.js', 'page.js', 'text/javascript'],
])('serves %s of its page as written, loading nothing from elsewhere', async (path, file, type) => {
	const response = await fetch(sandbox.origin + path);
	const text = await response.text();
	expect(text).toBe(readFileSync(join(__dirname, '../../sandbox/admin', file), 'utf8'));
	expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
	const elsewhere = [...text.matchAll(/(?:src|href|url|import)\s*[=(]\s*["']?([^"')\s>]+)/g)]
		.map(([, target]) => target!)
		.filter((target) => !/^(data:|\/sandbox\/)/.test(target));
	expect(elsewhere).toEqual([]);
	// The browser holds the page to it, and parses no text as HTML.
	expect(response.headers.get('content-security-policy')).toBe(
		"default-src 'self'; img-src data:; require-trusted-types-for 'script'",
	);
});

it('forgets the requests in place', () => {
	const { requests } = sandbox;
	sandbox.clearRequests();
	expect(requests).toHaveLength(0);
	expect(sandbox.requests).toBe(requests);
});
