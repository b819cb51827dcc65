import http, { type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { BinaryDataService } from 'n8n-core';
import { PENDING, taskId } from './support/answers';
import { fakeBinaryStore, outcomeOf, storedPhoto } from './support/check';
import { runNode, storeOf, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { holdConnection, useVirtualTime } from './support/virtualTime';

useVirtualTime();
beforeAll(() => fakeBinaryStore());

type Step = 'login' | 'upload' | 'poll';
const GOOD = { login: { access: 'token' }, upload: { id: taskId(0) }, poll: PENDING };
const stepOf = ({ method, url }: http.IncomingMessage): Step =>
	method === 'GET' ? 'poll' : url!.includes('/accounts/') ? 'login' : 'upload';

let ended = () => {};
afterEach(() => ended());

/** Starts a Progeny that does something else at one step. Returns an account for it. */
async function progenyThat(act: (response: ServerResponse) => void, at: Step) {
	const sockets = new Set<Socket>();
	const server = http.createServer((request, response) => {
		const step = stepOf(request);
		request.resume().on('end', () => {
			if (step === at) act(response);
			else response.end(JSON.stringify(GOOD[step]));
		});
	});
	server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	ended = () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	};
	const { port } = server.address() as AddressInfo;
	return accountAt(`http://127.0.0.1:${port}/api/v3`);
}

const accountAt = (baseUrl: string) => ({
	...{ baseUrl, username: `kyc-bot-${Math.random()}`, password: 'correct horse' },
	...{ accessToken: '', tokenMetadata: '' },
});

const run = (setup: Partial<Setup>) =>
	runNode({ node: 'faceLiveness', items: [fileItem(tinyJpeg())], ...setup });
/** Stops the execution a second after its start. */
const stopped = { onStarted: (stop: () => void) => void setTimeout(stop, 1000) };
/** Lets everything happen that is under way, without any time going by. */
const settle = async () => {
	for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const MB = 1024 * 1024;

describe.each<Step>(['login', 'upload', 'poll'])('an answer to the %s', (step) => {
	test.each([false, true])(
		'that does not end closes its connection (compressed: %p)',
		async (isCompressed) => {
			const piece = isCompressed ? gzipSync(Buffer.alloc(MB)) : Buffer.alloc(MB);
			let [sent, begun, closed] = [0, 0, 0];
			const account = await progenyThat((response) => {
				begun++;
				response.on('close', () => closed++);
				response.writeHead(200, isCompressed ? { 'content-encoding': 'gzip' } : {});
				let left = 64;
				const send = () => {
					while (left > 0 && !response.destroyed) {
						left--;
						sent += piece.length;
						if (!response.write(piece)) return void response.once('drain', send);
					}
				};
				send();
			}, step);
			const ran = await run({ account });
			await settle();
			const requests = step === 'poll' ? 3 : 1;
			expect([outcomeOf(ran), begun, closed]).toEqual([
				step === 'upload' ? 'OUTCOME_UNKNOWN' : 'BAD_RESPONSE',
				requests,
				requests,
			]);
			// Ten are read, and the system holds some.
			expect(sent / requests).toBeLessThan(32 * MB);
		},
	);

	test.each([
		['no answer', 'Stop', false, 10_000],
		['half an answer', 'Stop', true, 10_000],
		['no answer', 'its time limit', false, 5 * 60_000],
		['half an answer', 'its time limit', true, 5 * 60_000],
	])('%s: the connection is closed by %s', async (_, end, isHalf, withinMs) => {
		let [begun, closed, stop] = [0, 0, () => {}];
		const isStopped = end === 'Stop';
		const account = await progenyThat((response) => {
			begun++;
			const { socket } = response;
			socket!.on('close', () => closed++);
			if (isHalf) response.writeHead(200).write('{');
			// What is under way arrives before time goes by.
			void settle().then(() => {
				holdConnection(socket!);
				if (isStopped) stop();
			});
		}, step);
		const started = performance.now();
		const ran = await run({
			account,
			parameters: { options: { timeout: 20 } },
			onStarted: (cancel) => (stop = cancel),
		});
		const tookMs = performance.now() - started;
		await settle();
		expect(begun).toBeGreaterThan(0);
		expect(closed).toBe(begun);
		expect(ran.status).toBe(isStopped ? 'canceled' : 'error');
		expect(tookMs).toBeLessThanOrEqual(withinMs);
	});
});

describe('a photo that n8n never reads', () => {
	const photo = { items: [storedPhoto()], account: accountAt('http://127.0.0.1:1/api/v3') };
	const endless = () =>
		jest.spyOn(BinaryDataService.prototype, 'getAsBuffer').mockReturnValue(new Promise(() => {}));

	test.each([
		['Stop', stopped, 'canceled', 1000],
		['the Timeout', { parameters: { options: { timeout: 20 } } }, 'error', 20_000],
	])('is given up by %s', async (_, setup, status, ms) => {
		const reading = endless();
		const started = performance.now();
		const ran = await run({ ...photo, ...setup });
		reading.mockRestore();
		fakeBinaryStore();
		expect([ran.status, performance.now() - started]).toEqual([status, ms]);
	});
});

describe('a credential that n8n never reads', () => {
	/** Its n-th reading (from 0) never ends. */
	async function storeThatHangs(nth: number) {
		const credentials = storeOf(await progenyThat(() => {}, 'poll'));
		const read = credentials.getDecrypted.bind(credentials);
		let readings = 0;
		jest
			.spyOn(credentials, 'getDecrypted')
			.mockImplementation((...args) => (readings++ === nth ? new Promise(() => {}) : read(...args)));
		return credentials;
	}
	const submitting = async (nth: number, setup: Partial<Setup> = {}) => {
		const credentials = await storeThatHangs(nth);
		const started = performance.now();
		const ran = await run({ credentials, parameters: { operation: 'submit' }, ...setup });
		return { ran, ms: performance.now() - started };
	};

	test('is not waited for longer than 5 s to sign a task: what was read signs it', async () => {
		const { ran, ms } = await submitting(1);
		expect(ran.json).toEqual([
			expect.objectContaining({
				taskId: taskId(0),
				receipt: expect.stringMatching(/^pgr1\./),
				submittedAt: expect.any(String),
			}),
		]);
		expect(ms).toBe(5000);
	});

	test('is not waited for longer than an upload may take', async () => {
		const { ran, ms } = await submitting(0);
		expect(outcomeOf(ran)).toBe('UNREACHABLE');
		expect(ms).toBeLessThan(5 * 60_000);
	});

	test.each([0, 1])('is given up by Stop at once, in reading %i', async (nth) => {
		const { ran, ms } = await submitting(nth, stopped);
		expect([ran.status, ms]).toEqual(['canceled', 1000]);
	});
});
