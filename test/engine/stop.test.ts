import { getEventListeners } from 'node:events';
import { BinaryDataService } from 'n8n-core';
import { sleep, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { AuthenticateFace, FaceLiveness, RegisterFace } from '../../index';
import { runNode, type NodeName, type Ran } from './support/engine';
import { PENDING } from './support/answers';
import { watchTimers } from './support/timers';
import { PHOTO, fakeBinaryStore, setupFor, storedPhoto } from './faultMatrix/run';
import { NODES } from './support/services';
import { fakeResolver, WireServer, type Act, type Route, type Script } from './support/wireServer';

jest.mock('../../nodes/shared/task/schedule', () =>
	jest
		.requireActual('./support/fastTime')
		.fastSchedule(jest.requireActual('../../nodes/shared/task/schedule')),
);

/** n8n's Stop ends a run within this, in ms, also on a busy machine. What hangs here hangs for 15 s or more. */
const PROMPTNESS_MS = 250;
/** No timer of the node's runs longer than its 50 ms slices. */
const SLICES_MS = 150;
const ITEMS = 6;

const hang: Act = { do: 'silence' };
const pending: Act = { do: 'answer', status: 200, body: PENDING };
const throttled: Act = { do: 'answer', status: 429, body: {}, headers: { 'retry-after': '30' } };
const expired: Act = { do: 'answer', status: 401, body: { detail: 'Token is expired' } };

/** Calls `stop` when a request of this kind has been read for the n-th time, and does `act` with each. */
const stopAt =
	(route: Route, act: Act, more: (lanes: number) => Script = () => ({})) =>
	(stop: () => void, lanes: number): Script => ({
		...more(lanes),
		[route]: (n: number, seen?: unknown) => {
			if (seen !== undefined && n === (route === 'login' ? 0 : lanes - 1)) setTimeout(stop, 5);
			return act;
		},
	});

interface Moment {
	script: (stop: () => void, lanes: number) => Script;
	/** What n8n's storage does when the photo is read. */
	read?: (stop: () => void) => Promise<Buffer>;
	/** Stops as soon as the execution begins. */
	atOnce?: boolean;
	/** Stops this long after the execution began, in ms, as n8n does when a workflow's own timeout is over. */
	afterMs?: number;
}

const moments: Record<string, Moment> = {
	'before the first item': { script: () => ({}), atOnce: true },
	'while a photo is read': {
		script: () => ({}),
		read: async (stop) => {
			stop();
			await sleep(20);
			return PHOTO;
		},
	},
	'while the login is on the wire': { script: stopAt('login', { do: 'late', ms: 60 }) },
	'while the login hangs': { script: stopAt('login', hang) },
	'while uploads are on the wire': { script: stopAt('submit', { do: 'late', ms: 60 }) },
	'while uploads hang': { script: stopAt('submit', hang) },
	'while uploads wait for a Retry-After': { script: stopAt('submit', throttled) },
	'while the login is renewed for an upload': {
		script: (stop) => ({
			submit: () => expired,
			login: (n, seen) => {
				if (n === 0 || seen === undefined) return undefined;
				setTimeout(stop, 5);
				return { do: 'late', ms: 60 };
			},
		}),
	},
	'while tasks are waited for': {
		script: (stop, lanes) => ({
			submit: (n, seen) => {
				if (seen !== undefined && n === lanes - 1) setTimeout(stop, 60);
				return undefined;
			},
		}),
	},
	'while questions are on the wire': { script: stopAt('poll', hang) },
	'when a question has been answered': { script: stopAt('poll', pending) },
	'between items': {
		script: (stop, lanes) => ({
			submit: (n, seen) => {
				if (seen !== undefined && n === lanes) setTimeout(stop, 5);
				return undefined;
			},
		}),
	},
	'when the workflow has timed out': { script: () => ({ poll: () => pending }), afterMs: 300 },
};

/** The node's settings; `route` turns its named outputs on. */
const settings: Record<string, Partial<INode> & { route?: true }> = {
	'no settings': {},
	'Retry On Fail': { retryOnFail: true },
	continue: { onError: 'continueRegularOutput' },
	'continue (error output)': { onError: 'continueErrorOutput' },
	'continue and Retry On Fail': { onError: 'continueRegularOutput', retryOnFail: true },
	'continue and named outputs': { onError: 'continueRegularOutput', route: true },
};

interface Stopped {
	ran: Ran;
	/** From the engine's cancel to the end of the run, in ms. */
	promptnessMs: number;
	/** How many requests were begun after the cancel. */
	late: number;
	/** How many photos n8n was asked for after the cancel: those of items begun before it, no others. */
	lateReads: number;
	/** How many listeners were left on the cancel signals that the node was given. */
	listeners: number;
	server: WireServer;
}

/** By the name of the photo in n8n's storage: what reading it does, and the signals that the node was given. */
const readers = new Map<string, () => Promise<Buffer>>();
const signals = new Map<string, Set<AbortSignal>>();
let runs = 0;
let restoreResolver: () => void;

beforeAll(async () => {
	restoreResolver = fakeResolver();
	fakeBinaryStore();
	jest
		.spyOn(BinaryDataService.prototype, 'getAsBuffer')
		.mockImplementation(async ({ id }) => (await readers.get(id!)?.()) ?? PHOTO);
	for (const { prototype } of [AuthenticateFace, FaceLiveness, RegisterFace]) {
		const { execute } = prototype;
		jest.spyOn(prototype, 'execute').mockImplementation(async function (this: IExecuteFunctions) {
			const name = this.getInputData()[0].binary!.data.id!;
			signals.get(name)?.add(this.getExecutionCancelSignal()!);
			return await execute.call(this);
		});
	}
	const server = await WireServer.start();
	await runNode(setupFor(server));
	await server.close();
});
afterAll(() => restoreResolver());

async function runAndStop(
	node: NodeName,
	moment: Moment,
	lanes: number,
	{ route, ...nodeSettings }: (typeof settings)[string],
): Promise<Stopped> {
	const name = `test:${runs++}`;
	let cancel = () => {};
	let stoppedAt: number | undefined;
	let before = NaN;
	const stop = () => {
		if (stoppedAt !== undefined) return;
		stoppedAt = performance.now();
		before = server.now();
		cancel();
	};
	const server = await WireServer.start(moment.script(stop, lanes));
	let lateReads = 0;
	readers.set(name, async () => {
		if (stoppedAt !== undefined) lateReads++;
		return (await moment.read?.(stop)) ?? PHOTO;
	});
	signals.set(name, new Set());
	const ran = await runNode({
		...setupFor(server, 30, {
			node,
			items: Array.from({ length: ITEMS }, () => storedPhoto(name)),
			parameters: {
				options: {
					concurrency: lanes,
					timeout: 30,
					...(route === undefined ? {} : { routeByDecision: route }),
				},
			},
		}),
		settings: nodeSettings,
		outputs: 3,
		onStarted: (cancelRun) => {
			cancel = cancelRun;
			if (moment.atOnce) stop();
			if (moment.afterMs !== undefined) setTimeout(stop, moment.afterMs);
		},
	});
	const promptnessMs = performance.now() - (stoppedAt ?? NaN);
	await sleep(SLICES_MS);
	const late = server.lookups.filter((at) => at > before).length;
	const listeners = [...signals.get(name)!].reduce(
		(sum, signal) => sum + getEventListeners(signal, 'abort').length,
		0,
	);
	return { ran, promptnessMs, late, lateReads, listeners, server };
}

/** Every moment with one node. With the others, which share the way with it: the login, the upload and the wait. */
const EVERYWHERE = [
	'while the login is on the wire',
	'while uploads are on the wire',
	'while tasks are waited for',
];
const cases = NODES.flatMap(([node]) =>
	Object.entries(moments)
		.filter(([name]) => node === 'authenticateFace' || EVERYWHERE.includes(name))
		.map(([name, moment]) => [node, name, moment] as const),
);

describe.each(cases)('%s, stopped %s', (node, _moment, moment) => {
	describe.each(node === 'authenticateFace' ? [1, 5] : [5])('with %i at a time', (lanes) => {
		let results: Stopped[];
		let timersLeft: string[];
		beforeAll(async () => {
			const left = watchTimers(['wireServer.ts', 'stop.test.ts', 'node:_http_server']);
			results = await Promise.all(
				Object.values(settings).map((each) => runAndStop(node, moment, lanes, each)),
			);
			timersLeft = left();
			await Promise.all(results.map(({ server }) => server.close()));
		});

		test.each(Object.keys(settings).map((name, i) => [name, i] as const))(
			'%s: no further request, no item, the run ends at once',
			(_name, i) => {
				const { ran, promptnessMs, late, lateReads, listeners } = results[i];
				expect({ status: ran.status, late, listeners }).toEqual({
					status: 'canceled',
					late: 0,
					listeners: 0,
				});
				expect(lateReads).toBeLessThan(lanes);
				expect(promptnessMs).toBeLessThan(PROMPTNESS_MS);
				expect(ran.outputs.flat()).toEqual([]);
				expect(ran.arrived.flat()).toEqual([]);
			},
		);

		test('no timer is left that keeps the process alive', () => {
			expect(timersLeft).toEqual([]);
		});
	});
});

test.each([1, 5])(
	'a run that is not stopped leaves no listener and no timer either, with %i at a time',
	async (lanes) => {
		const name = `test:${runs++}`;
		signals.set(name, new Set());
		const left = watchTimers(['wireServer.ts', 'stop.test.ts', 'node:_http_server']);
		const server = await WireServer.start({
			submit: (n) => (n === 0 ? { do: 'answer', status: 503 } : undefined),
		});
		const ran = await runNode(
			setupFor(server, 30, {
				items: Array.from({ length: ITEMS }, () => storedPhoto(name)),
				parameters: { options: { concurrency: lanes, timeout: 30 } },
			}),
		);
		await sleep(SLICES_MS);
		const listeners = [...signals.get(name)!].map((signal) => getEventListeners(signal, 'abort').length);
		const timers = left();
		await server.close();
		expect(ran.json).toHaveLength(ITEMS);
		expect({ listeners, timers }).toEqual({ listeners: [0], timers: [] });
	},
);

test('what is watched for is seen: timers', async () => {
	const left = watchTimers([]);
	await sleep(1);
	const timer = setTimeout(() => {}, 60_000);
	const unheard = setTimeout(() => {}, 60_000);
	unheard.unref();
	expect(left()).toEqual([expect.stringContaining('stop.test.ts')]);
	clearTimeout(timer);
	clearTimeout(unheard);
});
