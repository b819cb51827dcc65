import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { mapItems, type ItemSignals } from '../../nodes/shared/util/mapItems';
import { cases } from '../support/thorough';

/** Work whose items end when the test says so. */
class Bench {
	readonly started: number[] = [];
	readonly signals: AbortSignal[] = [];
	halt: AbortSignal | undefined;
	private readonly ends: Array<{ resolve: (value: string) => void; reject: (reason: unknown) => void }> = [];

	readonly work = (index: number, { item, halt }: ItemSignals): Promise<string> => {
		this.started.push(index);
		this.signals[index] = item;
		this.halt = halt;
		return new Promise((resolve, reject) => (this.ends[index] = { resolve, reject }));
	};

	async finish(index: number): Promise<void> {
		this.ends[index].resolve(`result ${index}`);
		await settled();
	}

	async fail(index: number, reason: unknown = new Error(`item ${index}`)): Promise<void> {
		this.ends[index].reject(reason);
		await settled();
	}

	/** Returns the items under way that were told to stop. */
	stopped(): number[] {
		return this.started.filter((index) => this.signals[index].aborted);
	}
}

/** Lets everything run that can run now. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Returns the state of a promise, without waiting for it. */
function watch<T>(promise: Promise<T>) {
	const watched: { state: string; value?: T; reason?: unknown } = { state: 'pending' };
	promise.then(
		(value) => Object.assign(watched, { state: 'done', value }),
		(reason: unknown) => Object.assign(watched, { state: 'failed', reason }),
	);
	return watched;
}

describe('order and bound', () => {
	test('one more starts as soon as one has ended, in order', async () => {
		const bench = new Bench();
		const all = mapItems(5, 2, undefined, bench.work);
		expect(bench.started).toEqual([0, 1]);
		await bench.finish(1);
		expect(bench.started).toEqual([0, 1, 2]);
		await bench.finish(2);
		await bench.finish(3);
		expect(bench.started).toEqual([0, 1, 2, 3, 4]);
		await bench.finish(4);
		await bench.finish(0);
		await expect(all).resolves.toEqual([0, 1, 2, 3, 4].map((index) => `result ${index}`));
		expect(bench.stopped()).toEqual([]);
	});

	test('never more than the limit at a time, and every item exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat(4), { maxLength: 30 }),
				fc.integer({ min: 1, max: 50 }),
				async (ticks, limit) => {
					let underWay = 0;
					let most = 0;
					const calls: number[] = [];
					const results = await mapItems(ticks.length, limit, undefined, async (index) => {
						calls.push(index);
						most = Math.max(most, ++underWay);
						for (let tick = 0; tick <= ticks[index]; tick++) await Promise.resolve();
						underWay--;
						return index;
					});
					expect(results).toEqual(ticks.map((_, index) => index));
					expect(calls).toEqual(results);
					expect(most).toBe(Math.min(limit, ticks.length));
				},
			),
			cases(300),
		);
	});
});

describe('when an item fails', () => {
	test('no new one starts, later ones are told to stop, earlier ones are left to finish', async () => {
		const bench = new Bench();
		const all = watch(mapItems(9, 4, undefined, bench.work));
		expect(bench.halt!.aborted).toBe(false);
		await bench.fail(2);
		expect(bench.stopped()).toEqual([3]);
		// Earlier ones, too, may start nothing that has a cost.
		expect(bench.halt!.aborted).toBe(true);
		await bench.finish(0);
		await bench.finish(3);
		expect(bench.started).toEqual([0, 1, 2, 3]);
		expect(all.state).toBe('pending');
		await bench.finish(1);
		expect(all).toEqual({ state: 'failed', reason: new Error('item 2') });
	});

	test('the first in order is reported, though a later one failed before', async () => {
		const bench = new Bench();
		const all = watch(mapItems(5, 5, undefined, bench.work));
		await bench.fail(3);
		expect(bench.stopped()).toEqual([4]);
		await bench.fail(1);
		expect(bench.stopped()).toEqual([2, 4]);
		await bench.fail(4, new Error('stopped'));
		await bench.fail(2, new Error('stopped'));
		expect(all.state).toBe('pending');
		await bench.finish(0);
		expect(all).toEqual({ state: 'failed', reason: new Error('item 1') });
	});

	test('a failure without a reason is one all the same', async () => {
		const bench = new Bench();
		const all = watch(mapItems(2, 1, undefined, bench.work));
		await bench.fail(0, undefined as unknown as Error);
		expect(all.state).toBe('failed');
		expect(bench.started).toEqual([0]);
	});

	test('it is always the first to fail one by one', async () => {
		const item = fc.record({ ticks: fc.nat(6), fails: fc.boolean() });
		await fc.assert(
			fc.asyncProperty(
				fc.array(item, { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 1, max: 6 }),
				async (items, limit) => {
					const work = async (index: number, { item: signal }: ItemSignals) => {
						for (let tick = 0; tick < items[index].ticks; tick++) {
							await Promise.resolve();
							if (signal.aborted) throw new Error('stopped');
						}
						if (items[index].fails) throw new Error(`item ${index}`);
						return index;
					};
					const outcome = await mapItems(items.length, limit, undefined, work).catch(
						(reason: Error) => reason.message,
					);
					const first = items.findIndex(({ fails }) => fails);
					expect(outcome).toEqual(first < 0 ? items.map((_, index) => index) : `item ${first}`);
				},
			),
			cases(500),
		);
	});
});

describe('cancel', () => {
	test('tells every item under way to stop', async () => {
		const bench = new Bench();
		const cancel = new AbortController();
		const all = watch(mapItems(6, 3, cancel.signal, bench.work));
		await bench.finish(1);
		expect(bench.stopped()).toEqual([]);
		cancel.abort();
		// Item 1 has ended.
		expect(bench.stopped()).toEqual([0, 2, 3]);
		for (const index of [3, 2, 0]) await bench.fail(index, new Error(`canceled ${index}`));
		expect(all).toEqual({ state: 'failed', reason: new Error('canceled 0') });
		expect(bench.started).toEqual([0, 1, 2, 3]);
	});

	test('before the start starts nothing, as without items', async () => {
		const bench = new Bench();
		await mapItems(3, 2, AbortSignal.abort(), bench.work);
		await expect(mapItems(0, 5, undefined, bench.work)).resolves.toEqual([]);
		expect(bench.started).toEqual([]);
	});

	test('in between starts nothing more, and what was done stays', async () => {
		const bench = new Bench();
		const cancel = new AbortController();
		const all = mapItems(4, 2, cancel.signal, bench.work);
		await bench.finish(0);
		cancel.abort();
		await bench.finish(1);
		await bench.finish(2);
		expect(bench.started).toEqual([0, 1, 2]);
		expect(bench.stopped()).toEqual([1, 2]);
		expect((await all).filter(Boolean)).toEqual(['result 0', 'result 1', 'result 2']);
	});

	test.each([
		['success', () => Promise.resolve(1)],
		['a failed item', () => Promise.reject(new Error('x'))],
	])('leaves no listener after %s', async (_, work: () => Promise<number>) => {
		const cancel = new AbortController();
		const all = mapItems(3, 2, cancel.signal, work);
		expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(1);
		await all.catch(() => undefined);
		expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0);
	});
});
