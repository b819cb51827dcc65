import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pause } from '../../nodes/shared/util/pause';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('a pause of an hour keeps nothing of the slices that it consists of', async () => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
	try {
		const { signal } = new AbortController();
		const used = () => {
			collectGarbage();
			return process.memoryUsage().heapUsed;
		};
		const sleeping = pause(3_600_000, signal);
		await jest.advanceTimersByTimeAsync(60_000);
		const before = used();
		await jest.advanceTimersByTimeAsync(3_000_000);
		expect(used() - before).toBeLessThan(2_000_000);
		await jest.advanceTimersByTimeAsync(600_000);
		await sleeping;
	} finally {
		jest.useRealTimers();
	}
});
