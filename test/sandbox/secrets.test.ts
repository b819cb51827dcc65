import { scenarioUuid } from '../../sandbox';
import { bearer, sandboxForFile, upload } from './support/client';

const password = 'a-password-to-look-for';
const picture = Buffer.from('bytes-of-a-picture-to-look-for');

let log = '';
let tokens: { access: string; refresh: string };
let taskId: string;

const client = sandboxForFile({
	password,
	logLevel: 'debug',
	logStream: { write: (line) => void (log += line) },
});
beforeAll(async () => {
	client.sandbox.clearRequests();
	tokens = await client.login();
	await client.post('/accounts/token/refresh/', { refresh: tokens.refresh });
	const fields = { image: upload(picture), uuid: scenarioUuid('pass'), extend_data: 'true' };
	taskId = (await client.submit('authenticate_face', fields)).json.id;
	await client.finished(taskId);
	await client.send(`/services/task/?id=x&token=${tokens.access}`, { headers: bearer(tokens.access) });
});

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

it('records each request with its route, status and task, and no secret', async () => {
	const { requests, tasks } = client.sandbox;
	const short = requests.map(({ route, method, status, taskId: task }) => [route, method, status, task]);
	expect(short).toEqual([
		['login', 'POST', 200, undefined],
		['refresh', 'POST', 200, undefined],
		['submit', 'POST', 200, taskId],
		['task', 'GET', 200, taskId],
		['task', 'GET', 404, undefined],
	]);
	const recorded = JSON.stringify([requests, tasks]);
	for (const secret of Object.values(secrets())) expect(recorded).not.toContain(secret);
});

it('shows the password on its page alone, to which a browser loads nothing from elsewhere, and no other secret', async () => {
	const page = await fetch(client.sandbox.origin);
	expect(page.headers.get('content-security-policy')).toBe(
		"default-src 'self'; img-src data:; require-trusted-types-for 'script'",
	);
	const { text, json } = await client.send('/sandbox/overview');
	const { baseUrl } = client.sandbox;
	expect(json.credentials).toEqual({ baseUrl, username: 'sandbox', password });
	const { picture: image, access, refresh } = secrets();
	for (const secret of [image, access, refresh]) expect(text).not.toContain(secret);
	const shown = { taskId, scenario: 'pass', verdict: 'pass', match: '100.0', liveness: 0.930498, codes: [] };
	expect(json.tasks).toEqual([expect.objectContaining(shown)]);
});
