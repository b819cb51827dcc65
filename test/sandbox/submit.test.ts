import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { scenarioUuid, startSandbox, type Sandbox } from '../../sandbox';
import { anyFile, authenticate, bearer, finished, form, login, post, send } from './support/client';

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const stranger = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0, maxUploadBytes: 100_000 });
	token = (await login(sandbox)).access;
});
afterAll(async () => await sandbox.close());

it('accepts a submit with 200 and one key, a version-4 UUID', async () => {
	const before = sandbox.submits();
	const { status, json } = await post(
		sandbox,
		'/services/authenticate_face/',
		{ image: anyFile(), uuid: scenarioUuid('pass'), extend_data: 'false' },
		token,
	);
	expect([status, json]).toEqual([200, { id: expect.stringMatching(v4) }]);
	expect(sandbox.submits()).toBe(before + 1);
	expect(sandbox.tasks.at(-1)).toMatchObject({
		taskId: json.id,
		uuid: scenarioUuid('pass'),
		extendData: 'false',
	});
});

it('takes the last of two values, as Django does', async () => {
	const data = form({ image: anyFile(), uuid: scenarioUuid('spoof') });
	data.append('uuid', scenarioUuid('pass'));
	const { json } = await send(sandbox, '/services/authenticate_face/', {
		method: 'POST',
		body: data,
		headers: bearer(token),
	});
	expect(sandbox.tasks.find(({ taskId }) => taskId === json.id)?.scenario).toBe('pass');
});

it.each([99_000, 100_001, 400_000, 5_000_000])(
	'answers an upload of %d bytes, 413 above the limit',
	async (size) => {
		const image = new File([new Uint8Array(size)], 'face.jpg');
		const fields = { image, uuid: scenarioUuid('pass') };
		const { status, headers } = await post(sandbox, '/services/authenticate_face/', fields, token);
		expect(status).toBe(size <= 100_000 ? 200 : 413);
		expect(headers.get('content-type')).toMatch(size <= 100_000 ? /json/ : /html/);
	},
);

it.each([
	['application/json', '/accounts/token/obtain/'],
	['multipart/form-data; boundary=b', '/services/authenticate_face/'],
])('answers 413 to a body of type %s that does not say how long it is', async (type, path) => {
	const start = '--b\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n';
	const end = '\r\n--b--\r\n';
	const body = Readable.from([
		Buffer.from(start),
		...Array.from({ length: 20 }, () => Buffer.alloc(50_000, 'a')),
		Buffer.from(end),
	]);
	const headers = { ...bearer(token), 'content-type': type };
	const init = { method: 'POST', body: Readable.toWeb(body), headers, duplex: 'half' };
	expect((await send(sandbox, path, init as RequestInit)).status).toBe(413);
});

it('answers an upload without a token after it has read it, as a server behind a proxy does', async () => {
	const { port } = new URL(sandbox.baseUrl);
	const socket = connect(Number(port), '127.0.0.1');
	let reply = '';
	socket.on('data', (chunk) => (reply += String(chunk)));
	socket.write(
		'POST /api/v3/services/face_liveness/ HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n' +
			'Content-Length: 60000\r\nConnection: close\r\n\r\n',
	);
	socket.write(Buffer.alloc(30_000));
	await sleep(100);
	expect(reply).toBe('');
	socket.write(Buffer.alloc(30_000));
	await once(socket, 'close');
	expect(reply).toMatch(/^HTTP\/1\.1 401 /);
});

describe('a UUID that nobody is registered under', () => {
	afterEach(() => sandbox.set({ unknownUuid: 'task' }));

	it('is a 400 at the POST where it is told to refuse', async () => {
		sandbox.set({ unknownUuid: 'refuse' });
		const { status, json } = await authenticate(sandbox, token, stranger);
		expect([status, json]).toEqual([400, { uuid: ['Object with this uuid does not exist.'] }]);
	});

	it('makes the job fail where it is told to', async () => {
		sandbox.set({ unknownUuid: 'failure' });
		const { json } = await authenticate(sandbox, token, stranger);
		expect(json).toMatchObject({ status: 'FAILURE', result: { exc_type: 'DoesNotExist' } });
	});
});

it('adds provider data only where extend_data is true', async () => {
	for (const extend_data of ['true', 'false']) {
		const fields = { image: anyFile(), uuid: scenarioUuid('pass'), extend_data };
		const { json } = await post(sandbox, '/services/authenticate_face/', fields, token);
		const { data } = (await finished(sandbox, json.id, token)).json.result;
		expect('extend_data' in data).toBe(extend_data === 'true');
	}
});
