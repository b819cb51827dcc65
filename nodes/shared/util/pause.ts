import { sleep } from 'n8n-workflow';
import { MAX_RETRY_AFTER_MS } from '../limits';

/** No single timer runs longer than this (ms), so none outlives a stopped execution by more. */
const SLICE_MS = 50;

/** The calls to make when a signal aborts, and the listener that makes them. */
const waiting = new WeakMap<AbortSignal, { calls: Set<() => void>; listener: () => void }>();

/**
 * Calls `call` once when the signal aborts, at once if it has. Returns a function that undoes this. All calls of a signal share
 * one listener: Node warns of more than ten.
 */
export function onAbort(signal: AbortSignal | undefined, call: () => void): () => void {
	if (signal?.aborted) call();
	if (signal === undefined || signal.aborted) return () => {};
	const { calls, listener } = waiting.get(signal) ?? listen(signal);
	// The same function may be given twice.
	const own = () => call();
	calls.add(own);
	return () => {
		calls.delete(own);
		if (calls.size > 0) return;
		signal.removeEventListener('abort', listener);
		waiting.delete(signal);
	};
}

function listen(signal: AbortSignal) {
	const calls = new Set<() => void>();
	const listener = () => {
		for (const call of calls) call();
	};
	const entry = { calls, listener };
	waiting.set(signal, entry);
	signal.addEventListener('abort', listener, { once: true });
	return entry;
}

/** Waits for `ms`, or until the signal aborts, whichever comes first. Never throws; leaves no listener behind. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	const end = performance.now() + ms;
	let endSlice = () => {};
	const leave = onAbort(signal, () => endSlice());
	try {
		while (!signal?.aborted) {
			const left = end - performance.now();
			if (left <= 0) return;
			// One promise per slice: a shared one would collect a reaction per slice.
			await new Promise<void>((resolve) => {
				endSlice = resolve;
				void sleep(Math.min(left, SLICE_MS)).then(resolve);
			});
		}
	} finally {
		leave();
	}
}

/**
 * Returns the pause in ms before retry number `attempt`, from 0: the one in `delays`, varied by a quarter, or `waitMs` if the server
 * asked for a longer one. Undefined after the last retry, or if that exceeds a minute.
 */
export function retryDelay(delays: readonly number[], attempt: number, waitMs = 0): number | undefined {
	const delay = delays[attempt];
	if (delay === undefined || waitMs > MAX_RETRY_AFTER_MS) return undefined;
	return Math.max(waitMs, delay * (0.75 + Math.random() / 2));
}

/** The result of work with a time limit. */
export type Timed<T> = { value: T } | 'late' | 'aborted';

/**
 * Waits for the work at most `ms`, or until the signal aborts. The work then keeps running and its result is ignored: n8n
 * cannot cut a single request short. Throws what the work throws.
 */
export async function withTimeout<T>(
	work: Promise<T>,
	ms: number,
	signal: AbortSignal | undefined,
): Promise<Timed<T>> {
	const done = new AbortController();
	const stop = () => done.abort();
	const leave = onAbort(signal, stop);
	const overrun = pause(ms, done.signal).then((): Timed<T> => (signal?.aborted ? 'aborted' : 'late'));
	try {
		return await Promise.race([work.then((value): Timed<T> => ({ value })), overrun]);
	} finally {
		stop();
		leave();
	}
}
