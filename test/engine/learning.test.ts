import { runNode, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, fakeProgeny, taskId, useNock } from './support/progeny';
import { NODES, SERVICES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => jest.restoreAllMocks());

const TASK_MS = 2_000;
/** Polls of a task of that time while nothing is known. */
const COLD_POLLS = 3;

let accounts = 0;
/** An account that nothing is known of. */
const newAccount = () => ({ ...ACCOUNT, username: `kyc-${accounts++}` });

/** A Progeny whose tasks all take the same time from their submission; gives how often each was polled. */
function progeny() {
	const started: number[] = [];
	const traffic = fakeProgeny({
		submit: (n) => {
			started[n] = performance.now();
			return [200, { id: taskId(n) }];
		},
		task: (_, id) => {
			const n = started.findIndex((_start, i) => taskId(i) === id);
			const service = Object.values(SERVICES).find(({ path }) => path === traffic.submits[n]!.path)!;
			return [200, performance.now() - started[n]! < TASK_MS ? PENDING : service.good.answer];
		},
	});
	return {
		pollsOf: (n: number) => traffic.polls.filter(({ id }) => id === taskId(n)).length,
		submits: traffic.submits,
	};
}

const execute = (account: Setup['account'], setup: Partial<Setup> = {}) =>
	runNode({
		account: account!,
		items: [fileItem(tinyJpeg())],
		...setup,
		parameters: { ...SERVICES[setup.node ?? 'authenticateFace'].inputs, ...setup.parameters },
	});

test.each(NODES)('%s: an execution polls better than the ones before it', async (node) => {
	const { pollsOf } = progeny();
	const account = newAccount();
	for (let i = 0; i < 6; i++) {
		const { status } = await execute(account, { node });
		expect(status).toBe('success');
	}
	expect(pollsOf(0)).toBeGreaterThanOrEqual(COLD_POLLS);
	expect(pollsOf(1)).toBeLessThan(pollsOf(0));
	expect(pollsOf(5)).toBeLessThan(COLD_POLLS);
});

test('executions at the same time learn from each other', async () => {
	const { pollsOf } = progeny();
	const account = newAccount();
	await Promise.all(Array.from({ length: 5 }, () => execute(account)));
	await Promise.all(Array.from({ length: 5 }, () => execute(account)));
	const polls = Array.from({ length: 10 }, (_, n) => pollsOf(n));
	expect(Math.min(...polls.slice(0, 5))).toBeGreaterThanOrEqual(COLD_POLLS);
	expect(Math.max(...polls.slice(5))).toBeLessThan(COLD_POLLS);
});

test('a batch starts with what single executions taught, and teaches them', async () => {
	const { pollsOf } = progeny();
	const items = Array.from({ length: 3 }, () => fileItem(tinyJpeg()));
	const pollsFrom = (n: number) => pollsOf(n) + pollsOf(n + 1) + pollsOf(n + 2);
	const account = newAccount();
	for (let i = 0; i < 6; i++) await execute(account);
	await execute(account, { items });
	const other = newAccount();
	await execute(other, { items });
	expect(pollsFrom(6)).toBeLessThanOrEqual(pollsFrom(9) - items.length);
	await execute(other);
	expect(pollsOf(12)).toBeLessThan(COLD_POLLS);
});

test('another account learns nothing from it', async () => {
	const { pollsOf } = progeny();
	const account = newAccount();
	for (let i = 0; i < 3; i++) await execute(account);
	await execute(newAccount());
	await execute({ ...account, password: 'another' });
	expect([3, 4].map(pollsOf).every((polls) => polls >= COLD_POLLS)).toBe(true);
});

test('another service learns nothing from it', async () => {
	const { pollsOf } = progeny();
	const account = newAccount();
	for (let i = 0; i < 3; i++) await execute(account);
	await execute(account, { node: 'faceLiveness' });
	expect(pollsOf(3)).toBeGreaterThanOrEqual(COLD_POLLS);
});

describe('what was submitted before teaches nothing, since it is not known how long it took', () => {
	// The second of two items is polled when the account is known.
	const two = { items: [fileItem(tinyJpeg()), fileItem(tinyJpeg())] };

	/** Holds that the account polls its next task exactly as one that nothing is known of. */
	const expectCold = async (account: Setup['account'], { pollsOf, submits }: ReturnType<typeof progeny>) => {
		await execute(account);
		await execute(newAccount());
		const last = submits.length - 1;
		expect(pollsOf(last - 1)).toBe(pollsOf(last));
		expect(pollsOf(last)).toBeGreaterThanOrEqual(COLD_POLLS);
	};

	test('Get Task Result', async () => {
		const faked = progeny();
		const account = newAccount();
		await execute(account, { parameters: { operation: 'submit' } });
		const options = { concurrency: 1 };
		const { status, json } = await execute(account, {
			...two,
			parameters: { operation: 'getResult', receipt: taskId(0), options },
		});
		expect([status, json.length]).toEqual(['success', 2]);
		await expectCold(account, faked);
	});

	test('a task that Retry On Fail resumes', async () => {
		const faked = progeny();
		const account = newAccount();
		const { status } = await execute(account, {
			...two,
			parameters: { options: { timeout: 1, concurrency: 1 } },
			settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 },
		});
		expect([status, faked.submits.length]).toEqual(['success', 2]);
		await expectCold(account, faked);
	});
});
