import { jwt, taskId } from '../support/answers';
import { failed } from '../support/check';
import { storeOf, toolTypeOf, typeOf } from '../support/engine';
import { photos } from '../support/items';
import { ACCOUNT, check, fakeProgeny, useProgeny, type Check } from '../support/progeny';
import { SERVICES } from '../support/services';

useProgeny();

let executions = 0;
/** Returns an execution of this process, with an ID of its own. */
const newExecution = () => ({ id: `tool-${++executions}` });

let tests = 0;
beforeEach(() => void tests++);

/** Makes a call and returns its item. Each test has a new node, of which nothing is remembered. */
const call = async ({ node = 'registerFace', settings, ...more }: Check = {}) => {
	const own = { type: toolTypeOf(node), id: `node ${tests}` };
	return (await check({ node, execution: newExecution(), ...more, settings: { ...own, ...settings } }))
		.json[0]!;
};
const { good } = SERVICES.registerFace;

describe('Register Face as an AI tool, called again by the model', () => {
	test('with the same photo gets the same task, and uploads nothing', async () => {
		const traffic = fakeProgeny();
		const execution = newExecution();
		for (let n = 0; n < 2; n++)
			expect(await call({ execution })).toMatchObject({ ...good.output, taskId: taskId(0) });
		expect(traffic.submits.length).toBe(1);
	});

	test('at the same moment, too', async () => {
		const traffic = fakeProgeny();
		const execution = newExecution();
		const calls = await Promise.all([1, 2, 3].map(() => call({ execution })));
		expect(calls.map((json) => json.taskId)).toEqual([taskId(0), taskId(0), taskId(0)]);
		expect(traffic.submits.length).toBe(1);
	});

	test('after an unknown outcome gets the same one, and uploads nothing', async () => {
		const traffic = fakeProgeny({ submit: () => [500, 'oops'] });
		const execution = newExecution();
		const first = await call({ execution });
		expect(first).toEqual(failed('OUTCOME_UNKNOWN'));
		for (let n = 0; n < 2; n++) expect(await call({ execution })).toEqual(first);
		expect(traffic.submits.length).toBe(1);
	});

	test('after Stop during the upload gets an unknown outcome, and uploads nothing', async () => {
		let stop = () => {};
		const traffic = fakeProgeny({
			submit() {
				stop();
				return new Promise(() => {});
			},
		});
		expect(await call({ onStarted: (cancel) => (stop = cancel) })).toBeUndefined();
		for (let n = 0; n < 2; n++) expect(await call()).toEqual(failed('OUTCOME_UNKNOWN'));
		expect(traffic.submits.length).toBe(1);
	});

	test('uploads itself if the call before it was stopped before its upload', async () => {
		let stop = () => {};
		const traffic = fakeProgeny({
			login(n) {
				if (n > 0) return [200, { access: jwt() }];
				stop();
				return new Promise(() => {});
			},
		});
		const calls = [call({ onStarted: (cancel) => (stop = cancel) }), call()];
		expect(await Promise.all(calls)).toEqual([undefined, expect.objectContaining({ registered: true })]);
		expect(traffic.submits.length).toBe(1);
	});

	test('after an upload that was certainly not accepted may upload again', async () => {
		const traffic = fakeProgeny({
			submit: (n) => (n === 0 ? [400, { image: ['no'] }] : [200, { id: taskId(n) }]),
		});
		const execution = newExecution();
		expect(await call({ execution })).toEqual(failed('SUBMIT_REJECTED'));
		expect(await call({ execution })).toMatchObject(good.output);
		expect(traffic.submits.length).toBe(2);
	});

	test('with other options, or in another execution, gets the same task', async () => {
		const traffic = fakeProgeny();
		for (const options of [{}, { extendData: true }, { hideScores: true }, { timeout: 7 }])
			expect(await call({ options })).toMatchObject({ ...good.output, taskId: taskId(0) });
		expect(traffic.submits.length).toBe(1);
	});

	test('for another visitor, by another Reference, uploads the same file again', async () => {
		const traffic = fakeProgeny();
		const taskIds: unknown[] = [];
		for (const reference of ['visitor-1', 'visitor-2', 'visitor-1'])
			taskIds.push((await call({ options: { reference } })).taskId);
		expect(taskIds).toEqual([taskId(0), taskId(1), taskId(0)]);
		expect(traffic.submits.length).toBe(2);
	});

	test('with another photo, credential, node, workflow, or an hour later, uploads', async () => {
		const traffic = fakeProgeny();
		const credentials = storeOf(ACCOUNT);
		credentials.copy('c2');
		await call();
		await call({ items: photos(2).slice(1) });
		await call({ settings: { id: 'another node' } });
		await call({ execution: { ...newExecution(), workflowId: 'a copy' } });
		await call({ credentials, settings: { credentials: { progenyApi: { id: 'c2', name: 'Progeny' } } } });
		expect(traffic.submits.length).toBe(5);
		await new Promise((resolve) => setTimeout(resolve, 3_600_000));
		await call();
		expect(traffic.submits.length).toBe(6);
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
