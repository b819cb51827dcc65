import { messages } from '../../nodes/shared/errors/messages';
import { UploadGate, type Turn } from '../../nodes/shared/task/uploadGate';
import { pause } from '../../nodes/shared/util/pause';
import { useVirtualTime } from '../engine/support/virtualTime';

useVirtualTime();

const { signal } = new AbortController();
const error = messages.rateLimited('');
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Twenty items in a gate, the first of which upload at once. `started` holds their numbers in order. */
async function twenty() {
	const gate = new UploadGate();
	const started: number[] = [];
	const turns: Turn[] = [];
	const ends: Array<() => void> = [];
	for (let i = 0; i < 20; i++)
		void gate.inTurn(signal, async (turn) => {
			started.push(i);
			turns[i] = turn;
			await new Promise<void>((resolve) => (ends[i] = resolve));
		});
	await settle();
	const throttle = (i: number, waitMs?: number) =>
		turns[i]!.throttled(error, waitMs).then(() => started.push(i));
	return { gate, started, turns, ends, throttle };
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
});
