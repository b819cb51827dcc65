import type { IExecuteFunctions, IHttpRequestHelper } from 'n8n-workflow';
import { createReceipts } from '../../nodes/shared/item/receipts';
import { ToolMemory } from '../../nodes/shared/item/submissionMemory';
import { tryLogin } from '../../nodes/shared/progeny/login';
import { newReceiptKey } from '../../nodes/shared/progeny/credential';
import { CredentialSession } from '../../nodes/shared/progeny/session';
import { fingerprint, metadataFor } from '../../nodes/shared/progeny/token';
import { historyOf } from '../../nodes/shared/task/taskHistory';
import { LruMap } from '../../nodes/shared/util/lru';
import { ACCOUNT } from '../support/account';

const WITH_KEY = { ...ACCOUNT, receiptKey: 'the-key' };
const withToken = (accessToken: string, lifeMs = 300_000) => ({
	...WITH_KEY,
	accessToken,
	tokenMetadata: JSON.stringify(metadataFor(ACCOUNT, lifeMs, Date.now())),
});

/** Returns a session whose credential is read with these results, one after the other. */
function sessionOf(...readings: Array<object | Error>) {
	const context = {
		getNode: () => ({ credentials: { progenyApi: { id: 'c1', name: 'Progeny' } } }),
		getCredentials: async () => {
			const next = readings.shift() ?? new Error('read too often');
			if (next instanceof Error) throw next;
			return { ...next };
		},
	} as unknown as IExecuteFunctions;
	return new CredentialSession(context, new AbortController().signal);
}

describe('who signs receipts', () => {
	const signer = { key: 'the-key', baseUrl: ACCOUNT.baseUrl, username: ACCOUNT.username };

	test('is the account with the key that the credential holds', async () => {
		expect(await sessionOf(WITH_KEY).signer()).toEqual(signer);
	});

	test('is read again if the key was made in this run: the stored one counts', async () => {
		const session = sessionOf({ ...ACCOUNT, receiptKey: '' }, { ...ACCOUNT, receiptKey: 'of another' });
		expect(await session.signer()).toMatchObject({ key: 'of another' });
	});

	test('is the last one read if the credential can no longer be read: the task was accepted', async () => {
		const session = sessionOf(WITH_KEY, new Error('SQLITE_BUSY'));
		const { refuse, token } = await session.current();
		refuse(token().accessToken);
		expect(await session.signer()).toEqual(signer);
	});

	const none = { ...ACCOUNT, receiptKey: '' };
	test.each<[string, Array<object | Error>]>([
		['a credential without a key', [none, none]],
		['a credential that was never read', [new Error('SQLITE_BUSY')]],
	])('is undefined: a task of %s stays, without a receipt', async (_, readings) => {
		const task = { taskId: 'task', submittedAt: '2026-01-01T00:00:00.000Z' };
		const call = { path: '/services/face_liveness/', fields: {} } as never;
		const signed = await createReceipts(sessionOf(...readings)).sign(task, call, undefined);
		expect(signed).toEqual({ ...task, echoed: {} });
	});
});

test('the credential is read again once the token that it served has expired', async () => {
	const session = sessionOf(withToken('old'), withToken('new', 600_000));
	const { use, token } = await session.current();
	await use(async () => ({ kind: 'answer', status: 200, body: {} }));
	const tokenNow = async () => (await session.current()).token().accessToken;
	expect([token().accessToken, await tokenNow()]).toEqual(['old', 'old']);
	const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 280_000);
	expect(await tokenNow()).toBe('new');
	later.mockRestore();
});

const token = (i: number) => `opaque-token-${i}-${'x'.repeat(i % 7)}`;
/** Returns the credential with one token after the other. */
const tokens = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ ...WITH_KEY, accessToken: token(i), tokenMetadata: '' }));

test('looks for the password, the key and the last two of 400 tokens in answers', async () => {
	const session = sessionOf(...tokens(400));
	for (let i = 0; i < 400; i++) {
		const { use, refuse, credential } = await session.current();
		await use(async () => {
			credential.data!.accessToken = `renewed-${i}`;
			return { kind: 'answer', status: 401, body: {} };
		});
		refuse(`renewed-${i}`);
	}
	const shown = session.redact([token(399), 'renewed-399', 'the-key', 'HUNTER2', 'renewed-398', token(398)]);
	expect(shown).toEqual(['***', '***', '***', '***', 'renewed-398', token(398)]);
});

test('1,001 accounts, a tool that sends as many photos, and a day of tokens leave few entries behind', async () => {
	const sizes = new Map<LruMap<unknown>, number>();
	const { set } = LruMap.prototype;
	const spy = jest.spyOn(LruMap.prototype, 'set').mockImplementation(function (
		this: LruMap<unknown>,
		...entry
	) {
		set.apply(this, entry);
		const { entries } = this as unknown as { entries: Map<string, unknown> };
		sizes.set(this, Math.max(sizes.get(this) ?? 0, entries.size));
	});
	const helper = {
		helpers: { httpRequest: async () => ({ statusCode: 200, body: { access: 'token' }, headers: {} }) },
	} as unknown as IHttpRequestHelper;
	const submitted = { taskId: 'task', submittedAt: new Date().toISOString() };
	const tool = new ToolMemory({ getNode: () => ({}), getWorkflow: () => ({}) } as never);
	for (let i = 0; i < 1_001; i++) {
		await tool.once({ path: '/', files: {}, fields: { i: String(i) } }, undefined, async () => submitted);
		const account = { baseUrl: ACCOUNT.baseUrl, username: `kyc${i}`, password: 'p' };
		await tryLogin(helper, account);
		newReceiptKey({ credentialId: `c${i}`, begunAt: Date.now() });
		historyOf(fingerprint(account), '/services/face_liveness/', 0);
	}
	const aDay = (24 * 60) / 5;
	const session = sessionOf(...tokens(aDay));
	for (let i = 0; i < aDay; i++) (await session.current()).refuse(token(i));
	spy.mockRestore();
	// Logins, tokens seen served, receipt keys, histories of tasks, submissions of tools; and the session's refused tokens.
	expect([...sizes.values()].sort((a, b) => a - b)).toEqual([10, 100, 100, 100, 100, 1_000]);
});
