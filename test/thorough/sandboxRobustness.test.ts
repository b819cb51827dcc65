import { connect } from 'node:net';
import { scenarioUuid, startSandbox, type Sandbox } from '../../sandbox';
import { seededRandom } from '../../sandbox/random';
import { authenticate, login, photo, send } from '../sandbox/support/client';

const seed = 20_260_101;
const count = 1_000;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0, maxUploadBytes: 50_000 });
});
afterAll(async () => await sandbox.close());

const random = seededRandom(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Well-formed requests, to be mutated. */
function requests(token: string): Buffer[] {
	const multipart = (path: string, parts: string, authorized: boolean) => {
		const body = `${parts}--b--\r\n`;
		const auth = authorized ? `Authorization: Bearer ${token}\r\n` : '';
		return (
			`POST /api/v3${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${auth}` +
			`Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`
		);
	};
	const field = (name: string, value: string) =>
		`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
	const picture = photo('cat.png').subarray(0, 600).toString('latin1');
	const image = `--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n${picture}\r\n`;
	const json = '{"on":"login","times":1,"do":{"status":503,"headers":{"retry-after":"1"}}}';
	return [
		multipart(
			'/services/authenticate_face/',
			image + field('uuid', scenarioUuid('pass')) + field('extend_data', 'false'),
			true,
		),
		multipart('/services/face_liveness/', image + field('extend_data', 'true'), true),
		multipart(
			'/accounts/token/obtain/',
			field('username', 'sandbox') + field('password', 'sandbox-password'),
			false,
		),
		multipart('/accounts/token/refresh/', field('refresh', token), false),
		`GET /api/v3/services/task/?id=98008e56-cd6f-410c-9d8d-f9e620661395 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
		`POST /sandbox/faults HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`,
	].map((text) => Buffer.from(text, 'latin1'));
}

const at = (bytes: Buffer) => Math.floor(random() * bytes.length);
const splice = (bytes: Buffer, position: number, removed: number, added: Buffer) =>
	Buffer.concat([bytes.subarray(0, position), added, bytes.subarray(position + removed)]);
const replaceText = (from: RegExp, to: () => string) => (bytes: Buffer) =>
	Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

const mutations: ((bytes: Buffer) => Buffer)[] = [
	(bytes) => splice(bytes, at(bytes), 1, Buffer.of(Math.floor(random() * 256))),
	(bytes) => splice(bytes, at(bytes), Math.ceil(random() * 40), Buffer.alloc(0)),
	(bytes) =>
		splice(bytes, at(bytes), 0, Buffer.from(Array.from({ length: 30 }, () => Math.floor(random() * 256)))),
	(bytes) => bytes.subarray(0, at(bytes)),
	(bytes) => Buffer.concat([bytes, bytes.subarray(at(bytes))]),
	(bytes) => splice(bytes, bytes.length - 10, 0, Buffer.alloc(80_000, 0x41)),
	replaceText(
		/name="[^"]*"/,
		() => `name="${pick(['__proto__', 'constructor', '', 'image', 'uuid', 'a'.repeat(500)])}"`,
	),
	replaceText(
		/Content-Type: [^\r]*/,
		() => `Content-Type: ${pick(['application/json', 'text/plain', 'x', '', 'multipart/form-data'])}`,
	),
	replaceText(/Content-Length: \d+/, () => `Content-Length: ${pick(['0', '5', '-1', '99999999999', 'x'])}`),
	replaceText(/^\w+ /, () => `${pick(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'BREW'])} `),
	replaceText(
		/ \/[^ ]*/,
		() =>
			` ${pick(['/', '//', '/api/v3/%', '/api/v3/services/task/?id=%00', '/%E0%A4%A', '/sandbox/faults/..', `/${'a'.repeat(9000)}`])}`,
	),
	replaceText(/\{.*\}/, () =>
		pick(['{', '[]', 'null', '{"__proto__":{"status":1}}', '{"on":{}}', '{"do":[1]}', '"x"']),
	),
];

/** Sends bytes as they are; resolves with what came back once the connection is over, or after a moment of silence. */
function exchange(bytes: Buffer): Promise<string> {
	return new Promise((resolve) => {
		let reply = '';
		const socket = connect(Number(new URL(sandbox.origin).port), '127.0.0.1', () => socket.end(bytes));
		socket.setTimeout(500, () => socket.destroy());
		socket.on('data', (chunk) => (reply += chunk.toString('latin1')));
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(reply));
	});
}

it(`survives ${count} mutated requests (seed ${seed}) and still answers right`, async () => {
	const { access } = await login(sandbox);
	const templates = requests(access);
	const statuses = new Map<string, number>();
	const one = async () => {
		let bytes = pick(templates);
		for (let round = Math.ceil(random() * 2); round > 0; round -= 1) bytes = pick(mutations)(bytes);
		const reply = await exchange(bytes);
		const status = /^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? 'none';
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
	};
	for (let sent = 0; sent < count; sent += 50) await Promise.all(Array.from({ length: 50 }, one));

	const seen = Object.fromEntries(statuses);
	expect([...statuses.values()].reduce((sum, value) => sum + value)).toBe(count);
	// No request, however broken, may be the server's fault; 503 is what a fault in the templates answers.
	expect(Object.keys(seen).filter((status) => status.startsWith('5') && status !== '503')).toEqual([]);
	// And they must have got past the HTTP parser often enough to mean something.
	expect(seen['400']).toBeGreaterThan(200);
	expect(seen['200']).toBeGreaterThan(15);

	sandbox.faults.clear();
	const { json } = await authenticate(sandbox, (await login(sandbox)).access, scenarioUuid('pass'));
	expect(json.result.data.authentication.result).toBe(true);
	expect((await send(sandbox, '/sandbox/overview')).status).toBe(200);
});
