import { sleep } from 'n8n-workflow';

/** No single timer runs longer than this (ms), so none outlives a stopped execution by more. */
const SLICE_MS = 50;

/** Waits for `ms`, or until the signal aborts, whichever comes first. Never throws; leaves no listener behind. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	const end = performance.now() + ms;
	let endSlice = () => {};
	const wake = () => endSlice();
	signal?.addEventListener('abort', wake, { once: true });
	try {
		while (!signal?.aborted) {
			const left = end - performance.now();
			if (left <= 0) return;
			// A promise for each slice: one that all slices waited for would keep a reaction of each until the end.
			await new Promise<void>((resolve) => {
				endSlice = resolve;
				void sleep(Math.min(left, SLICE_MS)).then(resolve);
			});
		}
	} finally {
		signal?.removeEventListener('abort', wake);
	}
}

/** What came of a piece of work that was given a time limit. */
export type Timed<T> = { value: T } | 'late' | 'aborted';

/**
 * Waits for the work at most `ms`. It tells when time ran out or the signal aborted; the work keeps running and its result is
 * ignored, since n8n offers no way to cut a single request short. Passes on what the work throws.
 */
export async function withTimeout<T>(
	work: Promise<T>,
	ms: number,
	signal: AbortSignal | undefined,
): Promise<Timed<T>> {
	const done = new AbortController();
	const stop = () => done.abort();
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();
	const overrun = pause(ms, done.signal).then((): Timed<T> => (signal?.aborted ? 'aborted' : 'late'));
	try {
		return await Promise.race([work.then((value): Timed<T> => ({ value })), overrun]);
	} finally {
		stop();
		signal?.removeEventListener('abort', stop);
	}
}
