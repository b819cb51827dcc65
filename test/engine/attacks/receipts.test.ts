import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { signReceipt } from '../../../nodes/shared/task/receipt';
import { taskId } from '../support/answers';
import { CONTINUE, failed } from '../support/check';
import { CREDENTIAL_ID } from '../support/engine';
import {
	ACCOUNT,
	BASE,
	check,
	fakeProgeny,
	fetchResult,
	useProgeny,
	type Check,
	type Traffic,
} from '../support/progeny';
import { NODE_ROWS, SERVICES, SOME_NODES, type NodeName } from '../support/services';
import { saysYes } from './attack';
import { rowsFor } from '../../support/thorough';

useProgeny();

const ANOTHER = 'aaaaaaaa-b062-11ec-b3b9-0242ac190002';
const OTHER_HOST = 'https://other.progeny.tech';
const KEY = 'the key of this credential';

/** The settings of a submission and of its receipt's redemption; unnamed ones are the same in both. */
interface Replay {
	/** The receipt's service, if another one. */
	from?: NodeName;
	submit?: Check;
	fetch?: Check;
	/** A change of the credential between the two. */
	edit?: ICredentialDataDecryptedObject;
	/** A change of the receipt. */
	change?: (receipt: string) => string;
}

/** The redeemed item, and what was sent to Progeny since the submission. */
interface Redeemed {
	json: IDataObject;
	since: Traffic;
}

const redeem = async (receipt: string, setup: Check): Promise<Redeemed> => {
	const { good } = SERVICES[setup.node!];
	const since = fakeProgeny({ task: () => [200, good.answer] });
	fakeProgeny({ origin: OTHER_HOST });
	return { json: (await fetchResult(receipt, setup)).json[0], since };
};

async function replay(
	node: NodeName,
	{ from = node, submit, fetch, edit, change }: Replay,
): Promise<Redeemed> {
	fakeProgeny();
	const { json, credentials } = await check({ node: from, operation: 'submit', ...submit });
	if (edit) credentials.edit(CREDENTIAL_ID, edit);
	const receipt = String(json[0].receipt);
	return redeem(change?.(receipt) ?? receipt, { node, credentials, ...fetch });
}

/** Returns a receipt that the key of a credential signed. */
function signed(node: NodeName, task: { taskId?: string; submittedAt?: string } = {}, key = KEY) {
	const { path, fields } = SERVICES[node];
	const { baseUrl, username } = ACCOUNT;
	const submission = { taskId: taskId(0), submittedAt: new Date().toISOString(), ...task };
	return signReceipt({ key, baseUrl, username }, submission, { path, fields, reference: undefined });
}

const expectRefused = ({ json, since }: Redeemed): void => {
	expect(json).toEqual(failed('INVALID_RECEIPT'));
	expect(since).toEqual({ logins: [], submits: [], polls: [] });
};

const REPLAYS: Record<string, Replay> = {
	'of another base URL': { edit: { baseUrl: `${OTHER_HOST}${BASE}` } },
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
	'with another task ID': {
		change: (receipt) => {
			const [version, payload, mac] = receipt.split('.');
			const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as IDataObject;
			const changed = JSON.stringify({ ...claims, taskId: taskId(7) });
			return [version, Buffer.from(changed).toString('base64url'), mac].join('.');
		},
	},
};

describe.each(NODE_ROWS)('%s, a receipt', (node, { good }) => {
	test('returns the result if everything is as it was submitted', async () => {
		for (const options of [{}, { reference: 'order-1' }]) {
			const { json } = await replay(node, { submit: { options }, fetch: { options } });
			expect(json).toMatchObject({ ...good.output, ...options });
		}
	});

	test.each(
		rowsFor<[string, Replay]>(node, [
			['a base URL that is written otherwise', { edit: { baseUrl: `${ACCOUNT.baseUrl}//` } }],
			['another password', { edit: { password: 'changed' } }],
			['blanks and invisible characters around it', { change: (receipt) => ` \u200b${receipt}\n` }],
		]),
	)('stays valid with %s', async (_, changes) => {
		expect((await replay(node, changes)).json).toMatchObject(good.output);
	});

	test.each(rowsFor(node, Object.entries(REPLAYS)))(
		'%s is refused before Progeny is asked',
		async (_, changes) => expectRefused(await replay(node, changes)),
	);

	const others = NODE_ROWS.map(([other]) => other).filter((other) => other !== node);
	test.each(rowsFor(node, others))('of %s is refused', async (from) =>
		expectRefused(await replay(node, { from })),
	);

	test.each<[string, string, string | undefined]>([
		['forged with the empty key of a credential that never logged in', signed(node, {}, ''), undefined],
		['that this very credential signed, but is too long', signed(node, { taskId: 'x'.repeat(1900) }), KEY],
	])('%s is refused', async (_, receipt, receiptKey) => {
		const account = receiptKey === undefined ? ACCOUNT : { ...ACCOUNT, receiptKey };
		expectRefused(await redeem(receipt, { node, account }));
	});
});

describe('the receipt of a submission', () => {
	test('is not made for a reference that turns out empty: two sessions would share it', async () => {
		const since = fakeProgeny();
		const options = { reference: '={{ $json.order }}' };
		const { json } = await check({ operation: 'submit', options, settings: CONTINUE });
		expectRefused({ json: json[0], since });
	});

	test("of another person is refused when redeemed for oneself, and one's own for another", async () => {
		const another = { parameters: { uuid: ANOTHER } };
		expectRefused(await replay('authenticateFace', { submit: another }));
		expectRefused(await replay('authenticateFace', { fetch: another }));
	});
});

describe.each(NODE_ROWS)('%s, a bare task ID', (node, { good, bad }) => {
	const fetch = async (answer: unknown, options: IDataObject = {}) => {
		fakeProgeny({ task: () => [200, answer] });
		return (await fetchResult(taskId(0), { node, options })).json[0];
	};

	test('is shown, and what would be a pass is a review without proof, with any option', async () => {
		for (const options of [{}, { maxAge: 1e9 }, { reference: 'order-1' }, { onTimeout: 'review' }]) {
			const json = await fetch(good.answer, options);
			expect(json).toMatchObject({ decision: 'review', reasons: ['NO_RECEIPT'] });
			expect(json).not.toHaveProperty('receipt');
			expect(json.uuid ?? null).toBeNull();
			expect(saysYes(json)).toBe(false);
		}
	});

	test('of a fail stays a fail', async () => {
		expect(await fetch(bad.answer)).toMatchObject({ ...bad.output, taskId: taskId(0) });
	});
});

describe.each(NODE_ROWS)('%s, a submission', (node, { good }) => {
	test.each(
		rowsFor<[string, 'pass' | 'review', number, IDataObject]>(node, [
			['more than an hour ago', 'review', 61, {}],
			['less than an hour ago', 'pass', 59, {}],
			['a day ago, with a Maximum Age of two', 'pass', 24 * 60, { maxAge: 48 * 60 }],
			['just now, with a Maximum Age that resolves to nothing', 'review', 0, { maxAge: '={{ $json.age }}' }],
		]),
	)('of %s is a %s', async (_, decision, minutes, options) => {
		fakeProgeny({ task: () => [200, good.answer] });
		const account = { ...ACCOUNT, receiptKey: KEY };
		const submittedAt = new Date(Date.now() - minutes * 60_000).toISOString();
		const { json } = await fetchResult(signed(node, { submittedAt }), { node, account, options });
		expect(json[0]).toMatchObject({ decision, reasons: decision === 'pass' ? [] : ['TOO_OLD'] });
		expect(saysYes(json[0])).toBe(decision === 'pass');
	});
});

test.each(SOME_NODES)(
	'%s: a submission of this execution that took longer than the Maximum Age is a review',
	async (node, { good }) => {
		const start = Date.now();
		fakeProgeny({ task: () => [200, Date.now() - start < 61_000 ? { status: 'PENDING' } : good.answer] });
		const { json } = await check({ node, options: { maxAge: 1, timeout: 300 } });
		expect(json[0]).toMatchObject({ decision: 'review', reasons: ['TOO_OLD'] });
	},
);
