import type { IDataObject } from 'n8n-workflow';
import { runNode, toolTypeOf } from './engine';
import { fileItem, tinyJpeg } from './items';
import {
	ACCOUNT,
	NOT_MATCHED,
	PASSED,
	PENDING,
	TASK_ID,
	UUID,
	playProgeny,
	taskId,
	useNock,
} from './progeny';

useNock();

const items = [fileItem(tinyJpeg(), { customer: 42 })];
const check = (options: IDataObject = {}, more: IDataObject = {}) =>
	runNode({ account: ACCOUNT, items, parameters: { uuid: UUID, options, ...more } });

describe('operation', () => {
	test('submit gives the task ID at once, without asking for the result', async () => {
		const traffic = playProgeny();
		const { json } = await check({}, { operation: 'submit' });
		expect(json).toEqual([{ taskId: taskId(0), uuid: UUID, submittedAt: expect.stringMatching(/Z$/) }]);
		expect(traffic.polls).toEqual([]);
	});

	test('submit, then getResult in another execution, give what authenticate gives', async () => {
		const traffic = playProgeny();
		const submitted = await check({}, { operation: 'submit' });
		const fetched = await runNode({
			account: ACCOUNT,
			items: submitted.outputs[0],
			parameters: { operation: 'getResult', taskId: '={{ $json.taskId }}' },
		});
		const whole = await check();
		expect(traffic.submits).toHaveLength(2);
		const { uuid, submittedAt, ...expected } = whole.json[0];
		expect([uuid, typeof submittedAt]).toEqual([UUID, 'string']);
		expect(fetched.json).toEqual([
			{ ...expected, taskId: taskId(0), completedAt: expect.any(String), elapsedMs: expect.any(Number) },
		]);
	});

	test('getResult needs neither a photo nor a UUID', async () => {
		playProgeny({ task: () => [200, NOT_MATCHED] });
		const { json } = await runNode({
			account: ACCOUNT,
			items: [{ json: {} }],
			parameters: { operation: 'getResult', taskId: TASK_ID },
		});
		expect(json[0]).toMatchObject({ decision: 'fail', reasons: ['NOT_MATCHED'], taskId: TASK_ID });
	});
});

describe('options', () => {
	test('concurrency bounds the faces under way', async () => {
		let accepted = 0;
		let finished = 0;
		let most = 0;
		playProgeny({
			submit: (n) => {
				most = Math.max(most, ++accepted - finished);
				return [200, { id: taskId(n) }];
			},
			task: () => {
				finished++;
				return [200, PASSED];
			},
		});
		const { json } = await runNode({
			account: ACCOUNT,
			items: Array.from({ length: 9 }, () => fileItem(tinyJpeg())),
			parameters: { uuid: UUID, options: { concurrency: 3 } },
		});
		expect(json.map(({ taskId: id }) => id).sort()).toEqual(Array.from({ length: 9 }, (_, n) => taskId(n)));
		expect(most).toBe(3);
	});

	test('extendData puts what Progeny sent under providerData', async () => {
		playProgeny();
		expect((await check({ extendData: true })).json[0].providerData).toEqual(PASSED.result);
		expect((await check()).json[0]).not.toHaveProperty('providerData');
	});

	test.each([
		[{ minMatchPercent: 100, minLivenessProbability: 0.93 }, 'pass', []],
		[{ minMatchPercent: 100.1 }, 'review', ['MATCH_BELOW_MINIMUM']],
		[{ minLivenessProbability: 0.94 }, 'review', ['LIVENESS_BELOW_MINIMUM']],
		[
			{ minMatchPercent: 101, minLivenessProbability: 1 },
			'review',
			['MATCH_BELOW_MINIMUM', 'LIVENESS_BELOW_MINIMUM'],
		],
		[{ minMatchPercent: '={{ $json.nothing }}' }, 'review', ['MATCH_BELOW_MINIMUM']],
	])('minimum scores %j make it a %s', async (options, decision, reasons) => {
		playProgeny();
		expect((await check(options)).json[0]).toMatchObject({
			decision,
			reasons,
			authenticated: decision === 'pass',
		});
	});

	test('hideScores leaves every score out', async () => {
		playProgeny();
		const { json } = await check({ hideScores: true, extendData: true });
		expect(json[0]).toMatchObject({
			decision: 'pass',
			authentication: { result: true },
			liveness: { result: true },
		});
		expect(JSON.stringify(json)).not.toMatch(
			/matchScore|scorePercent|probability|quality|2\.59|0\.93|0\.81|100/,
		);
	});

	test('timeout with onTimeout error fails the item; with review it comes out for review, with its task ID', async () => {
		const traffic = playProgeny({ task: () => [200, PENDING] });
		const failed = await check({ timeout: 1 });
		expect(failed.error!.description).toMatch(new RegExp(`^\\[TIMED_OUT\\] Task ID ${taskId(0)}`));
		const reviewed = await check({ timeout: 1, onTimeout: 'review' });
		expect(reviewed.json).toEqual([
			{
				authenticated: false,
				decision: 'review',
				reasons: ['TIMED_OUT'],
				uuid: UUID,
				taskId: taskId(1),
				submittedAt: expect.any(String),
				elapsedMs: expect.any(Number),
				polls: expect.any(Number),
			},
		]);
		expect(reviewed.json[0].elapsedMs).toBeLessThanOrEqual(1100);
		expect(traffic.submits).toHaveLength(2);
	});

	test('includeInput keeps the fields and files of the input, the result under progeny', async () => {
		playProgeny();
		const { outputs } = await check({ includeInput: true });
		expect(outputs[0]).toEqual([
			{
				json: { customer: 42, progeny: expect.objectContaining({ decision: 'pass' }) },
				binary: items[0].binary,
				pairedItem: { item: 0 },
			},
		]);
		const submitted = await check({ includeInput: true }, { operation: 'submit' });
		expect(submitted.json[0]).toMatchObject({ customer: 42, progeny: { uuid: UUID } });
	});

	test('includeInput never lets an incoming error field make n8n run the node again', async () => {
		const traffic = playProgeny();
		const { json } = await runNode({
			account: ACCOUNT,
			items: [fileItem(tinyJpeg(), { error: 'from before' })],
			parameters: { uuid: UUID, options: { includeInput: true } },
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(json[0]).toMatchObject({ inputError: 'from before', progeny: { decision: 'pass' } });
		expect(json[0]).not.toHaveProperty('error');
		expect(traffic.submits).toHaveLength(1);
	});

	test('options are read for each item', async () => {
		playProgeny();
		const { json } = await runNode({
			account: ACCOUNT,
			items: [fileItem(tinyJpeg(), { min: 50 }), fileItem(tinyJpeg(), { min: 100.5 })],
			parameters: { uuid: UUID, options: { minMatchPercent: '={{ $json.min }}' } },
		});
		expect(json.map(({ decision }) => decision)).toEqual(['pass', 'review']);
	});
});

describe('routeByDecision', () => {
	const four = ['pass', 'fail', 'low', 'none'].map((face) =>
		fileItem(tinyJpeg(), { face, uuid: face === 'none' ? '' : UUID }),
	);
	const low = structuredClone(PASSED);
	low.result.data.authentication.data.scorePercent = '61.5';
	const answers = [PASSED, NOT_MATCHED, low];
	const run = (settings = {}, parameters: IDataObject = {}) => {
		playProgeny({ task: (_, id) => [200, answers[Number(id.slice(-1))]] });
		return runNode({
			account: ACCOUNT,
			items: four,
			parameters: {
				uuid: '={{ $json.uuid }}',
				routeByDecision: true,
				options: { minMatchPercent: 80, concurrency: 1 },
				...parameters,
			},
			settings,
			outputs: 4,
		});
	};
	const decisions = (items: IDataObject[]) => items.map(({ decision, error }) => decision ?? error);

	test('sends each item to Pass, Review or Fail, and one that could not be processed to Fail', async () => {
		const { arrived, outputs } = await run({ onError: 'continueRegularOutput' });
		expect(arrived.map(decisions)).toEqual([['pass'], ['review'], ['fail', 'UUID is empty'], []]);
		expect(outputs.flat().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
			{ item: 1 },
			{ item: 3 },
		]);
	});

	test('with the error output, sends that one there instead', async () => {
		const { arrived } = await run({ onError: 'continueErrorOutput' });
		expect(arrived.map(decisions)).toEqual([['pass'], ['review'], ['fail'], ['UUID is empty']]);
	});

	test('does not apply to submit', async () => {
		const { outputs } = await run({ onError: 'continueRegularOutput' }, { operation: 'submit' });
		expect(outputs).toHaveLength(1);
		expect(outputs[0]).toHaveLength(4);
	});
});

test('as an AI tool, every item comes out of the one output that the agent sees', async () => {
	playProgeny({ task: () => [200, NOT_MATCHED] });
	const { outputs, error } = await runNode({
		account: ACCOUNT,
		items,
		parameters: { uuid: UUID, routeByDecision: true },
		settings: { type: toolTypeOf('authenticateFace') },
	});
	expect(error).toBeUndefined();
	expect(outputs).toHaveLength(1);
	expect(outputs[0][0].json).toMatchObject({ decision: 'fail' });
});

describe('when an item fails', () => {
	const three = [UUID, 'nonsense', UUID].map((uuid) => fileItem(tinyJpeg(), { uuid }));
	const parameters = { uuid: '={{ $json.uuid }}' };

	test('the error output gets it, with its input beside it, and the others go on', async () => {
		playProgeny();
		const { arrived } = await runNode({
			account: ACCOUNT,
			items: three,
			parameters,
			settings: { onError: 'continueErrorOutput' },
			outputs: 2,
		});
		expect(arrived[0].map(({ decision }) => decision)).toEqual(['pass', 'pass']);
		expect(arrived[1]).toEqual([
			{
				uuid: 'nonsense',
				error: expect.stringMatching(/not a valid UUID/),
				message: expect.stringMatching(/^\[INVALID_UUID\]/),
			},
		]);
	});

	test('the run ends with that item, no new one is started, and nothing comes out', async () => {
		const traffic = playProgeny();
		const { status, error, outputs } = await runNode({
			account: ACCOUNT,
			items: three,
			parameters: { ...parameters, options: { concurrency: 1 } },
		});
		expect(status).toBe('error');
		expect(error!.context).toMatchObject({ itemIndex: 1 });
		expect(outputs).toEqual([]);
		expect(traffic.submits).toHaveLength(1);
	});

	test('of several, the first in order is reported, also when a later one fails sooner', async () => {
		playProgeny({ task: (_, id) => (id === taskId(0) ? [200, { status: 'FAILURE' }] : [200, PENDING]) });
		const { error } = await runNode({
			account: ACCOUNT,
			items: [UUID, UUID, 'nonsense'].map((uuid) => fileItem(tinyJpeg(), { uuid })),
			parameters: { ...parameters, options: { timeout: 5 } },
		});
		expect(error!.context).toMatchObject({ itemIndex: 0 });
		expect(error!.description).toMatch(/^\[TASK_FAILED\]/);
	});

	test('because an expression fails for the first one, it alone fails: no item passes unchecked', async () => {
		playProgeny();
		const { json } = await runNode({
			account: ACCOUNT,
			items: [fileItem(tinyJpeg(), {}), fileItem(tinyJpeg(), { limits: { faces: 2 } })],
			parameters: {
				uuid: UUID,
				routeByDecision: false,
				options: { concurrency: '={{ $json.limits ? 2 : $("Nowhere").item.json.faces }}' },
			},
			settings: { onError: 'continueRegularOutput' },
		});
		expect(json).toHaveLength(2);
		expect(json.map(({ decision, error }) => decision ?? typeof error)).toEqual(['string', 'pass']);
	});
});

describe('Retry On Fail', () => {
	test('three tries, each face uploaded once: what was submitted is resumed', async () => {
		let asked = 0;
		const traffic = playProgeny({
			task: (_, id) => (id === taskId(1) && ++asked <= 2 ? [403, { detail: 'No.' }] : [200, PASSED]),
		});
		const { json, status } = await runNode({
			account: ACCOUNT,
			items: Array.from({ length: 3 }, () => fileItem(tinyJpeg())),
			parameters: { uuid: UUID, options: { concurrency: 3 } },
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(status).toBe('success');
		expect(json.map(({ decision }) => decision)).toEqual(['pass', 'pass', 'pass']);
		expect(traffic.submits).toHaveLength(3);
	});

	test('never sends a photo again whose fate is unknown', async () => {
		const traffic = playProgeny({ submit: () => [500, 'oops'] });
		const { error } = await runNode({
			account: ACCOUNT,
			items,
			parameters: { uuid: UUID },
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(error!.description).toMatch(/^\[OUTCOME_UNKNOWN\]/);
		expect(traffic.submits).toHaveLength(1);
	});

	test('submits again where the task itself failed', async () => {
		const traffic = playProgeny({
			task: (_, id) => [200, id === taskId(0) ? { status: 'FAILURE' } : PASSED],
		});
		const { json } = await runNode({
			account: ACCOUNT,
			items,
			parameters: { uuid: UUID },
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(json[0]).toMatchObject({ decision: 'pass', taskId: taskId(1) });
		expect(traffic.submits).toHaveLength(2);
	});

	test('leaves nothing in the node context after a success', async () => {
		playProgeny();
		const { run } = await check();
		expect(JSON.stringify(run.data.executionData?.contextData)).not.toMatch(/progenyTasks/);
	});
});
