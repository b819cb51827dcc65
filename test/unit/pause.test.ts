import { getEventListeners } from 'node:events';
import { pause, withTimeout } from '../../nodes/shared/util/pause';
import { timersLeft, useVirtualTime } from '../engine/support/virtualTime';

useVirtualTime();

const HOUR_MS = 3_600_000;
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

/** Returns the time that a promise takes, in ms of virtual time. */
async function timed(promise: Promise<unknown>): Promise<number> {
	const start = performance.now();
	await promise;
	return performance.now() - start;
}

/** Never ends. */
const forever = () => new Promise<never>(() => undefined);

/** Returns a signal that aborts after `ms`. */
function abortedAfter(ms: number): AbortSignal {
	const controller = new AbortController();
	setTimeout(() => controller.abort(), ms);
	return controller.signal;
}

describe('pause', () => {
	test.each([-Infinity, -5, 0, 1, 50, 51, 60_000])('of %p ms takes that long, or no time', async (ms) => {
		expect(await timed(pause(ms, undefined))).toBe(Math.max(0, ms));
	});

	test.each([
		['a long pause', HOUR_MS],
		['a pause without end', Infinity],
	])('wakes from %s at the moment of the abort, and leaves no listener', async (_, ms) => {
		const signal = abortedAfter(70);
		const pausing = timed(pause(ms, signal));
		expect(listeners(signal)).toBe(1);
		expect(await pausing).toBe(70);
		expect(listeners(signal)).toBe(0);
	});

	test('does not begin if the signal has aborted already', async () => {
		const signal = AbortSignal.abort();
		expect(await timed(pause(10_000, signal))).toBe(0);
		expect(listeners(signal)).toBe(0);
	});

	test('one listener serves all that wait for a signal, and goes with the last of them', async () => {
		const { signal } = new AbortController();
		const all = Array.from({ length: 8 }, (_, i) => pause(10 + i * 10, signal));
		expect(listeners(signal)).toBe(1);
		await Promise.all(all);
		expect(listeners(signal)).toBe(0);
	});

	test('leaves no timer that runs on for more than 50 ms', async () => {
		const before = timersLeft();
		await pause(HOUR_MS, abortedAfter(180));
		expect(timersLeft() - before).toBe(1);
		await timed(new Promise((resolve) => setTimeout(resolve, 50)));
		expect(timersLeft() - before).toBe(0);
	});
});

describe('withTimeout', () => {
	test.each([7, undefined])('returns the value of work that ends in time, %p', async (value) => {
		const { signal } = new AbortController();
		expect(await withTimeout(Promise.resolve(value), 1000, signal)).toEqual({ value });
		const later = pause(20, undefined).then(() => value);
		expect(await withTimeout(later, 1000, signal)).toEqual({ value });
		expect(listeners(signal)).toBe(0);
	});

	test('passes on what the work throws, and leaves no listener', async () => {
		const { signal } = new AbortController();
		const error = new TypeError('broken');
		await expect(withTimeout(Promise.reject(error), 1000, signal)).rejects.toThrow(error);
		expect(listeners(signal)).toBe(0);
	});

	test.each([-1, 0, 1, 80, 15_000])('of %i ms tells that time ran out, exactly then', async (ms) => {
		const { signal } = new AbortController();
		const result = withTimeout(forever(), ms, signal);
		expect(await timed(result)).toBe(Math.max(0, ms));
		expect(await result).toBe('late');
		expect(listeners(signal)).toBe(0);
	});

	test.each([
		[60, () => abortedAfter(60)],
		[0, () => AbortSignal.abort()],
	])('tells that the signal aborted, after %i ms', async (ms, signalOf) => {
		const signal = signalOf();
		const result = withTimeout(forever(), HOUR_MS, signal);
		expect(await timed(result)).toBe(ms);
		expect(await result).toBe('aborted');
		expect(listeners(signal)).toBe(0);
	});

	test('an error of work that has timed out is not an unhandled rejection', async () => {
		const unhandled = jest.fn();
		process.on('unhandledRejection', unhandled);
		try {
			const work = pause(40, undefined).then(() => Promise.reject(new Error('too late')));
			expect(await withTimeout(work, 10, undefined)).toBe('late');
			await pause(80, undefined);
			expect(unhandled).not.toHaveBeenCalled();
		} finally {
			process.off('unhandledRejection', unhandled);
		}
	});

	test('keeps no timer going once the work has ended', async () => {
		const before = timersLeft();
		await withTimeout(Promise.resolve(1), 60_000, undefined);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(timersLeft() - before).toBe(0);
	});
});
