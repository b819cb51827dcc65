import { TaskHistory } from '../../nodes/shared/task/taskHistory';
import { PENDING, taskId } from './support/answers';
import { photos } from './support/items';
import { ACCOUNT, check, fakeProgeny, useProgeny, type Check } from './support/progeny';
import { SERVICES, SOME_NODES } from './support/services';

useProgeny();
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => jest.restoreAllMocks());

const TASK_MS = 2_000;
/** Polls of a task of that time while nothing is known. */
const COLD_POLLS = 3;

let accounts = 0;
/** Returns an account that nothing is known of. */
const newAccount = () => ({ ...ACCOUNT, username: `kyc-${accounts++}` });

/** Fewer tasks teach nothing. */
const ENOUGH = 6;

/** Returns a Progeny whose tasks take a time from their submission, all the same by default; tells how often each was polled. */
function progeny(taskMs: (n: number) => number = () => TASK_MS) {
	const started: number[] = [];
	const traffic = fakeProgeny({
		submit: (n) => {
			started[n] = performance.now();
			return [200, { id: taskId(n) }];
		},
		task: (_, id) => {
			const n = started.findIndex((_start, i) => taskId(i) === id);
			const service = Object.values(SERVICES).find(({ path }) => path === traffic.submits[n]!.path)!;
			return [200, performance.now() - started[n]! < taskMs(n) ? PENDING : service.good.answer];
		},
	});
	return {
		pollsOf: (n: number) => traffic.polls.filter(({ id }) => id === taskId(n)).length,
		submits: traffic.submits,
	};
}

const execute = (account: typeof ACCOUNT, setup: Check = {}) => check({ account, ...setup });
/** Lets an account make so many executions, one after the other. */
const teach = async (account: typeof ACCOUNT, setup: Check = {}) => {
	for (let i = 0; i < ENOUGH; i++) await execute(account, setup);
};

test.each(SOME_NODES)('%s: an execution polls better than the first six', async (node) => {
	const { pollsOf } = progeny();
	const account = newAccount();
	await teach(account, { node });
	expect((await execute(account, { node })).status).toBe('success');
	expect(pollsOf(ENOUGH - 1)).toBeGreaterThanOrEqual(COLD_POLLS);
	expect(pollsOf(ENOUGH)).toBeLessThan(COLD_POLLS);
});

test('executions at the same time learn from each other', async () => {
	const { pollsOf } = progeny();
	const account = newAccount();
	await Promise.all(Array.from({ length: ENOUGH }, () => execute(account)));
	await Promise.all(Array.from({ length: ENOUGH }, () => execute(account)));
	const polls = Array.from({ length: 2 * ENOUGH }, (_, n) => pollsOf(n));
	expect(Math.min(...polls.slice(0, ENOUGH))).toBeGreaterThanOrEqual(COLD_POLLS);
	expect(Math.max(...polls.slice(ENOUGH))).toBeLessThan(COLD_POLLS);
});

test('a batch starts with what single executions taught, and teaches them', async () => {
	const { pollsOf } = progeny();
	const account = newAccount();
	await teach(account);
	await execute(account, { items: photos(ENOUGH) });
	const other = newAccount();
	await execute(other, { items: photos(ENOUGH) });
	const sumFrom = (first: number) =>
		Array.from({ length: ENOUGH }, (_, i) => pollsOf(first + i)).reduce((sum, polls) => sum + polls);
	expect(sumFrom(ENOUGH)).toBeLessThanOrEqual(sumFrom(2 * ENOUGH) - ENOUGH);
	await execute(other);
	expect(pollsOf(3 * ENOUGH)).toBeLessThan(COLD_POLLS);
});

test('another account, password or service learns nothing from it', async () => {
	const { pollsOf } = progeny();
	const account = newAccount();
	await teach(account);
	await execute(newAccount());
	await execute({ ...account, password: 'another' });
	await execute(account, { node: 'faceLiveness' });
	for (const n of [0, 1, 2]) expect(pollsOf(ENOUGH + n)).toBeGreaterThanOrEqual(COLD_POLLS);
});

test('slow tasks do not delay others much', async () => {
	progeny((n) => (n === 0 ? 20_000 : 300));
	const one = newAccount();
	await execute(one);
	expect((await execute(one)).tookMs).toBeLessThanOrEqual(2_000);

	const slow = 2 * ENOUGH;
	const times = [300, 2_000, 20_000, 300];
	progeny((n) => times[n - slow] ?? 100_000);
	const many = newAccount();
	await execute(many, { items: photos(slow), options: { concurrency: slow } });
	for (const ms of times) expect((await execute(many)).tookMs).toBeLessThanOrEqual(Math.max(10_000, 2 * ms));
});

test('a task counts as running while it is polled, however that ends', async () => {
	const polls = jest.spyOn(TaskHistory.prototype, 'recentMs');
	let most = 0;
	polls.mockImplementation(function (this: TaskHistory) {
		most = Math.max(most, this.running);
		return 0;
	});
	progeny((n) => [TASK_MS, 1e9][n]!);
	await execute(newAccount(), { items: photos(2), options: { timeout: 10 } });
	expect(most).toBe(2);
	for (const history of polls.mock.contexts as TaskHistory[]) expect(history.running).toBe(0);
});

describe('what was submitted before teaches nothing, since it is not known how long it took', () => {
	/** Checks that the account polls its next task exactly as a new one does. */
	const expectCold = async (account: typeof ACCOUNT, { pollsOf, submits }: ReturnType<typeof progeny>) => {
		await execute(account);
		await execute(newAccount());
		const last = submits.length - 1;
		expect(pollsOf(last - 1)).toBe(pollsOf(last));
		expect(pollsOf(last)).toBeGreaterThanOrEqual(COLD_POLLS);
	};

	test('Get Task Result', async () => {
		const faked = progeny();
		const account = newAccount();
		await execute(account, { operation: 'submit' });
		const { status, json } = await execute(account, {
			items: photos(ENOUGH),
			operation: 'getResult',
			parameters: { receipt: taskId(0) },
			options: { concurrency: 1 },
		});
		expect([status, json.length]).toEqual(['success', ENOUGH]);
		await expectCold(account, faked);
	});

	test('a task that Retry On Fail resumes', async () => {
		const faked = progeny();
		const account = newAccount();
		const { status } = await execute(account, {
			items: photos(ENOUGH),
			options: { timeout: 1, concurrency: ENOUGH },
			settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 },
		});
		expect([status, faked.submits.length]).toEqual(['success', ENOUGH]);
		await expectCold(account, faked);
	});
});
