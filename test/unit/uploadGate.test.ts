import { messages } from '../../nodes/shared/errors/messages';
import { UploadGate, type Turn } from '../../nodes/shared/task/uploadGate';
import { pause } from '../../nodes/shared/util/pause';
import { useVirtualTime } from '../engine/support/virtualTime';

useVirtualTime();

const { signal } = new AbortController();
const error = messages.rateLimited('');
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Puts twenty items into a gate, of which the first upload at once. `started` and `failed` hold their numbers in order. */
async function twenty() {
	const gate = new UploadGate();
	const started: number[] = [];
	const failed: number[] = [];
	const turns: Turn[] = [];
	const ends: Array<() => void> = [];
	for (let i = 0; i < 20; i++)
		gate
			.inTurn(signal, async (turn) => {
				started.push(i);
				turns[i] = turn;
				await new Promise<void>((resolve) => (ends[i] = resolve));
			})
			.catch(() => failed.push(i));
	await settle();
	const throttle = (i: number, waitMs?: number) =>
		turns[i]!.throttled(error, waitMs).then(() => started.push(i));
	return { gate, started, failed, turns, ends, throttle };
}

test('a throttle halves the uploads in flight once for all that it hit, and the oldest go first', async () => {
	const { started, throttle } = await twenty();
	expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	started.length = 0;
	for (const i of [9, 3, 7, 1, 5, 0, 2, 4, 6, 8]) void throttle(i, 1000);
	await pause(2000, signal);
	expect(started).toEqual([0, 1, 2, 3, 4]);
});

test('one more may start with each upload that is accepted, up to ten', async () => {
	const { started, throttle, turns, ends } = await twenty();
	started.length = 0;
	for (let i = 0; i < 10; i++) void throttle(i, 1000);
	await pause(2000, signal);
	turns[0]!.accepted();
	ends[0]!();
	await settle();
	expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a throttled poll pauses the uploads', async () => {
	const { gate, started, ends } = await twenty();
	gate.pollThrottled(3000);
	ends[0]!();
	await pause(2900, signal);
	expect(started).toHaveLength(10);
	await pause(200, signal);
	expect(started).toHaveLength(11);
	gate.pollThrottled(3_600_000);
	expect(gate.pauseLeftMs()).toBeLessThanOrEqual(60_000);
});

test('a Retry-After above a minute fails the items that wait, and later ones until an upload is accepted', async () => {
	const { gate, failed, turns, ends, throttle } = await twenty();
	const later = () => gate.inTurn(signal, () => Promise.resolve('sent'));
	await expect(throttle(0, 60_001)).rejects.toBe(error);
	await settle();
	expect(failed).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
	await expect(later()).rejects.toBe(error);
	turns[1]!.accepted();
	for (const end of ends) end();
	await expect(later()).resolves.toBe('sent');
});

test('a run is given up after two minutes without an accepted upload', async () => {
	const sent = (isAccepted: boolean) =>
		new UploadGate().inTurn(signal, async (turn) => {
			for (let n = 0; n < 2; n++) await turn.throttled(error, 60_000);
			if (isAccepted) turn.accepted();
			await turn.throttled(error, 1000);
		});
	await expect(sent(true)).resolves.toBeUndefined();
	await expect(sent(false)).rejects.toBe(error);
});

test('without Retry-After the pauses double, up to 30 s, and are at most a quarter longer', async () => {
	await new UploadGate().inTurn(signal, async (turn) => {
		for (const leastMs of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
			const start = performance.now();
			await turn.throttled(error, undefined);
			expect(performance.now() - start).toBeGreaterThanOrEqual(leastMs);
			expect(performance.now() - start).toBeLessThanOrEqual(1.25 * leastMs + 1);
		}
	});
});

test('an item that waits is canceled if the run has failed', async () => {
	const { gate } = await twenty();
	const halt = new AbortController();
	const waiting = gate.inTurn(halt.signal, () => Promise.resolve());
	halt.abort();
	await expect(waiting).rejects.toMatchObject({ code: 'CANCELED' });
});
