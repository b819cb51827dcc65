import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { scenarioUuid, type Fault, type FaultAction } from '../../sandbox';
import { anyFile, bearer, form, NO_TASK, sandboxForFile, type Answer } from './support/client';

const client = sandboxForFile();
afterEach(() => client.sandbox.faults.clear());

const fields = () => ({ image: anyFile(), uuid: scenarioUuid('pass') });
const submit = () => client.submit('authenticate_face', fields());

it('answers with a status, a body and headers; no task is made', async () => {
	const body = { detail: 'Request was throttled. Expected available in 7 seconds.' };
	client.sandbox.faults.add({
		on: 'submit',
		times: 1,
		do: { status: 429, body, headers: { 'retry-after': '7' } },
	});
	client.sandbox.faults.add({ on: 'any', times: 1, do: { status: 502, body: '<html>Bad Gateway</html>' } });
	const before = client.sandbox.submits();
	const { status, json, headers } = await submit();
	expect([status, json, headers.get('retry-after')]).toEqual([429, body, '7']);
	const page = await submit();
	expect([page.status, page.text]).toEqual([502, '<html>Bad Gateway</html>']);
	expect(page.headers.get('content-type')).toMatch(/^text\/html/);
	expect(client.sandbox.submits()).toBe(before);
	expect((await submit()).status).toBe(200);
});

it('is added, listed and removed over HTTP too', async () => {
	const fault: Fault = { on: 'submit', do: { status: 500 } };
	const headers = { 'content-type': 'application/json' };
	const body = JSON.stringify(fault);
	const { status, json } = await client.send('/sandbox/faults', { method: 'POST', headers, body });
	expect([status, json]).toEqual([201, { ...fault, id: expect.any(String), hits: 0 }]);
	expect((await submit()).status).toBe(500);
	expect((await client.send('/sandbox/faults')).json).toEqual([{ ...json, hits: 1 }]);
	expect((await client.send(`/sandbox/faults/${json.id}`, { method: 'DELETE' })).status).toBe(204);
	expect((await submit()).status).toBe(200);
});

it.each<[Fault['on'], () => Promise<Answer>]>([
	['login', () => client.post('/accounts/token/obtain/', { username: 'a', password: 'b' })],
	['refresh', () => client.post('/accounts/token/refresh/', { refresh: 'x' })],
	['authenticate_face', submit],
	['task', () => client.look(NO_TASK)],
])('on %s hits that alone, on any all but its own endpoints', async (on, request) => {
	const all: Fault['on'][] = ['login', 'refresh', 'register_face', 'task'];
	for (const other of all.filter((kind) => kind !== on))
		client.sandbox.faults.add({ on: other, do: { status: 418 } });
	expect((await request()).status).not.toBe(418);
	client.sandbox.faults.add({ on, times: 1, do: { status: 418 } });
	client.sandbox.faults.add({ on: 'any', do: { status: 429 } });
	expect([(await request()).status, (await request()).status]).toEqual([418, 429]);
	expect((await client.send('/sandbox/faults')).status).toBe(200);
});

it('skips `after` requests, then hits `times`; the oldest fault that hits decides', async () => {
	client.sandbox.faults.add({ on: 'task', after: 1, times: 2, do: { status: 503 } });
	client.sandbox.faults.add({ on: 'any', after: 0, times: 3, do: { status: 429 } });
	const statuses = [];
	for (let count = 0; count < 6; count += 1) statuses.push((await client.look(NO_TASK)).status);
	expect(statuses).toEqual([429, 503, 503, 429, 429, 404]);
	expect((await client.send('/sandbox/faults')).json).toEqual([]);
});

it('answers before it has read the body and resets the connection, as gunicorn does', async () => {
	const action = { status: 401, body: { detail: 'No.' }, unread: true };
	client.sandbox.faults.add({ on: 'submit', times: 1, do: action });
	const socket = connect(Number(new URL(client.sandbox.baseUrl).port), '127.0.0.1');
	let reply = '';
	socket.on('data', (chunk) => (reply += String(chunk)));
	const reset = once(socket, 'error');
	socket.write('POST /api/v3/services/face_liveness/ HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n');
	expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
	expect(reply).toMatch(/^HTTP\/1\.1 401 [^]*\{"detail":"No\."\}$/);
});

it.each<[FaultAction, made: number, status: number]>([
	[{ reset: 'before' }, 0, 0],
	[{ reset: 'afterBody' }, 1, 0],
	[{ reset: 'midAnswer' }, 1, 200],
	[{ hang: true }, 1, 0],
])('%j: the client gets no answer; tasks made: %d', async (action, made, status) => {
	client.sandbox.faults.add({ on: 'submit', times: 1, do: action });
	const before = client.sandbox.submits();
	const giveUp = new AbortController();
	const init = { method: 'POST', body: form(fields()), headers: bearer(client.token), signal: giveUp.signal };
	const response = client.send('/services/authenticate_face/', init);
	if ('hang' in action) {
		while (client.sandbox.submits() - before < made) await sleep(5);
		await sleep(100);
		giveUp.abort();
	}
	await expect(response).rejects.toThrow(/./);
	expect(client.sandbox.submits() - before).toBe(made);
	expect(client.sandbox.requests.at(-1)!.status).toBe(status);
	expect((await submit()).status).toBe(200);
});

it.each<[FaultAction, number]>([
	[{ delay: 200 }, 195],
	[{ drip: 3 }, 100],
])('%j: the real answer comes late', async (action, ms) => {
	client.sandbox.faults.add({ on: 'submit', times: 1, do: action });
	const start = Date.now();
	const { status, json } = await submit();
	expect(Date.now() - start).toBeGreaterThanOrEqual(ms);
	expect([status, json]).toEqual([200, { id: expect.any(String) }]);
});
