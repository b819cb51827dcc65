import type { INodeExecutionData } from 'n8n-workflow';
import { runNode, storeOf, type Setup } from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, PENDING, fakeProgeny, jwt, taskId, useProgeny } from '../support/progeny';
import { PHOTO_NODES } from '../support/services';
import { rowsFor } from '../../support/thorough';

useProgeny();

/** A photo that can be told from others, in an upload's bytes too. */
const photo = (width: number): INodeExecutionData => fileItem(tinyJpeg({ width }));
const isOf = (width: number, upload: Buffer) => upload.includes(tinyJpeg({ width }));
const refused = { image: ['No file was submitted.'] };

/** Lets everything happen that is under way, without any time going by. */
const settle = async () => {
	for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe.each(PHOTO_NODES)('%s, once an item failed', (node, { inputs, good }) => {
	const run = (items: INodeExecutionData[], more: Partial<Setup> = {}) =>
		runNode({
			node,
			account: ACCOUNT,
			items,
			parameters: { ...inputs, options: { concurrency: 50 } },
			...more,
		});
	const fifty = Array.from({ length: 50 }, (_, i) => photo(i + 1));

	/** A credential that is logged in already, so that uploads would start at once. */
	const loggedIn = async () => (await run([photo(99)], { account: ACCOUNT })).credentials;

	describe.each([
		['with a token at hand', true],
		['with a login under way', false],
	])('%s', (_, hasToken) => {
		test.each(rowsFor(node, [0, 5, 9]))(
			'item %i of the ten that hold a photo, before it is sent: nothing is uploaded',
			async (bad) => {
				const traffic = fakeProgeny();
				const credentials = hasToken ? await loggedIn() : storeOf(ACCOUNT);
				const before = traffic.submits.length;
				const { status, error } = await run(
					fifty.map((item, i) => (i === bad ? { json: {} } : item)),
					{ credentials },
				);
				expect([status, error!.context!.itemIndex]).toEqual(['error', bad]);
				expect(traffic.submits.length - before).toBe(0);
			},
		);
	});

	test.each([
		['an item after it', 0, 1],
		['an item before it', 1, 0],
	])('%s is not sent again after a 429', async (_, bad, other) => {
		const traffic = fakeProgeny({
			submit: (_n, body) =>
				isOf(bad + 1, body) ? [400, refused] : [429, { detail: 'Busy.' }, { 'Retry-After': '2' }],
		});
		const { error } = await run([photo(1), photo(2)]);
		expect(error!.context!.itemIndex).toBe(bad);
		expect(traffic.submits.filter(({ body }) => isOf(other + 1, body)).length).toBe(1);
	});

	test.each([
		['an item after it', 0, 1],
		['an item before it', 1, 0],
	])('%s is not sent again after a 401', async (_, bad, other) => {
		const traffic = fakeProgeny({
			submit: async (n, body) => {
				if (isOf(bad + 1, body)) return [400, refused];
				if (isOf(other + 1, body)) await settle();
				return isOf(other + 1, body) ? [401, { code: 'token_not_valid' }] : [200, { id: taskId(n) }];
			},
		});
		const credentials = await loggedIn();
		await run([photo(1), photo(2)], { credentials });
		expect(traffic.submits.filter(({ body }) => isOf(other + 1, body)).length).toBe(1);
	});

	test.each([
		['an item after it', 0, 1],
		['an item before it', 1, 0],
	])('%s that waits for a login meanwhile is not sent at its end', async (_, bad, other) => {
		let refuse = () => {};
		const isRefused = new Promise<void>((resolve) => (refuse = resolve));
		const traffic = fakeProgeny({
			login: async (n) => {
				if (n > 0) refuse();
				if (n > 0) await settle();
				return [200, { access: jwt(300, `access${n}`) }];
			},
			submit: async (_n, body) => {
				if (isOf(other + 1, body)) return [401, { code: 'token_not_valid' }];
				await isRefused;
				return [400, refused];
			},
		});
		const { error } = await run([photo(1), photo(2)]);
		expect([error!.context!.itemIndex, traffic.logins.length]).toEqual([bad, 2]);
		expect(traffic.submits.filter(({ body }) => isOf(other + 1, body)).length).toBe(1);
	});

	test.each([
		['an item after it', 0, 1],
		['an item before it', 1, 0],
	])('the upload of %s that is under way is left alone, and its task resumed', async (_, bad, other) => {
		const traffic = fakeProgeny({
			submit: async (n, body) => {
				if (isOf(bad + 1, body)) return n < 2 ? [400, refused] : [200, { id: taskId(n) }];
				await settle();
				return [200, { id: taskId(other) }];
			},
			task: (n) => [200, n < 2 ? PENDING : good.answer],
		});
		const { status, json } = await run([photo(1), photo(2)], {
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(status).toBe('success');
		expect(json[other]).toMatchObject({ ...good.finding, taskId: taskId(other) });
		expect(traffic.submits.filter(({ body }) => isOf(other + 1, body)).length).toBe(1);
	});

	test('under Continue the others go on', async () => {
		const traffic = fakeProgeny();
		const { json } = await run([photo(1), { json: {} }, photo(2)], {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(json.map(({ error }) => error === undefined)).toEqual([true, false, true]);
		expect(traffic.submits.length).toBe(2);
	});
});
