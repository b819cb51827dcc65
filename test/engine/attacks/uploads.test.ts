import type { INodeExecutionData } from 'n8n-workflow';
import { PENDING, jwt, taskId } from '../support/answers';
import { storeOf } from '../support/engine';
import { photos, tinyJpeg } from '../support/items';
import { ACCOUNT, check, fakeProgeny, useProgeny, type Check } from '../support/progeny';
import { SERVICES } from '../support/services';
import { settle } from '../support/virtualTime';

useProgeny();

/** True if an upload is of the n-th of `photos`. */
const isOf = (n: number, upload: Buffer) => upload.includes(tinyJpeg({ width: 8 + n }));
const { good } = SERVICES.authenticateFace;
const refused = { image: ['No file was submitted.'] };
const EXPIRED = { code: 'token_not_valid' };

describe('once an item failed', () => {
	const run = (items: INodeExecutionData[], more: Check = {}) =>
		check({ items, options: { concurrency: 50 }, ...more });

	/** Returns a credential that is logged in already, so that uploads would start at once. */
	const loggedIn = async () => (await run(photos(1))).credentials;

	describe.each([
		['with a token at hand', true],
		['with a login under way', false],
	])('%s', (_, hasToken) => {
		test.each([0, 5, 9])(
			'item %i of the ten that hold a photo, before it is sent: nothing is uploaded',
			async (bad) => {
				const credentials = hasToken ? await loggedIn() : storeOf(ACCOUNT);
				const traffic = fakeProgeny();
				const items = photos(20).map((item, i) => (i === bad ? { json: {} } : item));
				const { status, error } = await run(items, { credentials });
				expect([status, error!.context!.itemIndex]).toEqual(['error', bad]);
				expect(traffic.submits).toEqual([]);
			},
		);
	});

	describe.each([
		['an item after it', 0, 1],
		['an item before it', 1, 0],
	])('%s', (_, bad, other) => {
		const uploadsOf = ({ submits }: ReturnType<typeof fakeProgeny>) =>
			submits.filter(({ body }) => isOf(other, body)).length;

		test('is not sent again after a 429', async () => {
			const traffic = fakeProgeny({
				submit: (_n, body) =>
					isOf(bad, body) ? [400, refused] : [429, { detail: 'Busy.' }, { 'Retry-After': '2' }],
			});
			const { error } = await run(photos(2));
			expect([error!.context!.itemIndex, uploadsOf(traffic)]).toEqual([bad, 1]);
		});

		test('is not sent again after a 401', async () => {
			const credentials = await loggedIn();
			const traffic = fakeProgeny({
				submit: async (_n, body) => {
					if (isOf(bad, body)) return [400, refused];
					await settle(200);
					return [401, EXPIRED];
				},
			});
			const { error } = await run(photos(2), { credentials });
			expect([error!.context!.itemIndex, uploadsOf(traffic)]).toEqual([bad, 1]);
		});

		test('that waits for a login meanwhile is not sent at its end', async () => {
			let refuse = () => {};
			const isRefused = new Promise<void>((resolve) => (refuse = resolve));
			const traffic = fakeProgeny({
				login: async (n) => {
					if (n > 0) refuse();
					if (n > 0) await settle(200);
					return [200, { access: jwt(300, `access${n}`) }];
				},
				submit: async (_n, body) => {
					if (isOf(other, body)) return [401, EXPIRED];
					await isRefused;
					return [400, refused];
				},
			});
			const { error } = await run(photos(2));
			expect([error!.context!.itemIndex, traffic.logins.length]).toEqual([bad, 2]);
			expect(uploadsOf(traffic)).toBe(1);
		});

		test('is left alone if its upload is under way, and its task resumed', async () => {
			const traffic = fakeProgeny({
				submit: async (n, body) => {
					if (isOf(bad, body)) return n < 2 ? [400, refused] : [200, { id: taskId(n) }];
					await settle(200);
					return [200, { id: taskId(other) }];
				},
				task: (n) => [200, n < 2 ? PENDING : good.answer],
			});
			const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
			const { status, json } = await run(photos(2), { settings });
			expect(status).toBe('success');
			expect(json[other]).toMatchObject({ ...good.output, taskId: taskId(other) });
			expect(uploadsOf(traffic)).toBe(1);
		});
	});
});
