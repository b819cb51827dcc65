import nock from 'nock';
import { runNode } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, fakeProgeny, taskId, useProgeny } from './support/progeny';
import { NODES, SERVICES } from './support/services';
import { rowsFor } from '../support/thorough';

useProgeny();

/** n8n takes no wait at all for its default, a second. */
const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
/** Registering leaves a record with Progeny: where one may be there all the same, the failure says so. */
const LEFT = 'A face may have been registered under a UUID that is not known here.';

describe.each(NODES)('%s', (node, { inputs, good, bad }) => {
	const run = (options = {}, onError: 'stopWorkflow' | 'continueRegularOutput' = 'stopWorkflow') =>
		runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg())],
			parameters: { ...inputs, options },
			settings: { ...settings, onError },
		});
	const saysLeft = (text: unknown) => String(text).includes(LEFT);
	const leavesARecord = node === 'registerFace';

	test('three tries, each face uploaded once: what was submitted is resumed', async () => {
		let asked = 0;
		const traffic = fakeProgeny({
			task: (_, id) => (id === taskId(1) && ++asked <= 2 ? [403, { detail: 'No.' }] : [200, good.answer]),
		});
		const { json, status } = await runNode({
			node,
			account: ACCOUNT,
			items: Array.from({ length: 3 }, () => fileItem(tinyJpeg())),
			parameters: { ...inputs, options: { concurrency: 3 } },
			settings,
		});
		expect(status).toBe('success');
		expect(json).toEqual(Array(3).fill(expect.objectContaining(good.finding)));
		expect(traffic.submits).toHaveLength(3);
	});

	test('an upload that was certainly not accepted is sent by the next try', async () => {
		const traffic = fakeProgeny({
			submit: (n) => (n === 0 ? [403, { detail: 'No.' }] : [200, { id: taskId(n) }]),
		});
		expect((await run()).json).toEqual([expect.objectContaining(good.finding)]);
		expect(traffic.submits).toHaveLength(2);
	});

	test('a finished task that says nothing of anybody is polled again, then an error that no retry submits again', async () => {
		const nothing = { id: 1, status: 'SUCCESS', result: { status: 200, data: {} } };
		const traffic = fakeProgeny({ task: (n) => [200, n < 2 ? { ...nothing, result: null } : good.answer] });
		expect((await run()).json).toEqual([expect.objectContaining(good.finding)]);
		expect([traffic.submits.length, traffic.polls.length]).toEqual([1, 3]);

		nock.cleanAll();
		const never = fakeProgeny({ task: () => [200, nothing] });
		const { error } = await run();
		expect(error!.description).toMatch(/^\[BAD_RESPONSE\] Task ID /);
		expect([never.submits.length, never.polls.length]).toEqual([1, 9]);
	});

	test.each(
		rowsFor(node, [
			[500, 'oops'],
			[504, ''],
			[200, { ok: true }],
		] as const),
	)(
		'an upload answered with HTTP %i and %j may have been taken: it is never sent again',
		async (...answer) => {
			const traffic = fakeProgeny({ submit: () => answer });
			const { error } = await run();
			const { json } = await run({}, 'continueRegularOutput');
			for (const text of [error!.description, json[0].message]) {
				expect(text).toMatch(/^\[OUTCOME_UNKNOWN\] /);
				expect(saysLeft(text)).toBe(leavesARecord);
			}
			expect(traffic.submits).toHaveLength(2);
		},
	);

	test('a task that ran out of time is resumed, not submitted again', async () => {
		const start = performance.now();
		const traffic = fakeProgeny({
			task: () => [200, performance.now() - start < 1100 ? PENDING : good.answer],
		});
		const { json } = await run({ timeout: 1 });
		expect(json).toEqual([expect.objectContaining({ ...good.finding, taskId: taskId(0) })]);
		expect(traffic.submits).toHaveLength(1);
	});

	test('a bad result is a result: it is not tried again', async () => {
		const traffic = fakeProgeny({ task: () => [200, bad.answer] });
		const { json } = await run();
		expect(json).toEqual([expect.objectContaining(bad.finding)]);
		expect([traffic.submits.length, traffic.polls.length]).toEqual([1, 1]);
	});

	test('leaves nothing in the node context after a success', async () => {
		fakeProgeny();
		const { run: ran } = await run();
		expect(JSON.stringify(ran.data.executionData?.contextData)).not.toMatch(/progenyTasks/);
	});
});

describe('a task that failed', () => {
	const failing = (good: unknown) => ({
		task: (_: number, id: string): [number, unknown] => [
			200,
			id === taskId(0) ? { status: 'FAILURE' } : good,
		],
	});
	const run = (node: (typeof NODES)[number][0], onError: 'stopWorkflow' | 'continueRegularOutput') =>
		runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg())],
			parameters: SERVICES[node].inputs,
			settings: { ...settings, onError },
		});

	describe.each(['stopWorkflow', 'continueRegularOutput'] as const)('on error: %s', (onError) => {
		test.each(NODES.filter(([node]) => node !== 'registerFace'))(
			'%s submits its photo again, for nothing was left behind',
			async (node, { good }) => {
				const traffic = fakeProgeny(failing(good.answer));
				const { json } = await run(node, onError);
				expect(json).toEqual([expect.objectContaining({ ...good.finding, taskId: taskId(1) })]);
				expect(traffic.submits).toHaveLength(2);
			},
		);

		test('registerFace does not: a face may have been registered', async () => {
			const traffic = fakeProgeny(failing(SERVICES.registerFace.good.answer));
			const { json, error } = await run('registerFace', onError);
			const text = String(error?.description ?? json[0].message);
			expect(text).toMatch(new RegExp(`^\\[TASK_FAILED\\] Task ID ${taskId(0)}\\. `));
			expect(text).toContain(LEFT);
			expect(traffic.submits).toHaveLength(1);
			expect(new Set(traffic.polls.map(({ id }) => id))).toEqual(new Set([taskId(0)]));
			expect(traffic.polls).toHaveLength(3);
		});
	});
});
