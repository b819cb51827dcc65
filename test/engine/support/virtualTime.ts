import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** The number of turns of the event loop after a timer, and after the start or end of a request. */
const TURNS = { timer: 2, request: 12 };

/** The HTTP requests of this process that have not ended. */
const requests = new Set<ClientRequest>();
/** The client ports of connections on which a server of this process waits for a timer, or does nothing for good. */
const held = new Set<number>();
/** The timers behind AbortSignal.timeout, which never keep a process alive. */
const signalTimers = new Set<unknown>();

/**
 * Runs a test file on virtual time: from its first test to its last, timers, `Date` and `performance` stand still while
 * the process works, and jump to the next timer once it is idle. A wait of an hour takes no time, and how long anything took
 * is the same on every machine. Sockets and files stay real: the process is not idle while it reads a file or a
 * request is on its way, unless `holdConnection` says that its server waits for time to pass.
 */
export function useVirtualTime(): void {
	let restore: () => void;
	beforeAll(() => {
		const restoreTimers = fakeTimers();
		const stop = moveTimeWhenIdle();
		restore = () => {
			stop();
			restoreTimers();
		};
	});
	afterAll(() => restore());
}

/** Tells that a server in this process does nothing about the request on this connection until it calls what it gets back. */
export function holdConnection({ remotePort }: Socket): () => void {
	held.add(remotePort!);
	return () => held.delete(remotePort!);
}

const isReadingFiles = (): boolean =>
	process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));

/** Lets everything happen that is under way, without any time going by. */
export async function settle(turns = 50): Promise<void> {
	for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Returns the number of pending timers that would keep the process alive. */
export const timersLeft = (): number => jest.getTimerCount() - signalTimers.size;

/**
 * Timers as Node has them: none is shorter than 1 ms, and AbortSignal.timeout is one of them. A socket's own timeout, which would
 * go off in real time, does not: n8n sets it to the limit that the node itself keeps.
 */
function fakeTimers(): () => void {
	const { timeout } = AbortSignal;
	const realTimeout = globalThis.setTimeout;
	const { setTimeout: socketTimeout } = ClientRequest.prototype;
	ClientRequest.prototype.setTimeout = function () {
		return this;
	};
	jest.useFakeTimers({
		doNotFake: [
			'nextTick',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
		],
	});
	const { setTimeout } = globalThis;
	globalThis.setTimeout = ((callback: () => void, ms = 1, ...rest: []) =>
		isOfJest()
			? realTimeout(callback, ms)
			: setTimeout(callback, Math.max(1, ms), ...rest)) as typeof setTimeout;
	AbortSignal.timeout = (ms) => {
		const controller = new AbortController();
		const timer = setTimeout(() => {
			signalTimers.delete(timer);
			controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
		}, ms);
		signalTimers.add(timer);
		return controller.signal;
	};
	return () => {
		AbortSignal.timeout = timeout;
		ClientRequest.prototype.setTimeout = socketTimeout;
		signalTimers.clear();
		jest.useRealTimers();
	};
}

/**
 * True if a reporter of jest's sets this timer: it shares the process if the tests run in band. Only the callers' files are read: a
 * stack in words, which jest maps to the sources, takes longer than most of what a timer starts.
 */
function isOfJest(): boolean {
	const isWorker = process.send !== undefined;
	if (isWorker) return false;
	const { prepareStackTrace, stackTraceLimit } = Error;
	Error.prepareStackTrace = (_, callers) => callers;
	Error.stackTraceLimit = 5;
	const callers = new Error().stack as unknown as NodeJS.CallSite[];
	Object.assign(Error, { prepareStackTrace, stackTraceLimit });
	return callers.some((caller) => caller.getFileName()?.includes('@jest/reporters'));
}

function moveTimeWhenIdle(): () => void {
	let turnsLeft = 0;
	const started = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		requests.add(request);
		turnsLeft = TURNS.request;
		request.once('close', () => {
			const { res } = request as { res?: IncomingMessage | null };
			const end = () => {
				requests.delete(request);
				turnsLeft = TURNS.request;
			};
			if (!res || res.closed) end();
			else res.once('close', end);
		});
	};
	const isHeld = ({ socket }: ClientRequest) => held.has(socket?.localPort ?? NaN);
	const turn = () => {
		if (turnsLeft > 0) turnsLeft--;
		else if (isReadingFiles()) turnsLeft = TURNS.timer;
		else if (jest.getTimerCount() > 0 && [...requests].every(isHeld)) {
			jest.advanceTimersToNextTimer();
			turnsLeft = Math.max(turnsLeft, TURNS.timer);
		}
		next = setImmediate(turn);
	};
	let next = setImmediate(turn);
	subscribe('http.client.request.start', started);
	return () => {
		clearImmediate(next);
		unsubscribe('http.client.request.start', started);
		requests.clear();
	};
}
