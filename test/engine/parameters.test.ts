import type { IDataObject } from 'n8n-workflow';
import { runNode, type NodeName } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, TASK_ID, fakeProgeny, taskId, useNock } from './support/progeny';
import { NODES, SERVICES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

const items = [fileItem(tinyJpeg(), { customer: 42 })];
const checkWith =
	(node: NodeName) =>
	(options: IDataObject = {}, more: IDataObject = {}) =>
		runNode({
			node,
			account: ACCOUNT,
			items,
			parameters: { ...SERVICES[node].inputs, options, ...more },
		});

describe.each(NODES)('%s', (node, { operation, inputs, shown, hasProviderData, good, bad, timedOut }) => {
	const check = checkWith(node);

	describe('operation', () => {
		test('submit returns the task ID and a receipt at once, without polling', async () => {
			const traffic = fakeProgeny();
			const { json } = await check({}, { operation: 'submit' });
			expect(json).toEqual([
				{
					taskId: taskId(0),
					receipt: expect.stringMatching(/^pgr1\.[\w-]+\.[\w-]{43}$/),
					...shown,
					submittedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				},
			]);
			expect(traffic.polls).toEqual([]);
		});

		test('submit, then getResult in another execution, return what its own operation returns', async () => {
			const traffic = fakeProgeny();
			const submitted = await check({}, { operation: 'submit' });
			const fetched = await runNode({
				node,
				account: ACCOUNT,
				items: submitted.outputs[0],
				credentials: submitted.credentials,
				parameters: { ...inputs, operation: 'getResult', receipt: '={{ $json.receipt }}' },
			});
			const whole = await check({}, { operation });
			expect(traffic.submits).toHaveLength(2);
			const result = (n: number) => ({
				...good.finding,
				...shown,
				taskId: taskId(n),
				timing: {
					submittedAt: expect.any(String),
					completedAt: expect.any(String),
					elapsedMs: expect.any(Number),
					polls: 1,
				},
			});
			expect(whole.json).toEqual([result(1)]);
			expect(fetched.json).toEqual([result(0)]);
		});

		test('getResult needs no photo, and shows what a bare task ID leads to', async () => {
			fakeProgeny({ task: () => [200, bad.answer] });
			const { json } = await runNode({
				node,
				account: ACCOUNT,
				items: [{ json: {} }],
				parameters: { ...inputs, operation: 'getResult', receipt: TASK_ID },
			});
			expect(json[0]).toMatchObject({ ...bad.finding, taskId: TASK_ID });
		});
	});

	describe('options', () => {
		test.each<[string, string | undefined]>([
			['={{ $json.nothing }}', 'INVALID_OPTIONS'],
			['{{ $json.options }}', 'INVALID_OPTIONS'],
			['={{ ({ reference: "null" }) }}', 'INVALID_RECEIPT'],
			['={{ ({ reference: "order-1" }) }}', undefined],
		])('all of them by %s: %s', async (options, code) => {
			const traffic = fakeProgeny();
			const ran = await runNode({
				node,
				account: ACCOUNT,
				items,
				parameters: { ...inputs, operation, options },
				settings: { onError: 'continueRegularOutput' },
			});
			expect(ran.json[0].message ?? '').toContain(code ?? '');
			expect([ran.json[0].reference, traffic.submits.length]).toEqual(
				code === undefined ? ['order-1', 1] : [undefined, 0],
			);
		});

		test('concurrency bounds the faces under way', async () => {
			let accepted = 0;
			let finished = 0;
			let most = 0;
			fakeProgeny({
				submit: (n) => {
					most = Math.max(most, ++accepted - finished);
					return [200, { id: taskId(n) }];
				},
				task: () => {
					finished++;
					return [200, good.answer];
				},
			});
			const { json } = await runNode({
				node,
				account: ACCOUNT,
				items: Array.from({ length: 9 }, () => fileItem(tinyJpeg())),
				parameters: { ...inputs, options: { concurrency: 3 } },
			});
			expect(json.map(({ taskId: id }) => id).sort()).toEqual(Array.from({ length: 9 }, (_, n) => taskId(n)));
			expect(most).toBe(3);
		});

		test('extendData returns what Progeny sent as providerData, if the service has any', async () => {
			fakeProgeny();
			const { providerData } = (await check({ extendData: true })).json[0];
			expect(providerData).toEqual(hasProviderData ? good.answer.result : undefined);
			expect((await check()).json[0]).not.toHaveProperty('providerData');
		});

		test('hideScores leaves every score out, also with extendData, and nothing else', async () => {
			fakeProgeny({ task: (n) => [200, (n === 0 ? good : bad).answer] });
			for (const { finding } of [good, bad]) {
				const { json } = await check({ hideScores: true, extendData: true });
				const task = { taskId: expect.any(String), timing: expect.any(Object) };
				expect(json).toEqual([{ ...withoutScores(finding), ...shown, ...task }]);
			}
		});

		test('timeout with onTimeout error fails the item; with review it returns a result with its receipt', async () => {
			const traffic = fakeProgeny({ task: () => [200, PENDING] });
			const failed = await check({ timeout: 1 });
			expect(failed.error!.description).toMatch(
				new RegExp(`^\\[TIMED_OUT\\] Task ID ${taskId(0)}\\. Receipt pgr1\\.`),
			);
			expect(failed.outputs.flat()).toEqual([]);
			const result = await check({ timeout: 1, onTimeout: 'review' });
			expect(result.json).toEqual([
				{
					...timedOut,
					...shown,
					taskId: taskId(1),
					receipt: expect.stringMatching(/^pgr1\./),
					timing: {
						submittedAt: expect.any(String),
						elapsedMs: expect.any(Number),
						polls: expect.any(Number),
					},
				},
			]);
			expect(traffic.submits).toHaveLength(2);
		});

		test('includeInput passes the fields on under input and the files where they are', async () => {
			fakeProgeny();
			const { outputs } = await check({ includeInput: true });
			expect(outputs[0]).toEqual([
				{
					json: expect.objectContaining({ ...good.finding, input: { customer: 42 } }),
					binary: expect.objectContaining(items[0].binary!),
					pairedItem: { item: 0 },
				},
			]);
			const submitted = await check({ includeInput: true }, { operation: 'submit' });
			expect(submitted.json[0]).toMatchObject({ ...shown, taskId: taskId(1), input: { customer: 42 } });
		});

		test('includeInput never lets an incoming error field make n8n run the node again', async () => {
			const traffic = fakeProgeny();
			const { json } = await runNode({
				node,
				account: ACCOUNT,
				items: [fileItem(tinyJpeg(), { error: 'from before' })],
				parameters: { ...inputs, options: { includeInput: true } },
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			expect(json[0]).toMatchObject({ ...good.finding, input: { error: 'from before' } });
			expect(json[0]).not.toHaveProperty('error');
			expect(traffic.submits).toHaveLength(1);
		});
	});
});

/** A finding whose checks are bare. */
const withoutScores = (finding: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(finding).map(([name, value]) => {
			const { result, hits, ...others } = (value ?? {}) as IDataObject;
			// Hits have scores of their own, and their number is one.
			if (hits !== undefined) return [name, { ...others, totalMatches: undefined }];
			return [name, result === undefined ? value : { result }];
		}),
	);

test('hideScores also hides the numbers in what Progeny says of a failed task', async () => {
	fakeProgeny({ task: () => [200, { status: 'FAILURE', result: 'score 0.43 is below 0.95' }] });
	const { error } = await checkWith('faceLiveness')({ hideScores: true });
	expect(error!.message).toBe('Progeny could not complete its task (FAILURE): score … is below …');
});

describe('minimum scores', () => {
	test.each<[NodeName, IDataObject, string[]]>([
		['authenticateFace', { minMatchPercent: 100, minLivenessProbability: 0.93 }, []],
		['authenticateFace', { minMatchPercent: 100.1 }, ['MATCH_BELOW_MINIMUM']],
		['authenticateFace', { minLivenessProbability: 0.94 }, ['LIVENESS_BELOW_MINIMUM']],
		[
			'authenticateFace',
			{ minMatchPercent: 101, minLivenessProbability: 1 },
			['MATCH_BELOW_MINIMUM', 'LIVENESS_BELOW_MINIMUM'],
		],
		['authenticateFace', { minMatchPercent: '={{ $json.nothing }}' }, ['MATCH_BELOW_MINIMUM']],
		['faceLiveness', { minLivenessProbability: 0.93 }, []],
		['faceLiveness', { minLivenessProbability: 0.94 }, ['LIVENESS_BELOW_MINIMUM']],
		['faceLiveness', { minLivenessProbability: '={{ $json.nothing }}' }, ['LIVENESS_BELOW_MINIMUM']],
	])('%s with %j: review for %j', async (node, options, reasons) => {
		fakeProgeny();
		const { json } = await checkWith(node)(options);
		expect(json[0]).toMatchObject({ decision: reasons.length === 0 ? 'pass' : 'review', reasons });
		expect(SERVICES[node].yes.test(JSON.stringify(json))).toBe(reasons.length === 0);
	});

	test('are read for each item', async () => {
		fakeProgeny();
		const { json } = await runNode({
			node: 'faceLiveness',
			account: ACCOUNT,
			items: [fileItem(tinyJpeg(), { min: 0.5 }), fileItem(tinyJpeg(), { min: 0.95 })],
			parameters: { options: { minLivenessProbability: '={{ $json.min }}' } },
		});
		expect(json.map(({ decision }) => decision)).toEqual(['pass', 'review']);
	});
});

describe('what a user enters', () => {
	const run = (node: NodeName, parameters: IDataObject, workflowSettings: IDataObject = {}) =>
		runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg(), { name: 'Jane Doe' })],
			parameters: { ...SERVICES[node].inputs, ...parameters },
			settings: { onError: 'continueRegularOutput' },
			workflowSettings,
		});
	const fetch = { operation: 'getResult' };
	const TYPED = '{{ $json.name }}';

	test.each<[string, NodeName, IDataObject, string]>([
		['Full Name', 'backgroundCheck', { fullName: TYPED }, 'INVALID_NAME'],
		['Date of Birth', 'backgroundCheck', { dateOfBirth: TYPED }, 'INVALID_DATE'],
		['UUID', 'authenticateFace', { uuid: TYPED }, 'INVALID_UUID'],
		['Receipt or Task ID', 'faceLiveness', { ...fetch, receipt: TYPED }, 'INVALID_RECEIPT'],
		['Reference', 'faceLiveness', { options: { reference: TYPED } }, 'INVALID_RECEIPT'],
		['Expected Name', 'readDocument', { options: { expectedName: TYPED } }, 'INVALID_NAME'],
		['Expected Date of Birth', 'verifyIdentity', { options: { expectedDateOfBirth: TYPED } }, 'INVALID_DATE'],
	])(
		'an expression typed as plain text into %s is refused, and nothing is sent',
		async (label, node, parameters, code) => {
			const traffic = fakeProgeny();
			const { json } = await run(node, parameters);
			expect(json).toEqual([
				{
					error: `${label} holds an expression as plain text`,
					message: `[${code}] Nothing was sent. Switch ${label} from Fixed to Expression (the switch above it appears when you point at the field).`,
				},
			]);
			expect([traffic.submits, traffic.polls]).toEqual([[], []]);
		},
	);

	test.each<[string, string, string]>([
		["{{ '900904'.toDateTime() }}", 'Europe/Berlin', 'INVALID_DATE'],
		["{{ DateTime.fromFormat('550904', 'yyMMdd') }}", 'Europe/Berlin', 'INVALID_DATE'],
		['{{ 33120 }}', 'Europe/Berlin', 'INVALID_DATE'],
		["{{ '1990-10-21'.toDateTime() }}", 'America/Sao_Paulo', '1990-10-21'],
		["{{ '1990-10-21'.toDateTime().toISO() }}", 'America/Sao_Paulo', '1990-10-21'],
		["{{ DateTime.fromFormat('04.09.1990', 'dd.MM.yyyy') }}", 'Europe/Berlin', '1990-09-04'],
	])('a date by %s in %s: %s', async (expression, timezone, expected) => {
		const traffic = fakeProgeny();
		const { json } = await run('backgroundCheck', { dateOfBirth: `=${expression}` }, { timezone });
		const sent = traffic.submits.map(({ body }) => /\b\d{4}-\d\d-\d\d\b/.exec(body.toString('latin1'))?.[0]);
		expect(sent[0] ?? /\[(\w+)\]/.exec(String(json[0].message))?.[1]).toBe(expected);
	});

	test('a UUID in capitals is sent, bound and returned in lower case', async () => {
		const traffic = fakeProgeny();
		const { uuid } = SERVICES.authenticateFace.fields as { uuid: string };
		const { json, credentials } = await run('authenticateFace', {
			uuid: uuid.toUpperCase(),
			operation: 'submit',
		});
		expect([json[0].uuid, traffic.submits[0].body.includes(uuid)]).toEqual([uuid, true]);
		const fetched = await runNode({
			credentials,
			items: [{ json: {} }],
			parameters: { uuid, operation: 'getResult', receipt: json[0].receipt },
		});
		expect(fetched.json[0]).toMatchObject(SERVICES.authenticateFace.good.finding);
	});
});
