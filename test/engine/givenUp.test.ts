import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { BinaryDataService } from 'n8n-core';
import { PENDING, taskId } from './support/answers';
import { fakeBinaryStore, outcomeOf, setupFor } from './support/check';
import { CREDENTIAL_ID, runNode, storeOf, type Setup } from './support/engine';
import { holdConnection, settle, useVirtualTime } from './support/virtualTime';
import { WireServer, answer, useFakeResolver, type Script } from './support/wireServer';

useVirtualTime();
useFakeResolver();
beforeAll(() => fakeBinaryStore());

type Step = 'login' | 'submit' | 'poll';

let server: WireServer;
afterEach(() => server.close());
/** Runs a node against a server that does this, and whose tasks do not end. Returns the run, and how long it took in ms. */
async function run(script: Script, setup: Partial<Setup> = {}) {
	server = await WireServer.start({ poll: () => answer(200, PENDING), ...script });
	const account = { ...setupFor(server).account!, username: `kyc-bot-${Math.random()}` };
	setup.credentials?.edit(CREDENTIAL_ID, account);
	const ran = await runNode({ ...setupFor(server, 20, { node: 'faceLiveness', account }), ...setup });
	return { ran, ms: Math.round(ran.tookMs) };
}

/** Stops the execution a second after its start. */
const stopped = { onStarted: (stop: () => void) => void setTimeout(stop, 1000) };
const MB = 1024 * 1024;

describe.each<Step>(['login', 'submit', 'poll'])('an answer to the %s', (step) => {
	/** Returns a server that begins an answer of its own at this step, and how many were begun and closed. */
	const answering = (begin: (response: ServerResponse) => void) => {
		const count = { begun: 0, closed: 0 };
		const own = (response: ServerResponse) => {
			count.begun++;
			response.on('close', () => count.closed++);
			begin(response);
		};
		return { count, script: { [step]: () => ({ do: 'own', answer: own }) } as Script };
	};

	test.each([false, true])(
		'that does not end closes its connection (compressed: %p)',
		async (isCompressed) => {
			const piece = isCompressed ? gzipSync(Buffer.alloc(MB)) : Buffer.alloc(MB);
			let sent = 0;
			const { count, script } = answering((response) => {
				response.writeHead(200, isCompressed ? { 'content-encoding': 'gzip' } : {});
				let left = 64;
				const send = () => {
					while (left > 0 && !response.destroyed) {
						left--;
						sent += piece.length;
						if (!response.write(piece)) return void response.once('drain', send);
					}
					response.end();
				};
				send();
			});
			const { ran } = await run(script);
			await settle();
			const requests = step === 'poll' ? 3 : 1;
			expect(outcomeOf(ran)).toBe(step === 'submit' ? 'OUTCOME_UNKNOWN' : 'BAD_RESPONSE');
			expect(count).toEqual({ begun: requests, closed: requests });
			// Ten are read, and the system holds some.
			expect(sent / requests).toBeLessThan(32 * MB);
		},
	);

	test.each([
		['Stop', 'canceled', 10_000],
		['its time limit', 'error', 5 * 60_000],
	])('that begins and does not go on has its connection closed by %s', async (_, status, withinMs) => {
		let stop = () => {};
		const { count, script } = answering((response) => {
			const { socket } = response;
			response.writeHead(200).write('{');
			// Requests under way arrive before time goes by.
			void settle().then(() => {
				holdConnection(socket!);
				if (status === 'canceled') stop();
			});
		});
		const { ran, ms } = await run(script, { onStarted: (cancel) => (stop = cancel) });
		await settle();
		expect(count.begun).toBeGreaterThan(0);
		expect(count.closed).toBe(count.begun);
		expect(ran.status).toBe(status);
		expect(ms).toBeLessThanOrEqual(withinMs);
	});
});

test.each([
	['Stop', stopped, 'canceled', '', 1000],
	['the Timeout', {}, 'error', '[NO_IMAGE]', 20_000],
])('a photo that n8n never reads is given up by %s', async (_, setup, status, code, expectedMs) => {
	const reading = jest.spyOn(BinaryDataService.prototype, 'getAsBuffer');
	reading.mockReturnValue(new Promise(() => {}));
	const { ran, ms } = await run({}, setup);
	reading.mockRestore();
	fakeBinaryStore();
	expect([ran.status, ms]).toEqual([status, expectedMs]);
	expect(ran.error?.description ?? '').toContain(code);
});

describe('a credential that n8n never reads', () => {
	/** Submits a photo with a credential whose n-th reading (from 0) never ends. */
	async function submit(nth: number, setup: Partial<Setup> = {}) {
		let readings = 0;
		const credentials = storeOf({});
		const read = credentials.getDecrypted.bind(credentials);
		jest
			.spyOn(credentials, 'getDecrypted')
			.mockImplementation((...args) => (readings++ === nth ? new Promise(() => {}) : read(...args)));
		return run({}, { credentials, parameters: { operation: 'submit' }, ...setup });
	}

	test('is not awaited for longer than 5 s to sign a task: what was read signs it', async () => {
		const { ran, ms } = await submit(1);
		const [{ receipt, ...json }] = ran.json;
		expect(json).toEqual({ taskId: taskId(0), submittedAt: expect.any(String) });
		expect(receipt).toMatch(/^pgr1\./);
		expect(ms).toBe(5000);
	});

	test('is not awaited for longer than an upload may take', async () => {
		const { ran, ms } = await submit(0);
		expect(outcomeOf(ran)).toBe('UNREACHABLE');
		expect(ms).toBeLessThan(5 * 60_000);
	});

	test.each([0, 1])('is given up by Stop at once, in reading %i', async (nth) => {
		const { ran, ms } = await submit(nth, stopped);
		expect([ran.status, ms]).toEqual(['canceled', 1000]);
	});
});
