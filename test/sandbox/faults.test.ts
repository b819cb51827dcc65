import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { scenarioUuid, startSandbox, type Fault, type FaultAction, type Sandbox } from '../../sandbox';
import { anyFile, bearer, login, look, post, send, type Answer } from './support/client';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => await sandbox.close());

const submit = async () =>
	await post(
		sandbox,
		'/services/authenticate_face/',
		{ image: anyFile(), uuid: scenarioUuid('pass') },
		token,
	);

/** Adds a fault by either way; gives what takes it away. */
const ways: [string, (fault: Fault) => Promise<() => Promise<void>>][] = [
	[
		'programmatic handle',
		async (fault) => {
			const remove = sandbox.faults.add(fault);
			return async () => remove();
		},
	],
	[
		'admin endpoint',
		async (fault) => {
			const init = {
				method: 'POST',
				body: JSON.stringify(fault),
				headers: { 'content-type': 'application/json' },
			};
			const { status, json } = await send(sandbox, '/sandbox/faults', init);
			expect([status, json]).toEqual([201, { ...fault, id: expect.any(String), hits: 0 }]);
			return async () => void (await send(sandbox, `/sandbox/faults/${json.id}`, { method: 'DELETE' }));
		},
	],
];

describe.each(ways)('by the %s', (_way, add) => {
	it('answers with a status, a JSON body and headers; no task is made', async () => {
		const body = { detail: 'Request was throttled. Expected available in 7 seconds.' };
		await add({ on: 'submit', times: 1, do: { status: 429, body, headers: { 'retry-after': '7' } } });
		const before = sandbox.submits();
		const { status, json, headers } = await submit();
		expect([status, json, headers.get('retry-after')]).toEqual([429, body, '7']);
		expect(sandbox.submits()).toBe(before);
		expect((await submit()).status).toBe(200);
	});

	it('is gone once it was taken away', async () => {
		const remove = await add({ on: 'submit', do: { status: 500 } });
		expect((await submit()).status).toBe(500);
		expect((await submit()).status).toBe(500);
		await remove();
		expect((await submit()).status).toBe(200);
	});
});

it('sends a text as HTML', async () => {
	sandbox.faults.add({ on: 'any', times: 1, do: { status: 502, body: '<html>Bad Gateway</html>' } });
	const { status, text, headers } = await submit();
	expect([status, text]).toEqual([502, '<html>Bad Gateway</html>']);
	expect(headers.get('content-type')).toMatch(/^text\/html/);
});

it.each<[Fault['on'], () => Promise<Answer>]>([
	['login', async () => await post(sandbox, '/accounts/token/obtain/', { username: 'a', password: 'b' })],
	['refresh', async () => await post(sandbox, '/accounts/token/refresh/', { refresh: 'x' })],
	['submit', submit],
	['task', async () => await look(sandbox, '98008e56-cd6f-410c-9d8d-f9e620661395', token)],
])('on %s hits that alone', async (on, request) => {
	const all: Fault['on'][] = ['login', 'refresh', 'submit', 'task'];
	const removals = all
		.filter((other) => other !== on)
		.map((other) => sandbox.faults.add({ on: other, do: { status: 418 } }));
	expect((await request()).status).not.toBe(418);
	removals.forEach((remove) => remove());
	sandbox.faults.add({ on, do: { status: 418 } });
	expect((await request()).status).toBe(418);
});

it("on a service's name hits uploads to that service alone", async () => {
	sandbox.faults.add({ on: 'register_face', do: { status: 418 } });
	const statusOf = async (service: string) =>
		(await post(sandbox, `/services/${service}/`, { image: anyFile(), uuid: scenarioUuid('pass') }, token))
			.status;
	expect(await statusOf('register_face')).toBe(418);
	expect([await statusOf('face_liveness'), await statusOf('authenticate_face')]).toEqual([200, 200]);
	expect((await look(sandbox, '98008e56-cd6f-410c-9d8d-f9e620661395', token)).status).toBe(404);
});

it('on any hits every request to the API, and never the page or its own endpoints', async () => {
	sandbox.faults.add({ on: 'any', do: { status: 418 } });
	expect((await submit()).status).toBe(418);
	expect((await send(sandbox, '/services/ocr_card/', { method: 'POST' })).status).toBe(418);
	expect((await send(sandbox, '/sandbox/faults')).status).toBe(200);
	expect((await fetch(sandbox.origin)).status).toBe(200);
});

it('lets `after` requests pass, then hits `times`; the oldest fault that hits decides', async () => {
	sandbox.faults.add({ on: 'task', after: 1, times: 2, do: { status: 503 } });
	sandbox.faults.add({ on: 'any', after: 0, times: 3, do: { status: 429 } });
	const statuses = [];
	for (let count = 0; count < 6; count += 1) {
		statuses.push((await look(sandbox, '98008e56-cd6f-410c-9d8d-f9e620661395', token)).status);
	}
	expect(statuses).toEqual([429, 503, 503, 429, 429, 404]);
	expect((await send(sandbox, '/sandbox/faults')).json).toEqual([]);
});

it('answers before it has read the body and resets the connection, as gunicorn does', async () => {
	const status = 401;
	sandbox.faults.add({ on: 'submit', times: 1, do: { status, body: { detail: 'No.' }, unread: true } });
	const socket = connect(Number(new URL(sandbox.baseUrl).port), '127.0.0.1');
	let reply = '';
	socket.on('data', (chunk) => (reply += String(chunk)));
	const reset = once(socket, 'error');
	socket.write('POST /api/v3/services/face_liveness/ HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n');
	expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
	expect(reply).toMatch(/^HTTP\/1\.1 401 [^]*\{"detail":"No\."\}$/);
	expect((await submit()).status).toBe(200);
});

describe('a connection that breaks', () => {
	it.each<[FaultAction, number]>([
		[{ reset: 'before' }, 0],
		[{ reset: 'afterBody' }, 1],
		[{ reset: 'midAnswer' }, 1],
		[{ hang: true }, 1],
	])('%j: the client gets no answer; tasks made: %d', async (action, made) => {
		sandbox.faults.add({ on: 'submit', times: 1, do: action });
		const before = sandbox.submits();
		const giveUp = new AbortController();
		const fields = new FormData();
		fields.append('image', anyFile());
		fields.append('uuid', scenarioUuid('pass'));
		const response = fetch(`${sandbox.baseUrl}/services/authenticate_face/`, {
			method: 'POST',
			body: fields,
			headers: bearer(token),
			signal: giveUp.signal,
		});
		if ('hang' in action) {
			while (sandbox.submits() - before < made) await sleep(5);
			await sleep(100);
			giveUp.abort();
		}
		const name = 'hang' in action ? 'AbortError' : 'TypeError';
		await expect(response.then(async (answer) => await answer.json())).rejects.toMatchObject({ name });
		expect(sandbox.submits() - before).toBe(made);
		expect(sandbox.requests.at(-1)!.status).toBe('reset' in action && action.reset === 'midAnswer' ? 200 : 0);
		expect((await submit()).status).toBe(200);
	});

	it('breaks in the middle of the answer, not before it', async () => {
		sandbox.faults.add({ on: 'login', times: 1, do: { reset: 'midAnswer' } });
		const response = await fetch(`${sandbox.baseUrl}/accounts/token/obtain/`, { method: 'POST' });
		expect(response.status).toBe(400);
		await expect(response.text()).rejects.toThrow(/./);
	});
});

it('answers late, with the real answer', async () => {
	sandbox.faults.add({ on: 'submit', times: 1, do: { delay: 200 } });
	const start = Date.now();
	const { status, json } = await submit();
	expect(Date.now() - start).toBeGreaterThanOrEqual(195);
	expect([status, json]).toEqual([200, { id: expect.any(String) }]);
});

it('drips the real answer byte by byte', async () => {
	sandbox.faults.add({ on: 'submit', times: 1, do: { drip: 3 } });
	const start = Date.now();
	const { status, text, json } = await submit();
	expect(Date.now() - start).toBeGreaterThanOrEqual(text.length * 2);
	expect([status, json]).toEqual([200, { id: expect.any(String) }]);
});

it('takes all faults away by DELETE', async () => {
	sandbox.faults.add({ on: 'any', do: { status: 500 } });
	expect((await send(sandbox, '/sandbox/faults', { method: 'DELETE' })).status).toBe(204);
	expect((await submit()).status).toBe(200);
	expect((await send(sandbox, '/sandbox/faults/none', { method: 'DELETE' })).status).toBe(404);
});

it.each<[string, unknown]>([
	['an unknown kind of request', { on: 'logout', do: { status: 500 } }],
	['no action', { on: 'any' }],
	['two actions', { on: 'any', do: { status: 500, delay: 5 } }],
	['a status that is none', { on: 'any', do: { status: 42 } }],
	['a header with a line break', { on: 'any', do: { status: 500, headers: { a: 'b\r\nc: d' } } }],
	['no times', { on: 'any', times: 0, do: { status: 500 } }],
	['an unknown key', { on: 'any', do: { status: 500 }, chance: 1 }],
	['a text', 'any'],
])('refuses %s', async (_case, fault) => {
	expect(() => sandbox.faults.add(fault as Fault)).toThrow(/./);
	const init = {
		method: 'POST',
		body: JSON.stringify(fault),
		headers: { 'content-type': 'application/json' },
	};
	expect((await send(sandbox, '/sandbox/faults', init)).status).toBe(400);
	expect((await submit()).status).toBe(200);
});

it('closes while requests hang and answers are late', async () => {
	const other = await startSandbox();
	other.faults.add({ on: 'login', times: 1, do: { hang: true } });
	other.faults.add({ on: 'login', do: { delay: 60_000 } });
	const hanging = [1, 2].map(async () => await post(other, '/accounts/token/obtain/', {}));
	const ends = Promise.allSettled(hanging);
	while (other.requests.length < 2) await sleep(5);
	await other.close();
	expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
