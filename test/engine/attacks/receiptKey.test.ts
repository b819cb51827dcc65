import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { ProgenyApi } from '../../../index';
import { newReceiptKey } from '../../../nodes/shared/progeny/credential';
import { CONTINUE, failed } from '../support/check';
import { CREDENTIAL_ID, storeOf } from '../support/engine';
import { photos } from '../support/items';
import { ACCOUNT, check, fakeProgeny, fetchResult, storedAccount, useProgeny } from '../support/progeny';
import { SERVICES, UUID } from '../support/services';
import { CredentialStore } from '../support/credentialStore';

useProgeny();

/** Loaded once: to load n8n's library again for each worker would take seconds. */
const n8nWorkflow: unknown = jest.requireActual('n8n-workflow');
const ANOTHER = 'aaaaaaaa-b062-11ec-b3b9-0242ac190002';
const { good } = SERVICES.authenticateFace;
const INVALID = failed('INVALID_RECEIPT');

const keyOf = (store: CredentialStore) => String(store.data(CREDENTIAL_ID).receiptKey);

async function submit(credentials: CredentialStore, count = 1): Promise<string[]> {
	const options = { concurrency: 50 };
	const { json } = await check({ credentials, items: photos(count), operation: 'submit', options });
	return json.map(({ receipt }) => String(receipt));
}

const redeem = async (credentials: CredentialStore, receipt: string, uuid = UUID): Promise<IDataObject> =>
	(await fetchResult(receipt, { credentials, parameters: { uuid } })).json[0];

test('a credential that was made by hand, without the hidden fields, gets its key with its first login', async () => {
	const traffic = fakeProgeny();
	const credentials = storeOf({ ...ACCOUNT, accessToken: undefined, tokenMetadata: undefined } as never);
	const receipts = await submit(credentials, 4);
	expect(traffic.logins).toHaveLength(1);
	expect(Buffer.from(keyOf(credentials), 'base64url')).toHaveLength(32);
	for (const receipt of receipts) {
		expect(await redeem(credentials, receipt)).toMatchObject(good.output);
		expect(await redeem(credentials, receipt, ANOTHER)).toEqual(INVALID);
	}
});

test('executions that start together with an unused credential return receipts that all stay valid', async () => {
	fakeProgeny();
	const credentials = storeOf(ACCOUNT);
	const receipts = await Promise.all([1, 2, 3, 4, 5].map(() => submit(credentials)));
	for (const [receipt] of receipts) expect(await redeem(credentials, receipt)).toMatchObject(good.output);
});

test('a credential of an older version, with a token but no key, logs in once and keeps the key', async () => {
	const traffic = fakeProgeny();
	const credentials = storeOf({ ...storedAccount(290_000), receiptKey: '' });
	const [receipt] = await submit(credentials);
	const key = keyOf(credentials);
	expect(key).toHaveLength(43);
	expect(await redeem(credentials, receipt)).toMatchObject(good.output);
	await submit(credentials);
	expect(traffic.logins).toHaveLength(1);
	expect(keyOf(credentials)).toBe(key);
});

test('a later login keeps the key, also one of an edited password', async () => {
	const traffic = fakeProgeny();
	const credentials = storeOf(ACCOUNT);
	const [receipt] = await submit(credentials);
	const key = keyOf(credentials);
	const changes: ICredentialDataDecryptedObject[] = [{ accessToken: '' }, { password: 'changed' }];
	for (const change of changes) {
		credentials.edit(CREDENTIAL_ID, change);
		expect(await redeem(credentials, receipt)).toMatchObject(good.output);
	}
	expect([traffic.logins.length, keyOf(credentials)]).toEqual([3, key]);
});

test('runs side by side share the key of their credential, and of no other one', () => {
	const run = (credentialId: string, begunAt: number) => ({ credentialId, begunAt });
	const now = Date.now();
	const key = newReceiptKey(run('side by side', now));
	expect(newReceiptKey(run('side by side', now))).toBe(key);
	expect(newReceiptKey(run('side by side', now - 1000))).toBe(key);
	expect(newReceiptKey(run('another', now))).not.toBe(key);
	expect(newReceiptKey(run('side by side', now + 1000))).not.toBe(key);
	expect(newReceiptKey(undefined)).not.toBe(newReceiptKey(undefined));
});

test("two credentials of one account have keys of their own: one's receipt is not valid with the other", async () => {
	fakeProgeny();
	const credentials = storeOf(ACCOUNT);
	credentials.copy('c2');
	const settings = (id: string) => ({ ...CONTINUE, credentials: { progenyApi: { id, name: 'Progeny' } } });
	const made = async (id: string) =>
		(await check({ credentials, operation: 'submit', settings: settings(id) })).json[0].receipt;
	const fetch = async (id: string, receipt: unknown) =>
		(await fetchResult(receipt, { credentials, settings: settings(id) })).json[0];
	const [first, second] = await Promise.all([made(CREDENTIAL_ID), made('c2')]);
	expect(credentials.data('c2').receiptKey).not.toBe(keyOf(credentials));
	expect(await fetch('c2', first)).toEqual(INVALID);
	expect(await fetch(CREDENTIAL_ID, second)).toEqual(INVALID);
	expect(await fetch('c2', second)).toMatchObject(good.output);
});

describe('two workers with the first use of one credential', () => {
	test('the key that was stored last counts, and what was signed with another is refused', async () => {
		fakeProgeny();
		const stored = {};
		const [quick, slow] = [workerOn(stored), workerOn(stored)];
		let release = () => {};
		const store = slow.updateCredentials.bind(slow);
		const isHeld = new Promise<void>((resolve) => {
			slow.updateCredentials = async (...args) => {
				resolve();
				await new Promise<void>((go) => (release = go));
				await store(...args);
			};
		});
		const slowReceipt = submit(slow);
		await isHeld;
		const [overtaken] = await submit(quick);
		release();
		const [receipt] = await slowReceipt;
		for (const worker of [quick, slow]) {
			expect(await redeem(worker, overtaken)).toEqual(INVALID);
			expect(await redeem(worker, receipt)).toMatchObject(good.output);
		}
	});

	test('the first to store signs with the key that was stored after it', async () => {
		fakeProgeny({ submit: () => [200, { id: 'a-task' }] });
		const stored: ICredentialDataDecryptedObject = {};
		const worker = workerOn(stored);
		// The other worker stores its key while this one's upload is on its way.
		const store = worker.updateCredentials.bind(worker);
		worker.updateCredentials = async (...args) => {
			await store(...args);
			worker.edit(CREDENTIAL_ID, { receiptKey: 'the key of the other worker' });
		};
		const [receipt] = await submit(worker);
		expect(await redeem(worker, receipt)).toMatchObject({ authenticated: true, taskId: 'a-task' });
	});
});

/** Returns a worker of its own memory, on the credential that all of them have stored. */
function workerOn(stored: ICredentialDataDecryptedObject): CredentialStore {
	for (const [key, value] of Object.entries(ACCOUNT)) stored[key] ??= value;
	let api!: ProgenyApi;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		const module = '../../../credentials/ProgenyApi.credentials';
		api = new (jest.requireActual<{ ProgenyApi: typeof ProgenyApi }>(module).ProgenyApi)();
		jest.dontMock('n8n-workflow');
	});
	return new CredentialStore({ progenyApi: api }, { [CREDENTIAL_ID]: stored });
}
