import { historyOf, TaskHistory } from '../../nodes/shared/task/taskHistory';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Returns a history with tasks of these times (ms), each polled shortly before its end, found at `nowMs`. */
const historyWith = (times: number[], nowMs = 0): TaskHistory => {
	const history = new TaskHistory();
	for (const ms of times) history.add([ms * 0.9, ms], nowMs);
	return history;
};

let accounts = 0;
const newAccount = () => `account ${accounts++}`;

describe('historyOf', () => {
	test('returns the same history to executions of one account and service only', () => {
		const account = newAccount();
		const first = historyOf(account, '/a/', 0);
		expect(historyOf(account, '/a/', 1)).toBe(first);
		expect(historyOf(account, '/b/', 1)).not.toBe(first);
		expect(historyOf(newAccount(), '/a/', 1)).not.toBe(first);
	});

	test('a week without use forgets; each use counts', () => {
		const account = newAccount();
		const first = historyOf(account, '/a/', 0);
		expect(historyOf(account, '/a/', WEEK_MS)).toBe(first);
		expect(historyOf(account, '/a/', 2 * WEEK_MS)).toBe(first);
		expect(historyOf(account, '/a/', 3 * WEEK_MS + 1)).not.toBe(first);
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
	expect(history.plan!(2_000)).toBeGreaterThan(2_000);
	history.add([1_800, 2_000], 0);
	expect(history.plan!(2_000)).toBeUndefined();
});

test('a plan is made anew once as many tasks have ended as are running', () => {
	const history = historyWith(new Array<number>(6).fill(2_000));
	const [before, changes] = [history.plan, [] as number[]];
	history.running = 5;
	for (let ended = 1; ended <= 12; ended++) {
		const { plan } = history;
		history.add([900, 1_000], 0);
		if (history.plan !== plan) changes.push(ended);
	}
	expect(before).toBeDefined();
	expect(changes).toEqual([5, 10]);
});

describe('what recent tasks took', () => {
	test.each<[string, number[], number]>([
		['two are not enough', [40_000, 40_000], 0],
		['three are', [40_000, 50_000, 60_000], 36_000],
		['most of them count', [40_000, 40_000, 40_000, 300, 300], 36_000],
		['half of them are not most', [40_000, 40_000, 40_000, 300, 300, 300], 270],
	])('%s', (_, times, ms) => {
		expect(historyWith(times).recentMs(0)).toBe(ms);
	});

	test('what was found late counts only as long as it was certainly unfinished', () => {
		const history = new TaskHistory();
		for (let i = 0; i < 4; i++) history.add([0, 20_000], 0);
		expect(history.recentMs(0)).toBe(0);
	});

	test('what is older than a minute is not recent', () => {
		const history = historyWith([40_000, 40_000, 40_000], 0);
		expect([60_000, 60_001].map((now) => history.recentMs(now))).toEqual([36_000, 0]);
	});
});
