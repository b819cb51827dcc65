import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NODE, NODES, runNode, type Setup } from '../support/engine';
import type { ExecutionFacts } from '../support/execution';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, fakeProgeny, taskId, useProgeny, type Traffic } from '../support/progeny';
import { SOME_NODES } from '../support/services';
import { saysYes } from './attack';

useProgeny();

const NOT_FOUND: [number, unknown] = [404, { detail: 'Not found.' }];

describe.each(SOME_NODES)('%s, when an execution that failed is retried', (node, service) => {
	const { inputs, others, files, hasProviderData, good } = service;
	const leavesRecord = node === 'registerFace';
	const setup = (more: Partial<Setup>): Setup => ({
		node,
		account: ACCOUNT,
		items: [fileItem(tinyJpeg())],
		parameters: { ...inputs, options: { timeout: 5 } },
		...more,
	});
	/** Execution 1, which fails, and then another on what it left behind. */
	const twice = async (second: ExecutionFacts, more: Partial<Setup> = {}, between = () => {}) => {
		const first = await runNode(setup({}));
		expect(first.status).toBe('error');
		between();
		const contextData = first.run.data.executionData?.contextData;
		return runNode(setup({ ...more, execution: { contextData, ...second } }));
	};
	const RETRY = { id: '2', mode: 'retry' } as const;
	const codeOf = (error?: { description?: string }) => /\[([A-Z_]+)\]/.exec(error?.description ?? '')?.[1];

	describe('an upload with an unknown outcome', () => {
		const unknownAtFirst = (): Traffic =>
			fakeProgeny({ submit: (n) => (n === 0 ? [500, 'oops'] : [200, { id: taskId(n) }]) });

		test(`is ${leavesRecord ? 'not ' : ''}sent again`, async () => {
			const traffic = unknownAtFirst();
			const { json, error } = await twice(RETRY);
			const result = leavesRecord ? { code: 'OUTCOME_UNKNOWN' } : { ...good.finding, taskId: taskId(1) };
			expect({ code: codeOf(error), ...json[0] }).toMatchObject(result);
			expect(traffic.submits.length).toBe(leavesRecord ? 1 : 2);
		});

		test.each([
			['Stop', false],
			['a crash', true],
		])(`that %s interrupted is ${leavesRecord ? 'not ' : ''}sent again, once`, async (_, isCrash) => {
			const { prototype } = NODES[node];
			const { execute } = prototype;
			let kept: object = {};
			const running = jest.spyOn(prototype, 'execute').mockImplementation(async function (
				this: IExecuteFunctions,
			) {
				kept = this.getContext('node');
				return await execute.call(this);
			});
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
			const first = await runNode(setup({ onStarted: (cancel) => (stop = cancel) }));
			running.mockRestore();
			expect([first.status, traffic.submits.length]).toEqual(['canceled', 1]);
			const contextData = isCrash ? atUpload : first.run.data.executionData?.contextData;
			const { json, error } = await runNode(setup({ execution: { contextData, ...RETRY } }));
			const result = leavesRecord ? { code: 'OUTCOME_UNKNOWN' } : { ...good.finding, taskId: taskId(1) };
			expect({ code: codeOf(error), ...json[0] }).toMatchObject(result);
			expect(traffic.submits.length).toBe(leavesRecord ? 1 : 2);
		});

		test.each([
			['in an execution that is no retry', { id: '2', mode: 'manual' }],
			['in the very execution that sent it', { id: '1', mode: 'retry' }],
		] as Array<[string, ExecutionFacts]>)('is not sent again %s', async (_, execution) => {
			const traffic = unknownAtFirst();
			const { error } = await twice(execution);
			expect([codeOf(error), traffic.submits.length]).toEqual(['OUTCOME_UNKNOWN', 1]);
		});

		test('of the retry itself is not sent again by its own tries', async () => {
			const traffic = fakeProgeny({ submit: () => [500, 'oops'] });
			const { error } = await twice(RETRY, {
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			expect([codeOf(error), traffic.submits.length]).toEqual(['OUTCOME_UNKNOWN', leavesRecord ? 1 : 2]);
		});
	});

	describe('a task that Progeny no longer knows', () => {
		const anHourLater = () => jest.setSystemTime(Date.now() + 61 * 60_000);

		test(`is ${leavesRecord ? 'not ' : ''}submitted anew, by the retry alone`, async () => {
			const traffic = fakeProgeny({
				task: (_, id) => (id === taskId(0) ? NOT_FOUND : [200, good.answer]),
			});
			const { json, error } = await twice(RETRY, {}, anHourLater);
			const result = leavesRecord ? { code: 'TASK_NOT_FOUND' } : { ...good.finding, taskId: taskId(1) };
			expect({ code: codeOf(error), ...json[0] }).toMatchObject(result);
			expect(traffic.submits.length).toBe(leavesRecord ? 1 : 2);
		});

		test('is not submitted anew without a retry', async () => {
			const traffic = fakeProgeny({ task: () => NOT_FOUND });
			const { error } = await twice({ id: '2', mode: 'manual' }, {}, anHourLater);
			expect([codeOf(error), traffic.submits.length]).toEqual(['TASK_NOT_FOUND', 1]);
		});

		test('may wait in a queue within an hour, and is not submitted anew', async () => {
			const traffic = fakeProgeny({ task: () => NOT_FOUND });
			const { error } = await twice(RETRY);
			expect([codeOf(error), traffic.submits.length]).toEqual(['TIMED_OUT', 1]);
		});

		test('of the retry itself is not submitted a third time', async () => {
			const traffic = fakeProgeny({ task: () => NOT_FOUND });
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			const { error } = await twice(RETRY, { settings }, anHourLater);
			const end = leavesRecord ? ['TASK_NOT_FOUND', 1] : ['TIMED_OUT', 2];
			expect([codeOf(error), traffic.submits.length]).toEqual(end);
		});
	});

	describe('a task that was not fetched', () => {
		const refusedAtFirst = (): Traffic =>
			fakeProgeny({ task: (n) => (n === 0 ? [403, { detail: 'No.' }] : [200, good.answer]) });

		test('is resumed', async () => {
			const traffic = refusedAtFirst();
			const { json } = await twice(RETRY);
			expect(json[0]).toMatchObject({ ...good.finding, taskId: taskId(0) });
			expect(traffic.submits.length).toBe(1);
		});

		test('is held to the Maximum Age', async () => {
			refusedAtFirst();
			const { json } = await twice(RETRY, {}, () => jest.setSystemTime(Date.now() + 61 * 60_000));
			expect(json[0]).toMatchObject({ decision: 'review', reasons: ['TOO_OLD'], taskId: taskId(0) });
		});

		test.each([
			...(files.length > 0
				? [['another photo', { items: [fileItem(tinyJpeg({ width: 16 }))] }] as const]
				: []),
			...(hasProviderData
				? [
						[
							'another option of what is sent',
							{ parameters: { ...inputs, options: { extendData: true } } },
						] as const,
					]
				: []),
			['another credential', { settings: { credentials: { progenyApi: { id: 'c2', name: 'x' } } } }],
			...others.map((other) => ['another person', { parameters: { ...inputs, ...other } }] as const),
		] as Array<[string, Partial<Setup>]>)('does not stand for %s', async (name, change) => {
			const traffic = refusedAtFirst();
			if (name === 'another credential') {
				const first = await runNode(setup({}));
				first.credentials.copy('c2');
				const { run, credentials } = first;
				const contextData = run.data.executionData?.contextData;
				await runNode(setup({ ...change, credentials, execution: { ...RETRY, contextData } }));
			} else {
				await twice(RETRY, change);
			}
			expect(traffic.submits.length).toBe(2);
		});
	});

	test.each([
		['no task ID', { taskId: 7, submittedAt: '2026-01-01T00:00:00.000Z' }],
		['no time', { taskId: taskId(9) }],
		['nothing', null],
	])('a memory with %s stands for no task', async (_, task) => {
		const traffic = fakeProgeny({
			task: (n) => (n === 0 ? [403, { detail: 'No.' }] : [200, good.answer]),
		});
		const { run } = await runNode(setup({}));
		const contextData = structuredClone(run.data.executionData?.contextData ?? {});
		for (const slots of Object.values(contextData)) {
			const { tasks } = (slots as IDataObject).progenyTasks as { tasks: IDataObject };
			for (const key of Object.keys(tasks)) tasks[key] = { executionId: '1', task };
		}
		const { json } = await runNode(setup({ execution: { ...RETRY, contextData } }));
		expect(traffic.submits.length).toBe(2);
		expect(json.filter(saysYes)).toHaveLength(1);
	});
});
