import { ProgenyApi } from '../../../index';
import { CredentialStore } from '../support/credentialStore';
import { runNode, toolTypeOf, typeOf, type Setup } from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, fakeProgeny, taskId, useProgeny } from '../support/progeny';
import { SERVICES } from '../support/services';

useProgeny();

let executions = 0;
/** Executions of this process, each with an ID of its own. */
const newExecution = () => ({ id: `tool-${++executions}` });

let tests = 0;
beforeEach(() => void tests++);

/** Each test's node is another, of which nothing is remembered. */
const call = (more: Partial<Setup> & Pick<Setup, 'execution'>) =>
	runNode({
		node: 'registerFace',
		account: ACCOUNT,
		items: [fileItem(tinyJpeg())],
		parameters: SERVICES[more.node ?? 'registerFace'].inputs,
		...more,
		settings: { type: toolTypeOf(more.node ?? 'registerFace'), id: `node ${tests}`, ...more.settings },
	});
const { good } = SERVICES.registerFace;

describe('Register Face as an AI tool, called again by the model', () => {
	test('with the same photo gets the same task, and uploads nothing', async () => {
		const traffic = fakeProgeny();
		const execution = newExecution();
		for (let n = 0; n < 3; n++) {
			const { json } = await call({ execution });
			expect(json[0]).toMatchObject({ ...good.finding, taskId: taskId(0) });
		}
		expect(traffic.submits.length).toBe(1);
	});

	test('at the same moment, too', async () => {
		const traffic = fakeProgeny();
		const execution = newExecution();
		const calls = await Promise.all([1, 2, 3].map(() => call({ execution })));
		expect(calls.map(({ json }) => json[0].taskId)).toEqual([taskId(0), taskId(0), taskId(0)]);
		expect(traffic.submits.length).toBe(1);
	});

	test.each([
		['500', 500, 'oops'],
		['an answer without a task ID', 200, { ok: true }],
	])('after an unknown outcome (%s) gets the same one, and uploads nothing', async (_, status, body) => {
		const traffic = fakeProgeny({ submit: () => [status, body] });
		const execution = newExecution();
		const calls = [await call({ execution }), await call({ execution }), await call({ execution })];
		const [first, ...later] = calls.map(({ json }) => json);
		expect(first).toEqual([
			{ error: expect.any(String), message: expect.stringMatching(/^\[(OUTCOME_UNKNOWN|BAD_RESPONSE)\]/) },
		]);
		expect(later).toEqual([first, first]);
		expect(traffic.submits.length).toBe(1);
	});

	test('after an upload that was certainly not accepted may upload again', async () => {
		const traffic = fakeProgeny({
			submit: (n) => (n === 0 ? [400, { image: ['no'] }] : [200, { id: taskId(n) }]),
		});
		const execution = newExecution();
		expect((await call({ execution })).json[0].message).toMatch(/^\[SUBMIT_REJECTED\]/);
		expect((await call({ execution })).json[0]).toMatchObject(good.finding);
		expect(traffic.submits.length).toBe(2);
	});

	test('with other options, or in another execution, gets the same task', async () => {
		const traffic = fakeProgeny();
		const parameters = SERVICES.registerFace.inputs;
		await call({ execution: newExecution() });
		for (const options of [{ extendData: true }, { hideScores: true }, { timeout: 7 }]) {
			const { json } = await call({
				execution: newExecution(),
				parameters: { ...parameters, options },
			});
			expect(json[0]).toMatchObject({ ...good.finding, taskId: taskId(0) });
		}
		expect(traffic.submits.length).toBe(1);
	});

	test('for another visitor, by another Reference, uploads the same file again', async () => {
		const traffic = fakeProgeny();
		const visit = async (reference: string) => {
			const parameters = { ...SERVICES.registerFace.inputs, options: { reference } };
			const { json } = await call({ execution: newExecution(), parameters });
			return json[0].taskId;
		};
		expect([await visit('visitor-1'), await visit('visitor-2'), await visit('visitor-1')]).toEqual([
			taskId(0),
			taskId(1),
			taskId(0),
		]);
		expect(traffic.submits.length).toBe(2);
	});

	test('with another photo, credential, node, or an hour later, uploads', async () => {
		const traffic = fakeProgeny();
		const execution = newExecution();
		const type = toolTypeOf('registerFace');
		await call({ execution });
		await call({ execution, items: [fileItem(tinyJpeg({ width: 16 }))] });
		await call({ execution, settings: { type, id: 'another node' } });
		const credentials = new CredentialStore({ progenyApi: new ProgenyApi() }, { c2: { ...ACCOUNT } });
		await call({
			execution,
			credentials,
			settings: { type, credentials: { progenyApi: { id: 'c2', name: 'Progeny' } } },
		});
		expect(traffic.submits.length).toBe(4);
		await new Promise((resolve) => setTimeout(resolve, 3_600_000));
		await call({ execution });
		expect(traffic.submits.length).toBe(5);
	});
});

test('checks, and Register Face outside a tool, upload each time', async () => {
	const traffic = fakeProgeny();
	const execution = newExecution();
	for (const node of ['authenticateFace', 'faceLiveness'] as const)
		for (let n = 0; n < 2; n++) await call({ node, execution });
	for (let n = 0; n < 2; n++) await call({ execution, settings: { type: typeOf('registerFace') } });
	expect(traffic.submits.length).toBe(6);
});
