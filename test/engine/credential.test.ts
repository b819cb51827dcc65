import nock from 'nock';
import { RoutingNode, ExecuteContext } from 'n8n-core';
import { Workflow, createEmptyRunExecutionData, type INode } from 'n8n-workflow';
import { ProgenyApi } from '../../index';
import { fingerprint } from '../../nodes/shared/progeny/token';
import { CREDENTIAL_ID, runNode, storeOf } from './support/engine';
import { KEEPS_CREDENTIAL_ON_REDIRECT } from './support/engineMajor';
import type { CredentialStore } from './support/credentialStore';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PASSED, PENDING, UUID, jwt, fakeProgeny, useNock } from './support/progeny';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

const items = [fileItem(tinyJpeg())];
const parameters = { uuid: UUID, operation: 'submit' };

describe('one login', () => {
	test('serves parallel items, and later executions', async () => {
		const traffic = fakeProgeny();
		const credentials = storeOf(ACCOUNT);
		const twenty = Array.from({ length: 20 }, () => fileItem(tinyJpeg()));
		await runNode({
			credentials,
			items: twenty,
			parameters: { ...parameters, options: { concurrency: 20 } },
		});
		await runNode({ credentials, items, parameters });
		expect(traffic.submits).toHaveLength(21);
		expect(traffic.logins).toHaveLength(1);
	});

	test('serves executions that start at the same moment', async () => {
		const traffic = fakeProgeny();
		const credentials = storeOf(ACCOUNT);
		await Promise.all(Array.from({ length: 5 }, () => runNode({ credentials, items, parameters })));
		expect(traffic.submits).toHaveLength(5);
		expect(traffic.logins).toHaveLength(1);
	});
});

describe('a login that failed', () => {
	const items100 = Array.from({ length: 100 }, () => fileItem(tinyJpeg()));
	test.each([1, 20])('is not tried again for the other 99 items, %i at a time', async (concurrency) => {
		const traffic = fakeProgeny({
			login: () => [403, { detail: 'Account locked: too many login attempts.' }],
		});
		const { json } = await runNode({
			account: ACCOUNT,
			items: items100,
			parameters: { ...parameters, options: { concurrency } },
			settings: { onError: 'continueRegularOutput' },
		});
		expect([traffic.logins.length, traffic.submits.length]).toEqual([1, 0]);
		expect(new Set(json.map(({ error }) => error))).toEqual(
			new Set(['Progeny does not allow this account to log in: Account locked: too many login attempts.']),
		);
	});

	test('is not tried again if its token is refused at once: two logins for all items', async () => {
		const traffic = fakeProgeny({
			submit: () => [401, { detail: 'User is inactive', code: 'user_inactive' }],
		});
		const { json } = await runNode({
			account: ACCOUNT,
			items: items100,
			parameters: { ...parameters, options: { concurrency: 1 } },
			settings: { onError: 'continueRegularOutput' },
		});
		expect([traffic.logins.length, traffic.submits.length]).toEqual([2, 3]);
		expect(new Set(json.map(({ error }) => error)).size).toBe(1);
	});
});

test('a redirect does not take the token to another host, whoever sends the request', async () => {
	const strayed: string[] = [];
	nock('https://elsewhere.example')
		.persist()
		.get('/')
		.reply(function () {
			strayed.push(String(this.req.headers.authorization ?? 'none'));
			return [200, {}];
		});
	const { polls } = fakeProgeny({ task: () => [302, '', { Location: 'https://elsewhere.example/' }] });
	const store = storeOf(ACCOUNT);
	const context = contextOf(store);
	const data = await store.getDecrypted(undefined, { id: CREDENTIAL_ID, name: '' }, 'progenyApi');
	const credential = {
		credentialsDecrypted: { id: CREDENTIAL_ID, name: 'Progeny', type: 'progenyApi', data },
	};
	const url = `${ACCOUNT.baseUrl}/services/task/?id=1`;
	const { helpers } = context;
	await helpers.httpRequestWithAuthentication.call(context, 'progenyApi', { url }, credential);
	// The way of n8n's HTTP Request node.
	const legacy = { uri: url, method: 'GET', followRedirect: true, json: true } as const;
	await helpers.requestWithAuthentication.call(context, 'progenyApi', legacy, credential);
	expect(polls.map(({ authorization }) => authorization)).toEqual(
		Array.from({ length: 2 }, () => `Bearer ${String(data.accessToken)}`),
	);
	const sent = expect.stringMatching(KEEPS_CREDENTIAL_ON_REDIRECT ? /^none$/ : /^Bearer /);
	expect(strayed).toEqual([sent, sent]);
});

describe('the token', () => {
	test('is renewed once, before anything is sent, when its time is over', async () => {
		const traffic = fakeProgeny();
		const credentials = storeOf({
			...ACCOUNT,
			accessToken: 'old',
			tokenMetadata: JSON.stringify({
				fingerprint: fingerprint(ACCOUNT),
				obtainedAt: 0,
				expiresAt: Date.now() - 1,
			}),
		});
		await runNode({ credentials, items: [...items, ...items], parameters });
		expect(traffic.logins).toHaveLength(1);
		expect(traffic.submits.map(({ authorization }) => authorization)).not.toContain('Bearer old');
		expect(traffic.submits).toHaveLength(2);
	});

	test('is renewed when the server refuses it, and the upload is sent again whole', async () => {
		const photo = tinyJpeg();
		const traffic = fakeProgeny({
			submit: (n) => (n === 0 ? [401, { detail: 'x', code: 'token_not_valid' }] : [200, { id: 'task' }]),
		});
		const { json } = await runNode({ account: ACCOUNT, items: [fileItem(photo)], parameters });
		expect(json).toEqual([expect.objectContaining({ taskId: 'task', uuid: UUID })]);
		expect(traffic.logins).toHaveLength(2);
		expect(traffic.submits[1].body.includes(photo)).toBe(true);
		expect(traffic.submits[1].authorization).not.toBe(traffic.submits[0].authorization);
	});

	test.each([
		['username', { username: 'somebody-else' }],
		['password', { password: 'changed' }],
	])('of another %s is not used: an edited credential takes effect at once', async (_, change) => {
		const traffic = fakeProgeny();
		const credentials = storeOf(ACCOUNT);
		await runNode({ credentials, items, parameters });
		credentials.edit(CREDENTIAL_ID, change);
		await runNode({ credentials, items, parameters });
		expect(traffic.logins).toHaveLength(2);
		expect(traffic.logins[1].body).toContain(Object.values(change)[0]);
		expect(traffic.submits[1].authorization).not.toBe(traffic.submits[0].authorization);
	});

	test('keeps an edit made during the run, and renews with the edited account', async () => {
		const credentials = storeOf(ACCOUNT);
		const traffic = fakeProgeny({
			task: (n) => {
				if (n === 0) credentials.edit(CREDENTIAL_ID, { password: 'changed' });
				return n === 0 ? [200, PENDING] : n === 1 ? [401, { code: 'token_not_valid' }] : [200, PASSED];
			},
		});
		const { json } = await runNode({ credentials, items, parameters: { uuid: UUID } });
		expect(json[0]).toMatchObject({ decision: 'pass' });
		expect(credentials.data(CREDENTIAL_ID).password).toBe('changed');
		expect(traffic.logins[1].body).toContain('changed');
	});

	test('of another base URL is not sent to the new one', async () => {
		const old = fakeProgeny();
		const credentials = storeOf(ACCOUNT);
		await runNode({ credentials, items, parameters });
		const renewed = fakeProgeny({
			origin: 'https://progeny.example',
			login: () => [200, { access: 'second' }],
		});
		credentials.edit(CREDENTIAL_ID, { baseUrl: 'https://progeny.example/api/v3/' });
		await runNode({ credentials, items, parameters });
		expect(old.submits).toHaveLength(1);
		expect(renewed.submits.map(({ authorization }) => authorization)).toEqual(['Bearer second']);
	});
});

describe("the credential's test", () => {
	test('logs in each time, asks for a task that does not exist, and accepts its 404', async () => {
		const traffic = fakeProgeny({ task: () => [404, { detail: 'Not found.' }] });
		expect(await testCredential(storeOf(ACCOUNT))).toEqual('fine');
		expect(traffic.logins).toHaveLength(1);
		expect(traffic.polls).toEqual([
			{ id: '00000000-0000-0000-0000-000000000000', authorization: expect.stringMatching(/^Bearer /) },
		]);
		expect(traffic.submits).toEqual([]);
	});

	test.each([
		['PENDING for ever', [200, PENDING]],
		['a 400 about the ID', [400, { id: ['Must be a valid UUID.'] }]],
		['a 403', [403, { detail: 'You do not have permission to perform this action.' }]],
		['a 500', [500, '<html>']],
	] as const)('accepts %s as well', async (_, answer) => {
		fakeProgeny({ task: () => answer as never });
		expect(await testCredential(storeOf(ACCOUNT))).toEqual('fine');
	});

	test('notices a wrong password at once although a token is alive, with one login and in the words of Progeny', async () => {
		const credentials = storeOf(ACCOUNT);
		const right = fakeProgeny();
		await runNode({ credentials, items, parameters });
		expect(right.logins).toHaveLength(1);
		credentials.edit(CREDENTIAL_ID, { password: 'wrong' });
		const wrong = fakeWrongPassword();
		expect(await testCredential(credentials)).toMatch(
			/did not accept the username and password: No active account/,
		);
		expect(wrong.logins).toHaveLength(1);
	});

	test('notices that the account was closed although a token is alive', async () => {
		const credentials = storeOf({
			...ACCOUNT,
			accessToken: jwt(),
			tokenMetadata: JSON.stringify({
				fingerprint: fingerprint(ACCOUNT),
				obtainedAt: Date.now() - 60_000,
				expiresAt: Date.now() + 200_000,
			}),
		});
		const { logins } = fakeWrongPassword();
		expect(await testCredential(credentials)).toMatch(/No active account/);
		expect(logins).toHaveLength(1);
	});

	test('fails if a fresh token is refused', async () => {
		fakeProgeny({ task: () => [401, { detail: 'x', code: 'token_not_valid' }] });
		expect(await testCredential(storeOf(ACCOUNT))).toMatch(/did not accept its own access token/);
	});

	test('fails if the base URL is not a Progeny API', async () => {
		fakeProgeny({ login: () => [200, '<!doctype html>'] });
		expect(await testCredential(storeOf(ACCOUNT))).toMatch(/an HTML page instead of an access token/);
	});
});

function fakeWrongPassword() {
	jest.requireActual<typeof import('nock')>('nock').cleanAll();
	return fakeProgeny({
		login: () => [401, { detail: 'No active account found with the given credentials' }],
	});
}

const TEMP_NODE: INode = {
	id: 'temp',
	parameters: {},
	name: 'Temp-Node',
	type: 'noOp',
	typeVersion: 1,
	position: [0, 0],
	credentials: { progenyApi: { id: CREDENTIAL_ID, name: 'Progeny' } },
};

/** The context of a node with a Progeny credential. */
function contextOf(
	store: CredentialStore,
	node: INode = TEMP_NODE,
	type: object = { description: { properties: [] } },
): ExecuteContext {
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	return new ExecuteContext(
		workflow,
		node,
		{ credentialsHelper: store, variables: {}, currentNodeParameters: {} } as never,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null } as never,
		[],
	);
}

/**
 * Tests a credential as n8n does (credentials-tester.service.js, 2.41): its `test.request` as the routing of a node without
 * other properties, on the stored data, then its rules. Gives 'fine' or the message that the user sees.
 */
async function testCredential(store: CredentialStore): Promise<string> {
	const { test } = new ProgenyApi();
	const type = {
		description: {
			displayName: 'Temp',
			name: 'noOp',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'progenyApi', required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const context = contextOf(store, TEMP_NODE, type);
	const data = await store.getDecrypted(undefined, { id: CREDENTIAL_ID, name: '' }, 'progenyApi');
	const decrypted = { id: CREDENTIAL_ID, name: 'Progeny', type: 'progenyApi', data };
	try {
		const response = (await new RoutingNode(context, type as never, decrypted).runNode()) as Array<
			Array<{ json: Record<string, unknown> }>
		>;
		for (const { type: kind, properties } of test.rules ?? []) {
			if (kind === 'responseSuccessBody' && response[0][0].json[String(properties.key)] === properties.value)
				return String(properties.message);
		}
		return 'fine';
	} catch (error) {
		return (error as Error).message;
	}
}
