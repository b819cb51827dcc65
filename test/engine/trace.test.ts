import type { IExecuteFunctions } from 'n8n-workflow';
import { recordTrace } from '../../nodes/shared/item/trace';
import { PENDING, taskId } from './support/answers';
import { CONTINUE } from './support/check';
import { fileItem, photos, tinyJpeg } from './support/items';
import { ACCOUNT, check, fakeProgeny, useProgeny, type Check } from './support/progeny';
import { NODE_ROWS, SERVICES, UUID } from './support/services';

useProgeny();

/** Returns the attributes of the node's span: the metadata that the engine kept of the run. */
const traceOf = async (setup: Check = {}) => (await check(setup)).task?.metadata?.tracing;
const { good, bad } = SERVICES.authenticateFace;

test.each(NODE_ROWS)('%s traces its decision, polls, time and task', async (node, service) => {
	fakeProgeny({ task: (n) => [200, n < 2 ? PENDING : service.good.answer] });
	const trace = await traceOf({ node });
	expect(trace).toEqual({
		'progeny.decision': 'pass',
		'progeny.items': 1,
		'progeny.polls': 3,
		'progeny.elapsed_ms': expect.any(Number),
		'progeny.task_ids': taskId(0),
	});
	expect(trace!['progeny.elapsed_ms']).toBeGreaterThan(0);
});

test('several items trace the worst decision and the sum of polls', async () => {
	const answers = [good, bad, good].map(({ answer }) => answer);
	fakeProgeny({ task: (_, id) => [200, answers[Number(id.slice(-1))]] });
	expect(await traceOf({ items: photos(3) })).toMatchObject({
		'progeny.decision': 'fail',
		'progeny.items': 3,
		'progeny.polls': 3,
		'progeny.task_ids': [0, 1, 2].map(taskId).join(' '),
	});
});

test('an item that could not be processed is an error, and Submit Photo decides nothing', async () => {
	fakeProgeny();
	expect(await traceOf({ items: [...photos(1), { json: {} }], settings: CONTINUE })).toMatchObject({
		'progeny.decision': 'error',
		'progeny.items': 2,
		'progeny.task_ids': taskId(0),
	});
	expect(await traceOf({ operation: 'submit' })).toEqual({
		'progeny.items': 1,
		'progeny.polls': 0,
		'progeny.elapsed_ms': 0,
		'progeny.task_ids': taskId(1),
	});
});

test('a large batch names its first 20 tasks', async () => {
	fakeProgeny();
	const trace = await traceOf({ items: photos(22) });
	expect(trace!['progeny.task_ids']).toHaveLength(20 * (taskId(0).length + 1) - 1);
});

test('no trace says who the person is', async () => {
	fakeProgeny({ task: () => [200, bad.answer] });
	const secrets = ['jane-doe-4711', 'jane@example.com', UUID, ACCOUNT.username, 'pgr1.', 'selfie-of-jane'];
	const item = fileItem(tinyJpeg(), { email: 'jane@example.com' });
	item.binary!.data!.fileName = 'selfie-of-jane.jpg';
	const options = { includeInput: true, extendData: true, reference: 'jane-doe-4711' };
	for (const operation of ['authenticate', 'submit']) {
		const trace = JSON.stringify(await traceOf({ items: [item], operation, options }));
		expect(trace).toContain('progeny.task_ids');
		expect(secrets.filter((secret) => trace.includes(secret))).toEqual([]);
	}
});

test('without a place for metadata in n8n, the results are returned all the same', () => {
	const setMetadata = () => {
		throw new Error('no metadata here');
	};
	for (const context of [{}, { setMetadata }])
		expect(() => recordTrace(context as unknown as IExecuteFunctions, [])).not.toThrow();
});
