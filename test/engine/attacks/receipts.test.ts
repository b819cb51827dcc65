import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { signReceipt } from '../../../nodes/shared/task/receipt';
import { CREDENTIAL_ID, runNode, storeOf, type NodeName, type Setup } from '../support/engine';
import type { CredentialStore } from '../support/credentialStore';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, BASE, fakeProgeny, taskId, useProgeny, type Traffic } from '../support/progeny';
import { NODES, SERVICES, SOME_NODES, UUID, type Service } from '../support/services';
import { saysYes } from './attack';
import { rowsFor } from '../../support/thorough';

useProgeny();

const ANOTHER = 'aaaaaaaa-b062-11ec-b3b9-0242ac190002';
const OTHER_HOST = 'https://other.progeny.tech';

/** How a submission is made, and how its receipt is redeemed; what is not named is the same in both. */
interface Replay {
	/** Where the receipt is from: another service of Progeny's. */
	from?: NodeName;
	submit?: { inputs?: IDataObject; options?: IDataObject };
	fetch?: { inputs?: IDataObject; options?: IDataObject };
	/** What happens to the credential between the two. */
	edit?: ICredentialDataDecryptedObject;
	/** What happens to the receipt. */
	change?: (receipt: string) => string;
}

const replay = async (
	node: NodeName,
	{ from = node, submit, fetch, edit, change = (receipt) => receipt }: Replay,
): Promise<{ json: IDataObject; since: Traffic }> => {
	fakeProgeny({ origin: OTHER_HOST });
	const traffic = fakeProgeny();
	const credentials = storeOf(ACCOUNT);
	const made = await runNode({
		node: from,
		credentials,
		items: [fileItem(tinyJpeg())],
		parameters: {
			...SERVICES[from].inputs,
			...submit?.inputs,
			operation: 'submit',
			options: submit?.options ?? {},
		},
	});
	if (edit) credentials.edit(CREDENTIAL_ID, edit);
	const before = structuredClone(traffic);
	const json = await redeem(node, credentials, change(String(made.json[0].receipt)), fetch);
	return {
		json,
		since: {
			logins: traffic.logins.slice(before.logins.length),
			submits: traffic.submits.slice(before.submits.length),
			polls: traffic.polls.slice(before.polls.length),
		},
	};
};

const redeem = async (
	node: NodeName,
	credentials: CredentialStore,
	receipt: string,
	{ inputs, options }: NonNullable<Replay['fetch']> = {},
): Promise<IDataObject> => {
	const { json } = await runNode({
		node,
		credentials,
		items: [{ json: {} }],
		parameters: {
			...SERVICES[node].inputs,
			...inputs,
			operation: 'getResult',
			receipt,
			options: options ?? {},
		},
		settings: { onError: 'continueRegularOutput' },
	});
	return json[0];
};

const expectRefused = ({ json, since }: { json: IDataObject; since: Traffic }): void => {
	expect(json).toEqual({ error: expect.any(String), message: expect.stringMatching(/^\[INVALID_RECEIPT\]/) });
	expect(since).toEqual({ logins: [], submits: [], polls: [] });
};

const payloadOf = (receipt: string): IDataObject =>
	JSON.parse(Buffer.from(receipt.split('.')[1], 'base64url').toString()) as IDataObject;
const withPayload = (change: IDataObject) => (receipt: string) => {
	const [version, , mac] = receipt.split('.');
	const payload = Buffer.from(JSON.stringify({ ...payloadOf(receipt), ...change })).toString('base64url');
	return [version, payload, mac].join('.');
};
const part = (index: number, change: (text: string) => string) => (receipt: string) =>
	receipt
		.split('.')
		.map((text, i) => (i === index ? change(text) : text))
		.join('.');

/** Another text that a base64url decoder takes for the same bytes: the last character of 32 bytes has two bits to spare. */
const sameBytes = (text: string): string => {
	const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	const other = text.slice(0, -1) + last[last.indexOf(text.at(-1)!) ^ 1];
	expect(Buffer.from(other, 'base64url')).toEqual(Buffer.from(text, 'base64url'));
	return other;
};

const REPLAYS: Record<string, Replay> = {
	'of another base URL': { edit: { baseUrl: `${OTHER_HOST}${BASE}` } },
	'of another path of the base URL': { edit: { baseUrl: ACCOUNT.baseUrl.replace('v3', 'v4') } },
	'of another username': { edit: { username: 'somebody-else' } },
	'of another credential': { edit: { receiptKey: 'the key of another credential' } },
	'of a credential that has lost its key': { edit: { receiptKey: '' } },
	'of another reference': {
		submit: { options: { reference: 'order-1' } },
		fetch: { options: { reference: 'order-2' } },
	},
	'with a reference that is then not set': { submit: { options: { reference: 'order-1' } } },
	'without the reference that is then set': { fetch: { options: { reference: 'order-1' } } },
	'with a reference that turns out empty': { fetch: { options: { reference: '={{ $json.order }}' } } },
	'with another task ID': { change: withPayload({ taskId: taskId(7) }) },
	'with another time': { change: withPayload({ submittedAt: new Date(2100, 0).toISOString() }) },
	'with another service': { change: withPayload({ path: '/services/other/' }) },
	'with another claim': { change: withPayload({ more: 1 }) },
	'with the same payload, written otherwise': {
		change: part(1, (payload) =>
			Buffer.from(` ${Buffer.from(payload, 'base64url').toString()}`).toString('base64url'),
		),
	},
	'whose MAC is another text of the same bytes': { change: part(2, sameBytes) },
	'whose MAC is padded': { change: (receipt) => `${receipt}=` },
	'whose payload is padded': { change: part(1, (payload) => `${payload}=`) },
	'without a MAC': { change: part(2, () => '') },
	'with half a MAC': { change: part(2, (mac) => mac.slice(0, 20)) },
	'with nothing but its version': { change: () => 'pgr1' },
	'with a part too many': { change: (receipt) => `${receipt}.` },
	'of version 2': { change: part(0, () => 'pgr2') },
	'of version PGR1': { change: part(0, () => 'PGR1') },
	'of no version': { change: part(0, () => 'pgr') },
	'that is too long': { change: (receipt) => receipt + 'A'.repeat(3000) },
	'behind an invisible character': { change: (receipt) => `\u200b${receipt.slice(0, -1)}` },
};

describe.each(NODES)('%s, a receipt', (node, { inputs, fields, good }: Service) => {
	test('returns the result if everything is as it was submitted', async () => {
		for (const options of [{}, { reference: 'order-1' }]) {
			const same = { options };
			const { json } = await replay(node, { submit: same, fetch: same });
			expect(json).toMatchObject({ ...good.finding, ...options });
		}
	});

	test.each([
		['blanks and invisible characters around it', { change: (receipt: string) => ` \u200b${receipt}\n` }],
		['a base URL that is written otherwise', { edit: { baseUrl: `${ACCOUNT.baseUrl}//` } }],
		['another password', { edit: { password: 'changed' } }],
	] as Array<[string, Replay]>)('stays valid with %s', async (_, changes) => {
		expect((await replay(node, changes)).json).toMatchObject(good.finding);
	});

	test.each(rowsFor(node, Object.entries(REPLAYS)))(
		'%s is refused before Progeny is asked',
		async (_, changes) => {
			expectRefused(await replay(node, changes));
		},
	);

	test.each(
		rowsFor(
			node,
			NODES.map(([other]) => other).filter((other) => other !== node),
		),
	)('of %s is refused', async (from) => {
		expectRefused(await replay(node, { from }));
	});

	test('forged with the empty key of a credential that never logged in is refused', async () => {
		const traffic = fakeProgeny();
		const signer = { key: '', baseUrl: ACCOUNT.baseUrl, username: ACCOUNT.username };
		const task = { taskId: taskId(0), submittedAt: new Date().toISOString() };
		const binding = { path: SERVICES[node].path, fields, reference: undefined };
		const json = await redeem(node, storeOf(ACCOUNT), signReceipt(signer, task, binding));
		expectRefused({ json, since: traffic });
	});

	test('that this very credential signed, but is too long, is refused', async () => {
		const traffic = fakeProgeny();
		const signer = { key: 'a key', baseUrl: ACCOUNT.baseUrl, username: ACCOUNT.username };
		const task = { taskId: 'x'.repeat(1900), submittedAt: new Date().toISOString() };
		const binding = { path: SERVICES[node].path, fields, reference: undefined };
		const credentials = storeOf({ ...ACCOUNT, receiptKey: signer.key });
		const json = await redeem(node, credentials, signReceipt(signer, task, binding));
		expectRefused({ json, since: traffic });
	});

	test('is not made for a reference that turns out empty: two sessions would share it', async () => {
		const traffic = fakeProgeny();
		const { json } = await runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg())],
			parameters: { ...inputs, operation: 'submit', options: { reference: '={{ $json.order }}' } },
			settings: { onError: 'continueRegularOutput' },
		});
		expectRefused({ json: json[0], since: traffic });
	});

	test.each(rowsFor(node, ['pgr', 'pgr1', 'PGR1.x.y', 'pgr-4711', 'pgr1.e30.e30', 'Pgrades']))(
		'rejects %s instead of treating it as a task ID',
		async (text) => {
			const traffic = fakeProgeny();
			expectRefused({ json: await redeem(node, storeOf(ACCOUNT), text), since: traffic });
		},
	);

	test('shows no text field, no reference and no account', async () => {
		fakeProgeny();
		const { json } = await runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg())],
			parameters: { ...inputs, operation: 'submit', options: { reference: 'order-4711' } },
		});
		const receipt = String(json[0].receipt);
		expect(Object.keys(payloadOf(receipt)).sort()).toEqual([
			'fields',
			'path',
			'reference',
			'submittedAt',
			'taskId',
		]);
		const shown = receipt + JSON.stringify(payloadOf(receipt));
		for (const secret of [UUID, 'order-4711', ACCOUNT.username, ACCOUNT.password, ACCOUNT.baseUrl])
			expect(shown).not.toContain(secret);
	});
});

test("authenticateFace: another's receipt, redeemed for oneself, is refused", async () => {
	expectRefused(await replay('authenticateFace', { submit: { inputs: { uuid: ANOTHER } } }));
	expectRefused(await replay('authenticateFace', { fetch: { inputs: { uuid: ANOTHER } } }));
});

describe.each(NODES)('%s, a bare task ID', (node, { good, bad, path }: Service) => {
	const fetch = (answer: unknown, options: IDataObject = {}) => {
		fakeProgeny({ task: () => [200, answer] });
		return redeem(node, storeOf(ACCOUNT), taskId(0), { options });
	};

	test('is shown, and what would be a pass is a review without proof', async () => {
		const json = await fetch(good.answer);
		expect(json).toMatchObject({ decision: 'review', reasons: ['NO_RECEIPT'] });
		expect(json).not.toHaveProperty('receipt');
		expect(json.uuid ?? null).toBeNull();
		expect(saysYes(json)).toBe(false);
	});

	test('of a fail stays a fail', async () => {
		expect(await fetch(bad.answer)).toMatchObject({ ...bad.finding, taskId: taskId(0) });
	});

	test.each(
		rowsFor(
			node,
			NODES.filter(([, other]) => other.path !== path),
		),
	)('of %s, passed or not, is no pass here', async (_, other) => {
		for (const { answer } of [other.good, other.bad]) expect(saysYes(await fetch(answer))).toBe(false);
	});

	test('is no pass with any option', async () => {
		for (const options of [{ maxAge: 1e9 }, { reference: 'order-1' }, { timeout: 3600, onTimeout: 'review' }])
			expect(await fetch(good.answer, options)).toMatchObject({ decision: 'review' });
	});
});

describe.each(NODES)('%s, a submission', (node, { fields, good, path }: Service) => {
	const KEY = 'the key of this credential';
	const MINUTE = 60_000;
	const run = async (submittedAt: string, options: IDataObject = {}) => {
		fakeProgeny({ task: () => [200, good.answer] });
		const signer = { key: KEY, baseUrl: ACCOUNT.baseUrl, username: ACCOUNT.username };
		const binding = { path, fields, reference: undefined };
		const receipt = signReceipt(signer, { taskId: taskId(0), submittedAt }, binding);
		return redeem(node, storeOf({ ...ACCOUNT, receiptKey: KEY }), receipt, { options });
	};
	const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

	test.each(
		rowsFor(node, [
			['an hour ago', 59, {}],
			['a day ago, with a Maximum Age of two', 24 * 60, { maxAge: 48 * 60 }],
			['by a clock four minutes ahead', -4, {}],
		] as const),
	)('of %s counts', async (_, minutes, options) => {
		expect(await run(ago(minutes), options)).toMatchObject(good.finding);
	});

	test.each(
		rowsFor(node, [
			['more than an hour ago', 61, {}],
			['two minutes ago, with a Maximum Age of one', 2, { maxAge: 1 }],
			['just now, with a Maximum Age that resolves to nothing', 0, { maxAge: '={{ $json.age }}' }],
			['just now, with a Maximum Age that is no number', 0, { maxAge: 'an hour' }],
			['just now, with an empty Maximum Age', 0, { maxAge: '' }],
			['just now, with a negative Maximum Age', 1, { maxAge: -1 }],
			['just now, with a Maximum Age of null', 0, { maxAge: null }],
			['by a clock six minutes ahead', -6, {}],
			['a century ahead', -60 * 24 * 36500, {}],
		] as const),
	)('of %s is a review', async (_, minutes, options) => {
		const json = await run(ago(minutes), options as IDataObject);
		expect(json).toMatchObject({ decision: 'review', reasons: ['TOO_OLD'] });
		expect(saysYes(json)).toBe(false);
	});

	test.each(rowsFor(node, ['', 'yesterday', 'NaN', '2026-13-45']))(
		'dated "%s" is a review',
		async (submittedAt) => {
			expect(await run(submittedAt)).toMatchObject({ decision: 'review', reasons: ['TOO_OLD'] });
		},
	);
});

test.each(SOME_NODES)(
	'%s: a submission of this execution that took longer than the Maximum Age is a review',
	async (node, { inputs, good }) => {
		const start = Date.now();
		fakeProgeny({
			task: () => [200, Date.now() - start < 120_000 ? { status: 'PENDING' } : good.answer],
		});
		const { json } = await runNode({
			node,
			account: ACCOUNT,
			items: [fileItem(tinyJpeg())],
			parameters: { ...inputs, options: { maxAge: 1, timeout: 300 } },
		} satisfies Setup);
		expect(json[0]).toMatchObject({ decision: 'review', reasons: ['TOO_OLD'] });
	},
);
