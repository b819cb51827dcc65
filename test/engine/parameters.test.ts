import type { IDataObject } from 'n8n-workflow';
import { PENDING, taskId } from './support/answers';
import { CONTINUE, codeIn } from './support/check';
import { fileItem, photos, tinyJpeg } from './support/items';
import { check, fakeProgeny, fetchResult, useProgeny } from './support/progeny';
import { NODE_ROWS, SERVICES, type NodeName } from './support/services';

useProgeny();

const timing = { submittedAt: expect.any(String), elapsedMs: expect.any(Number), polls: expect.any(Number) };
const ended = { ...timing, completedAt: expect.any(String) };
const receipt = expect.stringMatching(/^pgr1\.[\w-]+\.[\w-]{43}$/);

describe.each(NODE_ROWS)('%s', (node, { shown, hasProviderData, good, timedOut }) => {
	test('submit returns a receipt at once, for which getResult returns the result in another execution', async () => {
		const traffic = fakeProgeny();
		const { json, credentials } = await check({ node, operation: 'submit' });
		const submittedAt = expect.stringMatching(/^\d{4}-.*Z$/);
		expect(json).toEqual([{ taskId: taskId(0), receipt, ...shown, submittedAt }]);
		expect(traffic.polls).toEqual([]);

		const items = [{ json: json[0] }];
		const fetched = await fetchResult('={{ $json.receipt }}', { node, items, credentials });
		expect(fetched.json).toEqual([{ ...good.output, ...shown, taskId: taskId(0), timing: ended }]);
		expect(traffic.submits).toHaveLength(1);
	});

	test('extendData asks for what the providers sent, and returns it as providerData, if the service has any', async () => {
		const { submits } = fakeProgeny();
		const { providerData } = (await check({ node, options: { extendData: true } })).json[0];
		expect(submits[0].body.includes('name="extend_data"\r\n\r\ntrue')).toBe(hasProviderData);
		expect(providerData).toEqual(hasProviderData ? good.answer.result : undefined);
		expect((await check({ node })).json[0]).not.toHaveProperty('providerData');
	});

	test('timeout with onTimeout error fails the item; with review it returns a result with its receipt', async () => {
		fakeProgeny({ task: () => [200, PENDING] });
		const { error, outputs } = await check({ node, options: { timeout: 1 } });
		expect(error!.description).toMatch(`[TIMED_OUT] Task ID ${taskId(0)}. Receipt pgr1.`);
		expect(outputs.flat()).toEqual([]);
		const { json } = await check({ node, options: { timeout: 1, onTimeout: 'review' } });
		expect(json).toEqual([{ ...timedOut, ...shown, taskId: taskId(1), receipt, timing }]);
	});
});

const { good } = SERVICES.faceLiveness;

test.each<[NodeName, IDataObject]>([
	['authenticateFace', { authentication: { result: true }, liveness: { result: true } }],
	['backgroundCheck', { backgroundCheck: { potentialMatch: false, riskLevel: 'unknown' } }],
])('hideScores leaves every number out of the checks of %s, even with extendData', async (node, bare) => {
	fakeProgeny();
	const { good, shown } = SERVICES[node];
	const { json } = await check({ node, options: { hideScores: true, extendData: true } });
	expect(json).toEqual([{ ...good.output, ...bare, ...shown, taskId: taskId(0), timing: ended }]);
});

test('hideScores also hides the numbers in what Progeny says of a failed task', async () => {
	fakeProgeny({ task: () => [200, { status: 'FAILURE', result: 'score 0.43 is below 0.95' }] });
	const { error } = await check({ node: 'faceLiveness', options: { hideScores: true } });
	expect(error!.message).toBe('Progeny could not complete its task (FAILURE): score … is below …');
});

test.each<[string, string | undefined]>([
	['={{ $json.nothing }}', 'INVALID_OPTIONS'],
	['{{ $json.options }}', 'INVALID_OPTIONS'],
	['={{ ({ reference: "order-1" }) }}', undefined],
])('all options by %s: %s', async (options, code) => {
	const traffic = fakeProgeny();
	const { json } = await check({ options, settings: CONTINUE });
	expect(json[0].message ?? '').toContain(code ?? '');
	expect([json[0].reference, traffic.submits.length]).toEqual(code ? [undefined, 0] : ['order-1', 1]);
});

test('concurrency bounds the items under way', async () => {
	let [underWay, most] = [0, 0];
	fakeProgeny({
		submit: (n) => {
			most = Math.max(most, ++underWay);
			return [200, { id: taskId(n) }];
		},
		task: () => {
			underWay--;
			return [200, good.answer];
		},
	});
	const { json } = await check({ node: 'faceLiveness', items: photos(7), options: { concurrency: 3 } });
	expect(json.map(({ decision }) => decision)).toEqual(Array(7).fill('pass'));
	expect(most).toBe(3);
});

test('includeInput keeps the files in place, and no incoming error makes n8n run the node again', async () => {
	const traffic = fakeProgeny();
	const items = [fileItem(tinyJpeg(), { error: 'from before' })];
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const { outputs } = await check({ node: 'faceLiveness', items, settings, options: { includeInput: true } });
	const json = { ...good.output, taskId: taskId(0), timing: ended, input: { error: 'from before' } };
	expect(outputs).toEqual([[{ json, binary: items[0].binary, pairedItem: { item: 0 } }]]);
	expect(traffic.submits).toHaveLength(1);
});

describe('minimum scores', () => {
	const [MATCH, LIVENESS] = ['MATCH_BELOW_MINIMUM', 'LIVENESS_BELOW_MINIMUM'];
	test.each<[NodeName, IDataObject, string[]]>([
		['authenticateFace', { minMatchPercent: 100.1, minLivenessProbability: 0.94 }, [MATCH, LIVENESS]],
		['faceLiveness', { minLivenessProbability: 0.93 }, []],
		['faceLiveness', { minLivenessProbability: '={{ $json.nothing }}' }, [LIVENESS]],
	])('%s with %j: review for %j', async (node, options, reasons) => {
		fakeProgeny();
		const { json } = await check({ node, options });
		expect(json[0]).toMatchObject({ decision: reasons.length === 0 ? 'pass' : 'review', reasons });
		expect(SERVICES[node].yes.test(JSON.stringify(json))).toBe(reasons.length === 0);
	});

	test('are read for each item', async () => {
		fakeProgeny();
		const { json } = await check({
			node: 'faceLiveness',
			items: [0.5, 0.95].map((min) => fileItem(tinyJpeg(), { min })),
			options: { minLivenessProbability: '={{ $json.min }}' },
		});
		expect(json.map(({ decision }) => decision)).toEqual(['pass', 'review']);
	});
});

describe('what a user enters', () => {
	const items = [fileItem(tinyJpeg(), { name: 'Jane Doe' })];
	const TYPED = '{{ $json.name }}';

	test.each<[string, NodeName, IDataObject, string]>([
		['Full Name', 'backgroundCheck', { fullName: TYPED }, 'INVALID_NAME'],
		['Date of Birth', 'backgroundCheck', { dateOfBirth: TYPED }, 'INVALID_DATE'],
		['UUID', 'authenticateFace', { uuid: TYPED }, 'INVALID_UUID'],
		['Receipt or Task ID', 'faceLiveness', { operation: 'getResult', receipt: TYPED }, 'INVALID_RECEIPT'],
		['Reference', 'faceLiveness', { options: { reference: TYPED } }, 'INVALID_RECEIPT'],
		['Expected Name', 'readDocument', { options: { expectedName: TYPED } }, 'INVALID_NAME'],
		['Expected Date of Birth', 'verifyIdentity', { options: { expectedDateOfBirth: TYPED } }, 'INVALID_DATE'],
	])('an expression typed as plain text into %s is refused', async (label, node, parameters, code) => {
		const traffic = fakeProgeny();
		const { json } = await check({ node, items, parameters, settings: CONTINUE });
		const message = `[${code}] Nothing was sent. Switch ${label} from Fixed to Expression (the switch above it appears when you point at the field).`;
		expect(json).toEqual([{ error: `${label} holds an expression as plain text`, message }]);
		expect([traffic.submits, traffic.polls]).toEqual([[], []]);
	});

	test.each<[string, string, string]>([
		["{{ '900904'.toDateTime() }}", 'Europe/Berlin', 'INVALID_DATE'],
		["{{ '1990-10-21'.toDateTime() }}", 'America/Sao_Paulo', '1990-10-21'],
	])('a date by %s in %s: %s', async (expression, timezone, expected) => {
		const traffic = fakeProgeny();
		const parameters = { dateOfBirth: `=${expression}` };
		const setup = { parameters, settings: CONTINUE, workflowSettings: { timezone } };
		const { json } = await check({ node: 'backgroundCheck', items, ...setup });
		const sent = traffic.submits.map(({ body }) => /\b\d{4}-\d\d-\d\d\b/.exec(body.toString('latin1'))?.[0]);
		expect(sent[0] ?? codeIn(json[0].message)).toBe(expected);
	});

	test('a UUID in capitals is sent, bound and returned in lower case', async () => {
		const traffic = fakeProgeny();
		const { uuid } = SERVICES.authenticateFace.fields as { uuid: string };
		const parameters = { uuid: uuid.toUpperCase() };
		const { json, credentials } = await check({ operation: 'submit', parameters });
		expect([json[0].uuid, traffic.submits[0].body.includes(uuid)]).toEqual([uuid, true]);
		const fetched = await fetchResult(json[0].receipt, { credentials, parameters: { uuid } });
		expect(fetched.json[0]).toMatchObject(SERVICES.authenticateFace.good.output);
	});
});
