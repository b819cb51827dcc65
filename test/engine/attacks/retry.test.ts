import type { IDataObject } from 'n8n-workflow';
import { taskId } from '../support/answers';
import { codeIn } from '../support/check';
import { NODE, NODE_CLASSES, beforeRuns } from '../support/engine';
import { check, fakeProgeny, useProgeny, type Check, type Traffic } from '../support/progeny';
import { SOME_NODES } from '../support/services';
import type { ExecutionFacts } from '../support/execution';
import { saysYes } from './attack';

useProgeny();

const NOT_FOUND: [number, unknown] = [404, { detail: 'Not found.' }];

describe.each(SOME_NODES)('%s, when an execution that failed is retried', (node, service) => {
	const { others, good } = service;
	const leavesRecord = node === 'registerFace';
	const timesSent = leavesRecord ? 1 : 2;
	const run = (more: Check = {}) => check({ node, options: { timeout: 5 }, ...more });
	const RETRY = { id: '2', mode: 'retry' } as const;
	/** Execution 1, which fails, and then another on what it left behind. Returns the result's parts and the uploads. */
	const twice = async (traffic: Traffic, second: ExecutionFacts = RETRY, more: Check = {}, laterMs = 0) => {
		const { status, run: first, credentials } = await run();
		expect(status).toBe('error');
		jest.setSystemTime(Date.now() + laterMs);
		credentials.copy('c2');
		const { contextData } = first.data.executionData!;
		const { json, error } = await run({ credentials, ...more, execution: { contextData, ...second } });
		return { ...json[0], ...(error && { code: codeIn(error.description) }), uploads: traffic.submits.length };
	};
	/** Returns the outcome of a submission that is repeated unless the service leaves a record. */
	const again = (code: string) =>
		leavesRecord ? { code, uploads: 1 } : { ...good.output, taskId: taskId(1), uploads: 2 };
	const tries = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } };

	describe('an upload with an unknown outcome', () => {
		const unknownAtFirst = (): Traffic =>
			fakeProgeny({ submit: (n) => (n === 0 ? [500, 'oops'] : [200, { id: taskId(n) }]) });

		test(`is ${leavesRecord ? 'not ' : ''}sent again`, async () => {
			expect(await twice(unknownAtFirst())).toMatchObject(again('OUTCOME_UNKNOWN'));
		});

		test(`is ${leavesRecord ? 'not ' : ''}sent again with another option`, async () => {
			const changed = { options: { timeout: 5, extendData: true } };
			expect(await twice(unknownAtFirst(), RETRY, changed)).toMatchObject(again('OUTCOME_UNKNOWN'));
		});

		test.each([
			['Stop', false],
			['a crash', true],
		])(`that %s interrupted is ${leavesRecord ? 'not ' : ''}sent again, once`, async (_, isCrash) => {
			let kept: object = {};
			const running = beforeRuns(NODE_CLASSES[node], (context) => (kept = context.getContext('node')));
			let stop = () => {};
			let atUpload: unknown;
			const traffic = fakeProgeny({
				async submit(n) {
					if (n > 0) return [200, { id: taskId(n) }];
					atUpload = structuredClone({ [`node:${NODE}`]: kept });
					stop();
					return new Promise(() => {});
				},
			});
			const first = await run({ onStarted: (cancel) => (stop = cancel) });
			running.mockRestore();
			expect([first.status, traffic.submits.length]).toEqual(['canceled', 1]);
			const contextData = isCrash ? atUpload : first.run.data.executionData?.contextData;
			const { json, error } = await run({ execution: { contextData, ...RETRY } });
			const code = error && codeIn(error.description);
			const uploads = traffic.submits.length;
			expect({ ...json[0], code, uploads }).toMatchObject(again('OUTCOME_UNKNOWN'));
		});

		test.each<[string, ExecutionFacts]>([
			['in an execution that is not a retry', { id: '2', mode: 'manual' }],
			['in the very execution that sent it', { id: '1', mode: 'retry' }],
		])('is not sent again %s', async (_, execution) => {
			const result = await twice(unknownAtFirst(), execution);
			expect(result).toMatchObject({ code: 'OUTCOME_UNKNOWN', uploads: 1 });
		});

		test('of the retry itself is not sent again by its own tries', async () => {
			const result = await twice(fakeProgeny({ submit: () => [500, 'oops'] }), RETRY, tries);
			expect(result).toMatchObject({ code: 'OUTCOME_UNKNOWN', uploads: timesSent });
		});
	});

	describe('a task that Progeny no longer knows', () => {
		const HOUR = 61 * 60_000;
		const unknown = () => fakeProgeny({ task: () => NOT_FOUND });

		test(`is ${leavesRecord ? 'not ' : ''}submitted anew, by the retry alone`, async () => {
			const traffic = fakeProgeny({
				task: (_, id) => (id === taskId(0) ? NOT_FOUND : [200, good.answer]),
			});
			expect(await twice(traffic, RETRY, {}, HOUR)).toMatchObject(again('TASK_NOT_FOUND'));
		});

		test('is not submitted anew without a retry', async () => {
			const result = await twice(unknown(), { id: '2', mode: 'manual' }, {}, HOUR);
			expect(result).toMatchObject({ code: 'TASK_NOT_FOUND', uploads: 1 });
		});

		test('may wait in a queue within an hour, and is not submitted anew', async () => {
			expect(await twice(unknown())).toMatchObject({ code: 'TIMED_OUT', uploads: 1 });
		});

		test('may wait in a queue if this execution submitted it, however long ago', async () => {
			expect(await twice(unknown(), { id: '1' }, {}, HOUR)).toMatchObject({ code: 'TIMED_OUT', uploads: 1 });
		});

		test('of the retry itself is not submitted a third time', async () => {
			const code = leavesRecord ? 'TASK_NOT_FOUND' : 'TIMED_OUT';
			expect(await twice(unknown(), RETRY, tries, HOUR)).toMatchObject({ code, uploads: timesSent });
		});
	});

	describe('a task that was not fetched', () => {
		const refusedAtFirst = (): Traffic =>
			fakeProgeny({ task: (n) => (n === 0 ? [403, { detail: 'No.' }] : [200, good.answer]) });

		test('is resumed', async () => {
			const resumed = { ...good.output, taskId: taskId(0), uploads: 1 };
			expect(await twice(refusedAtFirst())).toMatchObject(resumed);
		});

		test('is held to the Maximum Age', async () => {
			const result = await twice(refusedAtFirst(), RETRY, {}, 61 * 60_000);
			expect(result).toMatchObject({ decision: 'review', reasons: ['TOO_OLD'], taskId: taskId(0) });
		});

		test.each<[string, Check]>([
			['another credential', { settings: { credentials: { progenyApi: { id: 'c2', name: 'x' } } } }],
			...others.map((parameters): [string, Check] => ['another person', { parameters }]),
		])('does not stand for %s', async (_, change) => {
			expect(await twice(refusedAtFirst(), RETRY, change)).toMatchObject({ uploads: 2 });
		});

		const submittedAt = new Date().toISOString();
		test.each<[string, object | null, runIndex?: number]>([
			['without a task ID', { taskId: 7, submittedAt }],
			['without a time', { taskId: taskId(9) }],
			['with nothing', null],
			['by another run of the node, in a loop', { taskId: taskId(9), submittedAt }, 1],
		])('stands for no task if its memory is left %s', async (_, task, runIndex = 0) => {
			const traffic = refusedAtFirst();
			const first = await run();
			const contextData = structuredClone(first.run.data.executionData?.contextData ?? {});
			for (const slots of Object.values(contextData)) {
				const memory = (slots as IDataObject).progenyTasks as { tasks: IDataObject; runIndex: number };
				const { tasks } = Object.assign(memory, { runIndex });
				for (const key of Object.keys(tasks)) tasks[key] = { executionId: '1', task };
			}
			const { json } = await run({ execution: { ...RETRY, contextData } });
			expect(traffic.submits.length).toBe(2);
			expect(json.filter(saysYes)).toHaveLength(1);
		});
	});
});
