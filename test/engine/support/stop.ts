import { getEventListeners } from 'node:events';
import { BinaryDataService } from 'n8n-core';
import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { AuthenticateFace, FaceLiveness, RegisterFace } from '../../../index';
import { fakeBinaryStore, setupFor, storedPhoto } from './check';
import { runNode, type Ran, type Setup } from './engine';
import { PHOTO } from './items';
import { timersLeft } from './virtualTime';
import { WireServer, type Script } from './wireServer';

/** When an execution is stopped: one of these calls `stop`. */
export interface Moment {
	/** What the server does. */
	script?: (stop: () => void, lanes: number) => Script;
	/** What n8n's storage does before it gives a photo. */
	read?: (stop: () => void) => Promise<void>;
	/** How long after the start of the execution it is stopped, in ms. */
	afterMs?: number;
}

/** What a stopped execution did, and what it left behind. */
export interface Stopped {
	ran: Ran;
	/** From the engine's cancel to the end of the run, in ms of virtual time. */
	endedAfterMs: number;
	/** How many requests were begun after the cancel, until a minute after the run's end. */
	lateRequests: number;
	/** How many photos n8n was asked for after the cancel: those of items begun before it, no others. */
	lateReads: number;
	leftovers: Leftovers;
}

/** Listeners on the cancel signals that the node was given, and timers that keep the process alive, 50 ms after the run. */
export interface Leftovers {
	listeners: number;
	timers: number;
}

const ITEMS = 6;
const MINUTE_MS = 60_000;
/** No timer of the node's is longer. */
const SLICE_MS = 50;

let beforeRead: () => Promise<void>;
let signals: Set<AbortSignal>;

/** Lets `runAndStop` see which photos are read, and the cancel signals that the nodes get. */
export function watchNodes(): void {
	fakeBinaryStore();
	jest.spyOn(BinaryDataService.prototype, 'getAsBuffer').mockImplementation(async () => {
		await beforeRead();
		return PHOTO;
	});
	for (const { prototype } of [AuthenticateFace, FaceLiveness, RegisterFace]) {
		const { execute } = prototype;
		jest.spyOn(prototype, 'execute').mockImplementation(async function (this: IExecuteFunctions) {
			signals.add(this.getExecutionCancelSignal()!);
			return await execute.call(this);
		});
	}
}

/** Runs a node with six items, and stops the execution at this moment; it is not stopped where the moment never comes. */
export async function runAndStop(
	{ script = () => ({}), read, afterMs }: Moment,
	lanes: number,
	{ parameters, ...setup }: Partial<Setup> = {},
): Promise<Stopped> {
	let cancel = () => {};
	let stoppedAt: number | undefined;
	let lateReads = 0;
	const stop = () => {
		stoppedAt ??= server.now();
		cancel();
	};
	const server = await WireServer.start(script(stop, lanes));
	signals = new Set();
	beforeRead = async () => {
		if (stoppedAt !== undefined) lateReads++;
		await read?.(stop);
	};
	const ran = await runNode({
		...setupFor(server, 30, {
			items: Array.from({ length: ITEMS }, () => storedPhoto()),
			...setup,
			parameters: { options: { concurrency: lanes, timeout: 30, ...(parameters?.options as IDataObject) } },
		}),
		outputs: 3,
		onStarted: (cancelRun) => {
			cancel = cancelRun;
			if (afterMs === 0) stop();
			else if (afterMs !== undefined) setTimeout(stop, afterMs);
		},
	});
	const endedAt = server.now();
	await sleep(SLICE_MS);
	const leftovers = { listeners: listenersOn(signals), timers: timersLeft() - server.timersLeft };
	await sleep(MINUTE_MS);
	await server.close();
	const lateRequests = server.lookups.filter((at) => at > (stoppedAt ?? Infinity)).length;
	return { ran, endedAfterMs: endedAt - (stoppedAt ?? NaN), lateRequests, lateReads, leftovers };
}

const listenersOn = (signals: Set<AbortSignal>): number =>
	[...signals].flatMap((signal) => getEventListeners(signal, 'abort')).length;
