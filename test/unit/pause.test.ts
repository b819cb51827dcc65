import { getEventListeners } from 'node:events';
import { pause, withTimeout } from '../../nodes/shared/util/pause';

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

/** How long a promise takes, in ms. */
async function timed(promise: Promise<unknown>): Promise<number> {
	const start = performance.now();
	await promise;
	return performance.now() - start;
}

/** Never ends. */
const forever = () => new Promise<never>(() => undefined);

describe('pause', () => {
	test.each([0, 5, 30, 120])('of %i ms takes that long, and not much longer', async (ms) => {
		const took = await timed(pause(ms, undefined));
		expect(took).toBeGreaterThanOrEqual(ms);
		expect(took).toBeLessThan(ms + 60);
	});

	test.each([-5, -Infinity])('of %p ms is over at once', async (ms) => {
		expect(await timed(pause(ms, new AbortController().signal))).toBeLessThan(20);
	});

	test.each([
		['a long pause', 3_600_000],
		['a pause without end', Infinity],
	])('wakes from %s within 20 ms of the abort', async (_, ms) => {
		const controller = new AbortController();
		const sleeping = pause(ms, controller.signal);
		await timed(pause(70, undefined));
		expect(listeners(controller.signal)).toBe(1);
		const start = performance.now();
		controller.abort();
		await sleeping;
		expect(performance.now() - start).toBeLessThan(20);
		expect(listeners(controller.signal)).toBe(0);
	});

	test('does not begin where the signal has aborted already', async () => {
		const controller = new AbortController();
		controller.abort();
		expect(await timed(pause(10_000, controller.signal))).toBeLessThan(20);
		expect(listeners(controller.signal)).toBe(0);
	});

	test('leaves no listener when it ends by itself, however many there were', async () => {
		const { signal } = new AbortController();
		const all = Array.from({ length: 8 }, (_, i) => pause(10 + i * 10, signal));
		expect(listeners(signal)).toBe(8);
		await Promise.all(all);
		expect(listeners(signal)).toBe(0);
	});

	test('leaves no timer that runs on for more than 50 ms', async () => {
		const delays = jest.spyOn(global, 'setTimeout');
		try {
			await pause(180, undefined);
			const waited = delays.mock.calls.map(([, ms]) => Number(ms));
			expect(waited.length).toBeGreaterThan(2);
			expect(Math.max(...waited)).toBeLessThanOrEqual(50);
		} finally {
			delays.mockRestore();
		}
	});
});

describe('within', () => {
	test('gives the value of work that ends in time', async () => {
		const { signal } = new AbortController();
		expect(await withTimeout(Promise.resolve(7), 1000, signal)).toEqual({ value: 7 });
		expect(
			await withTimeout(
				pause(20, undefined).then(() => 'x'),
				1000,
				signal,
			),
		).toEqual({ value: 'x' });
		expect(listeners(signal)).toBe(0);
	});

	test('a value of undefined is a value', async () => {
		expect(await withTimeout(Promise.resolve(undefined), 1000, undefined)).toEqual({ value: undefined });
	});

	test('passes on what the work throws, and leaves no listener', async () => {
		const { signal } = new AbortController();
		await expect(withTimeout(Promise.reject(new TypeError('broken')), 1000, signal)).rejects.toThrow(
			new TypeError('broken'),
		);
		expect(listeners(signal)).toBe(0);
	});

	test('tells when time ran out', async () => {
		const { signal } = new AbortController();
		const start = performance.now();
		expect(await withTimeout(forever(), 80, signal)).toBe('late');
		const took = performance.now() - start;
		expect(took).toBeGreaterThanOrEqual(80);
		expect(took).toBeLessThan(160);
		expect(listeners(signal)).toBe(0);
	});

	test.each([0, -1])('%p ms are over at once', async (ms) => {
		expect(await withTimeout(forever(), ms, undefined)).toBe('late');
	});

	test('tells within 20 ms that the signal aborted', async () => {
		const controller = new AbortController();
		const result = withTimeout(forever(), 3_600_000, controller.signal);
		await pause(60, undefined);
		const start = performance.now();
		controller.abort();
		expect(await result).toBe('aborted');
		expect(performance.now() - start).toBeLessThan(20);
		expect(listeners(controller.signal)).toBe(0);
	});

	test('tells at once where it had aborted already', async () => {
		const controller = new AbortController();
		controller.abort();
		expect(await withTimeout(forever(), 10_000, controller.signal)).toBe('aborted');
		expect(listeners(controller.signal)).toBe(0);
	});

	test('work that breaks after its time is heard by nobody, and brings nothing down', async () => {
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
		await withTimeout(Promise.resolve(1), 60_000, undefined);
		const delays = jest.spyOn(global, 'setTimeout');
		try {
			await timed(new Promise((resolve) => setImmediate(resolve)));
			delays.mockClear();
			const end = performance.now() + 120;
			while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
			expect(delays).not.toHaveBeenCalled();
		} finally {
			delays.mockRestore();
		}
	});
});
