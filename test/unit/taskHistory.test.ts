import { historyOf, TaskHistory } from '../../nodes/shared/task/taskHistory';

const HOUR_MS = 3_600_000;

/** A history with tasks of these times (ms), each polled shortly before its end, found at `nowMs`. */
const historyWith = (times: number[], nowMs = 0): TaskHistory => {
	const history = new TaskHistory();
	for (const ms of times) history.add([ms * 0.9, ms], false, nowMs);
	return history;
};

let accounts = 0;
const newAccount = () => `account ${accounts++}`;

describe('historyOf', () => {
	test('gives executions of one account and service the same history', () => {
		const account = newAccount();
		historyOf(account, '/a/', 0).add([900, 1_000], false, 0);
		expect(historyOf(account, '/a/', 1).recentMs(1)).toBe(1_000);
		expect(historyOf(account, '/b/', 1).recentMs(1)).toBe(0);
		expect(historyOf(newAccount(), '/a/', 1).recentMs(1)).toBe(0);
	});

	test('an hour without use forgets; each use counts', () => {
		const account = newAccount();
		const first = historyOf(account, '/a/', 0);
		expect(historyOf(account, '/a/', HOUR_MS)).toBe(first);
		expect(historyOf(account, '/a/', 2 * HOUR_MS)).toBe(first);
		expect(historyOf(account, '/a/', 3 * HOUR_MS + 1)).not.toBe(first);
	});

	test('keeps a hundred; the one used longest ago is dropped', () => {
		const kept = newAccount();
		const dropped = newAccount();
		const [first, second] = [historyOf(kept, '/a/', 0), historyOf(dropped, '/a/', 0)];
		historyOf(kept, '/a/', 0);
		for (let i = 0; i < 99; i++) historyOf(newAccount(), '/a/', 0);
		expect(historyOf(kept, '/a/', 0)).toBe(first);
		expect(historyOf(dropped, '/a/', 0)).not.toBe(second);
	});
});

test('the latest two hundred tasks are kept', () => {
	const history = historyWith([30_000, ...new Array<number>(199).fill(2_000)]);
	expect(history.recentMs(0)).toBe(30_000);
	expect(history.plan!(2_000)).toBeGreaterThan(2_000);
	history.add([1_800, 2_000], false, 0);
	expect(history.recentMs(0)).toBe(2_000);
	expect(history.plan!(2_000)).toBeUndefined();
});

test('what is older than a minute is not recent', () => {
	const history = historyWith([40_000], 0);
	history.add([1_800, 2_000], false, 30_000);
	expect([60_000, 60_001, 90_001].map((now) => history.recentMs(now))).toEqual([40_000, 2_000, 0]);
});

describe('probes', () => {
	const vague = (count: number, history = new TaskHistory()) => {
		for (let i = 0; i < count; i++) history.add([0, 5_000], false, 0);
		return history;
	};

	test('after six tasks in a row that may have ended much earlier, one probe starts', () => {
		const history = vague(5);
		expect(history.startsProbe()).toBe(false);
		vague(1, history);
		expect([history.startsProbe(), history.startsProbe()]).toEqual([true, false]);
	});

	test('a task that was polled shortly before its end makes the next ones needless', () => {
		const history = vague(6);
		history.add([4_500, 5_000], false, 0);
		expect(history.startsProbe()).toBe(false);
	});

	test('a task that ended before its early poll: only the six latest tasks count, and another probe follows', () => {
		const history = vague(4, historyWith([20_000, 10_000]));
		history.add([0, 2_500], true, 0);
		expect(history.recentMs(0)).toBe(10_000);
		expect(history.plan!(0)).toBeLessThanOrEqual(2_500);
		expect(history.startsProbe()).toBe(true);
	});

	test('a task that did not end before its early poll changes nothing', () => {
		const history = vague(6, historyWith([20_000]));
		history.startsProbe();
		history.add([2_500, 5_000], true, 0);
		expect(history.recentMs(0)).toBe(20_000);
		expect(history.startsProbe()).toBe(false);
	});
});
