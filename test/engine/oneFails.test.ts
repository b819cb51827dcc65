import { runNode } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, UUID, fakeProgeny, taskId, useNock } from './support/progeny';
import { NODES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

describe.each(NODES)('%s, when one item of several fails', (node, { inputs, unsendable, good }) => {
	const photo = fileItem(tinyJpeg(), { n: 1 });
	const none = { json: { n: 2 } };

	test('the error output gets it without its input, and the others go on', async () => {
		fakeProgeny();
		const { arrived } = await runNode({
			node,
			account: ACCOUNT,
			items: [photo, none, photo],
			parameters: inputs,
			settings: { onError: 'continueErrorOutput' },
			outputs: 2,
		});
		const fine = expect.objectContaining(good.finding);
		expect(arrived[0]).toEqual([fine, fine]);
		expect(arrived[1]).toEqual([
			{
				error: expect.any(String),
				message: expect.stringMatching(`^\\[${unsendable}\\]`),
			},
		]);
	});

	test('the run ends with that item, no new one is started, and nothing comes out', async () => {
		const traffic = fakeProgeny();
		const { status, error, outputs } = await runNode({
			node,
			account: ACCOUNT,
			items: [photo, none, photo],
			parameters: { ...inputs, options: { concurrency: 1 } },
		});
		expect(status).toBe('error');
		expect(error!.context).toMatchObject({ itemIndex: 1 });
		expect(outputs).toEqual([]);
		expect(traffic.submits).toHaveLength(1);
	});

	test('of several, the first in order is reported, also when a later one fails sooner, and nobody waits for the others', async () => {
		fakeProgeny({
			submit: (n) => (n === 2 ? [400, { image: ['no'] }] : [200, { id: taskId(n) }]),
			task: (_, id) => (id === taskId(0) ? [200, { status: 'FAILURE' }] : [200, PENDING]),
		});
		const { error, tookMs } = await runNode({
			node,
			account: ACCOUNT,
			items: [photo, photo, photo],
			parameters: { ...inputs, options: { timeout: 60 } },
		});
		expect(error!.context).toMatchObject({ itemIndex: 0 });
		expect(error!.description).toMatch(/^\[TASK_FAILED\]/);
		expect(tookMs).toBeLessThan(4000);
	});

	test('because an expression fails for the first one, it alone fails: no item passes unchecked', async () => {
		fakeProgeny();
		const { json } = await runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg(), {}), fileItem(tinyJpeg(), { limits: { faces: 2 } })],
			parameters: {
				...inputs,
				options: { concurrency: '={{ $json.limits ? 2 : $("Nowhere").item.json.faces }}' },
			},
			settings: { onError: 'continueRegularOutput' },
		});
		expect(json).toEqual([{ error: expect.any(String) }, expect.objectContaining(good.finding)]);
	});
});

test('a UUID that is none fails its own item alone', async () => {
	fakeProgeny();
	const { json } = await runNode({
		account: ACCOUNT,
		items: [UUID, 'nonsense', UUID].map((uuid) => fileItem(tinyJpeg(), { uuid })),
		parameters: { uuid: '={{ $json.uuid }}' },
		settings: { onError: 'continueRegularOutput' },
	});
	expect(json.map(({ decision, error }) => decision ?? error)).toEqual([
		'pass',
		expect.stringMatching(/not a valid UUID/),
		'pass',
	]);
});
