import { PENDING, taskId } from './support/answers';
import { photos } from './support/items';
import { check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS, SERVICES, type NodeName } from './support/services';

useProgeny();

/** n8n replaces no wait at all by its default, a second. */
const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
/** Registering leaves a record with Progeny: if one may be there all the same, the failure says so. */
const MAY_BE_REGISTERED = 'A face may have been registered under a UUID that is not known here.';
const REFUSED: [number, unknown] = [403, { detail: 'No.' }];

const run = (node: NodeName, onError: 'stopWorkflow' | 'continueRegularOutput' = 'stopWorkflow') =>
	check({ node, settings: { ...settings, onError } });

describe.each(NODE_ROWS)('%s', (node, { good }) => {
	test('three tries upload each photo once: what was submitted is resumed, and leaves nothing behind', async () => {
		let polls = 0;
		const traffic = fakeProgeny({
			task: (_, id) => (id === taskId(1) && ++polls <= 2 ? REFUSED : [200, good.answer]),
		});
		const { json, run: ran } = await check({ node, items: photos(2), settings });
		expect(json).toEqual(Array(2).fill(expect.objectContaining(good.output)));
		expect(traffic.submits).toHaveLength(2);
		expect(JSON.stringify(ran.data.executionData?.contextData)).not.toMatch(/progenyTasks/);
	});

	test('an upload that may have been accepted is never sent again', async () => {
		for (const answer of [[500, 'oops'] as const, [200, { ok: true }] as const]) {
			const traffic = fakeProgeny({ submit: () => [...answer] });
			const { error } = await run(node);
			const { json } = await run(node, 'continueRegularOutput');
			for (const text of [error!.description, json[0].message]) {
				expect(text).toMatch(/^\[OUTCOME_UNKNOWN\] /);
				expect(String(text).includes(MAY_BE_REGISTERED)).toBe(node === 'registerFace');
			}
			expect(traffic.submits).toHaveLength(2);
		}
	});

	test('a task that failed is submitted again, unless the service may have left a record', async () => {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const traffic = fakeProgeny({
				task: (_, id) => [200, id === taskId(0) ? { status: 'FAILURE' } : good.answer],
			});
			const { json, error } = await run(node, onError);
			const text = String(error?.description ?? json[0].message);
			const isOver =
				text.startsWith(`[TASK_FAILED] Task ID ${taskId(0)}. `) && text.includes(MAY_BE_REGISTERED);
			const polled = new Set(traffic.polls.map(({ id }) => id));
			expect([isOver, traffic.submits.length, polled.size]).toEqual(
				node === 'registerFace' ? [true, 1, 1] : [false, 2, 2],
			);
			expect(json.map(({ taskId: id }) => id)).toEqual(
				node !== 'registerFace' ? [taskId(1)] : error ? [] : [undefined],
			);
		}
	});
});

const { node, good } = { node: 'faceLiveness' as const, ...SERVICES.faceLiveness };

test('an upload that was certainly not accepted is sent by the next try', async () => {
	const traffic = fakeProgeny({ submit: (n) => (n === 0 ? REFUSED : [200, { id: taskId(n) }]) });
	expect((await run(node)).json).toEqual([expect.objectContaining(good.output)]);
	expect(traffic.submits).toHaveLength(2);
});

test('a finished task that says nothing of anyone is polled again, then an error that no retry submits again', async () => {
	const nothing = { id: 1, status: 'SUCCESS', result: { status: 200, data: {} } };
	const traffic = fakeProgeny({ task: (n) => [200, n < 2 ? { ...nothing, result: null } : good.answer] });
	expect((await run(node)).json).toEqual([expect.objectContaining(good.output)]);
	expect([traffic.submits.length, traffic.polls.length]).toEqual([1, 3]);

	const never = fakeProgeny({ task: () => [200, nothing] });
	expect((await run(node)).error!.description).toMatch(/^\[BAD_RESPONSE\] Task ID /);
	expect([never.submits.length, never.polls.length]).toEqual([1, 9]);
});

test('a task that failed in a state that a result may follow is not submitted again', async () => {
	const traffic = fakeProgeny({ task: () => [200, { status: 'REJECTED' }] });
	expect((await run(node)).error!.description).toMatch(/^\[TASK_FAILED\] /);
	expect(traffic.submits).toHaveLength(1);
});

test('a task that ran out of time is resumed, not submitted again', async () => {
	const start = performance.now();
	const traffic = fakeProgeny({
		task: () => [200, performance.now() - start < 1100 ? PENDING : good.answer],
	});
	const { json } = await check({ node, settings, options: { timeout: 1 } });
	expect(json).toEqual([expect.objectContaining({ ...good.output, taskId: taskId(0) })]);
	expect(traffic.submits).toHaveLength(1);
});
