import { getEventListeners } from 'node:events';
import { BinaryDataService } from 'n8n-core';
import { sleep, type IDataObject } from 'n8n-workflow';
import { fakeBinaryStore, setupFor, storedPhoto } from './check';
import { NODE_CLASSES, beforeRuns, runNode, type Ran, type Setup } from './engine';
import { PHOTO } from './items';
import { timersLeft } from './virtualTime';
import { WireServer, type Script } from './wireServer';

/** When an execution is stopped: one of these calls `stop`. */
export interface Moment {
	/** The server's script. */
	script?: (stop: () => void, lanes: number) => Script;
	/** The act of n8n's storage before it returns a photo. */
	read?: (stop: () => void) => Promise<void>;
	/** The time from the start of the execution to the stop, in ms. */
	afterMs?: number;
}

/** The results of a stopped execution. */
export interface Stopped {
	ran: Ran;
	/** From the engine's cancel to the end of the run, in ms of virtual time. */
	endedAfterMs: number;
	/** The number of requests that were begun after the cancel, until a minute after the run's end. */
	lateRequests: number;
	/** The number of photos that n8n was asked for after the cancel: those of items begun before it, no others. */
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

/** Lets `runAndStop` see which photos are read, and the cancel signals that nodes get. */
export function watchNodes(): void {
	fakeBinaryStore();
	jest.spyOn(BinaryDataService.prototype, 'getAsBuffer').mockImplementation(async () => {
		await beforeRead();
		return PHOTO;
	});
	beforeRuns(NODE_CLASSES.authenticateFace, (context) => signals.add(context.getExecutionCancelSignal()!));
}

/** Runs a node with six items, and stops the execution at this moment; it is not stopped if the moment never comes. */
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
