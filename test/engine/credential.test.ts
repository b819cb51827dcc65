import nock from 'nock';
import { RoutingNode, ExecuteContext } from 'n8n-core';
import { Workflow, createEmptyRunExecutionData, type INode } from 'n8n-workflow';
import { ProgenyApi } from '../../index';
import { NOT_FOUND, PASSED, PENDING } from './support/answers';
import { CONTINUE } from './support/check';
import { CREDENTIAL_ID, storeOf } from './support/engine';
import { photos } from './support/items';
import { ACCOUNT, check, fakeProgeny, storedAccount, useProgeny, type Check } from './support/progeny';
import { UUID } from './support/services';
import { KEEPS_CREDENTIAL_ON_REDIRECT } from './support/engineMajor';
import type { CredentialStore } from './support/credentialStore';

useProgeny();

const submit = (setup: Check) => check({ operation: 'submit', ...setup });
const NOT_VALID = { detail: 'x', code: 'token_not_valid' };

test('without a credential the node says that it is missing, and how to choose one', async () => {
	const traffic = fakeProgeny();
	const { error } = await check({ settings: { credentials: {} } });
	expect(error!.message).toBe('The node has no Progeny credential');
	expect(error!.description).toMatch(/^\[FORBIDDEN\] Nothing was sent\. Choose one under Credential/);
	expect(traffic.logins).toEqual([]);
});

test('one login serves parallel items, executions that start at the same moment, and later ones', async () => {
	const traffic = fakeProgeny();
	const credentials = storeOf(ACCOUNT);
	const setup = { credentials, items: photos(5), options: { concurrency: 5 } };
	await Promise.all([submit(setup), submit(setup)]);
	await submit(setup);
	expect([traffic.logins.length, traffic.submits.length]).toEqual([1, 15]);
});

describe('a login that failed', () => {
	test('is not tried again for the other 39 items', async () => {
		const detail = 'Account locked: too many login attempts.';
		const traffic = fakeProgeny({ login: () => [403, { detail }] });
		const options = { concurrency: 20 };
		const { json } = await submit({ items: photos(40), options, settings: CONTINUE });
		expect([traffic.logins.length, traffic.submits.length]).toEqual([1, 0]);
		const message = `Progeny does not allow this account to log in: ${detail}`;
		expect(new Set(json.map(({ error }) => error))).toEqual(new Set([message]));
	});

	test('is not tried again if its token is refused at once: two logins for all items', async () => {
		const traffic = fakeProgeny({
			submit: () => [401, { detail: 'User is inactive', code: 'user_inactive' }],
		});
		const { json } = await submit({ items: photos(10), options: { concurrency: 1 }, settings: CONTINUE });
		expect([traffic.logins.length, traffic.submits.length]).toEqual([2, 3]);
		expect(new Set(json.map(({ error }) => error)).size).toBe(1);
	});
});

test('a redirect never sends the token to another host', async () => {
	const { polls } = fakeProgeny({ task: () => [302, '', { Location: 'https://elsewhere.example/' }] });
	const strayed: string[] = [];
	nock('https://elsewhere.example')
		.persist()
		.get('/')
		.reply(function () {
			strayed.push(String(this.req.headers.authorization ?? 'none'));
			return [200, {}];
		});
	const store = storeOf(ACCOUNT);
	const context = contextOf(store);
	const data = await store.getDecrypted(undefined, { id: CREDENTIAL_ID, name: '' }, 'progenyApi');
	const credentialsDecrypted = { id: CREDENTIAL_ID, name: 'Progeny', type: 'progenyApi', data };
	const url = `${ACCOUNT.baseUrl}/services/task/?id=1`;
	const { helpers } = context;
	await helpers.httpRequestWithAuthentication.call(context, 'progenyApi', { url }, { credentialsDecrypted });
	// The way of n8n's HTTP Request node.
	const legacy = { uri: url, method: 'GET', followRedirect: true, json: true } as const;
	await helpers.requestWithAuthentication.call(context, 'progenyApi', legacy, { credentialsDecrypted });
	const bearer = `Bearer ${String(data.accessToken)}`;
	expect(polls.map(({ authorization }) => authorization)).toEqual([bearer, bearer]);
	const sent = expect.stringMatching(KEEPS_CREDENTIAL_ON_REDIRECT ? /^none$/ : /^Bearer /);
	expect(strayed).toEqual([sent, sent]);
});

describe('the token', () => {
	test('is renewed once, before anything is sent, when its time is over', async () => {
		const traffic = fakeProgeny();
		const account = storedAccount(-1);
		await submit({ account, items: photos(2) });
		expect(traffic.logins).toHaveLength(1);
		expect(traffic.submits).toHaveLength(2);
		const sent = traffic.submits.map(({ authorization }) => authorization);
		expect(sent).not.toContain(`Bearer ${account.accessToken}`);
	});

	test('is renewed when the server refuses it, and the upload is sent again whole', async () => {
		const { submits, logins } = fakeProgeny({
			submit: (n) => (n === 0 ? [401, NOT_VALID] : [200, { id: 'task' }]),
		});
		const { json } = await submit({});
		expect(json).toEqual([expect.objectContaining({ taskId: 'task', uuid: UUID })]);
		expect(logins).toHaveLength(2);
		const parts = submits.map(({ body, type }) => body.toString('latin1').split(type.split('boundary=')[1]!));
		expect(parts[1]).toEqual(parts[0]);
		expect(submits[1].authorization).not.toBe(submits[0].authorization);
	});

	test('keeps an edit made during the run, and renews with the edited account', async () => {
		const credentials = storeOf(ACCOUNT);
		const traffic = fakeProgeny({
			task: (n) => {
				if (n === 0) credentials.edit(CREDENTIAL_ID, { password: 'changed' });
				return n === 0 ? [200, PENDING] : n === 1 ? [401, NOT_VALID] : [200, PASSED];
			},
		});
		const { json } = await check({ credentials });
		expect(json[0]).toMatchObject({ decision: 'pass' });
		expect(credentials.data(CREDENTIAL_ID).password).toBe('changed');
		expect(traffic.logins[1].body).toContain('changed');
	});

	test('of another base URL is not sent to the new one', async () => {
		fakeProgeny();
		const { credentials } = await submit({});
		const login = (): [number, object] => [200, { access: 'second' }];
		const renewed = fakeProgeny({ origin: 'https://progeny.example', login });
		credentials.edit(CREDENTIAL_ID, { baseUrl: 'https://progeny.example/api/v3/' });
		await submit({ credentials });
		expect(renewed.submits.map(({ authorization }) => authorization)).toEqual(['Bearer second']);
	});
});

describe("the credential's test", () => {
	test.each([
		[404, NOT_FOUND],
		[200, PENDING],
		[500, '<html>'],
	])(
		'logs in, asks for a task that does not exist, and accepts any answer, as %i with %j',
		async (...answer) => {
			const traffic = fakeProgeny({ task: () => answer });
			expect(await testCredential(storeOf(ACCOUNT))).toBe('fine');
			expect(traffic.logins).toHaveLength(1);
			const authorization = expect.stringMatching(/^Bearer /);
			expect(traffic.polls).toEqual([{ id: '00000000-0000-0000-0000-000000000000', authorization }]);
			expect(traffic.submits).toEqual([]);
		},
	);

	test('notices a wrong password or a closed account at once although a token is alive, with one login', async () => {
		const detail = 'No active account found with the given credentials';
		const { logins } = fakeProgeny({ login: () => [401, { detail }] });
		const message = await testCredential(storeOf(storedAccount(200_000)));
		expect(message).toMatch(/did not accept the username and password: No active account/);
		expect(logins).toHaveLength(1);
	});

	test('fails if a fresh token is refused', async () => {
		fakeProgeny({ task: () => [401, NOT_VALID] });
		expect(await testCredential(storeOf(ACCOUNT))).toMatch(/did not accept its own access token/);
	});
});

const TEMP_NODE: INode = {
	id: 'temp',
	parameters: {},
	name: 'Temp-Node',
	type: 'noOp',
	typeVersion: 1,
	position: [0, 0],
	credentials: { progenyApi: { id: CREDENTIAL_ID, name: 'Progeny' } },
};

/** Returns the context of a node with a Progeny credential. */
function contextOf(
	store: CredentialStore,
	type: object = { description: { properties: [] } },
): ExecuteContext {
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({
		nodes: [TEMP_NODE],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	return new ExecuteContext(
		workflow,
		TEMP_NODE,
		{ credentialsHelper: store, variables: {}, currentNodeParameters: {} } as never,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node: TEMP_NODE, data: {}, source: null } as never,
		[],
	);
}

/**
 * Tests a credential as n8n does (credentials-tester.service.js, 2.41): its `test.request` as the routing of a node without
 * other properties, on the stored data, then its rules. Returns 'fine' or the message that the user sees.
 */
async function testCredential(store: CredentialStore): Promise<string> {
	const { test } = new ProgenyApi();
	const routing = { request: test.request };
	const type = {
		description: {
			credentials: [{ name: 'progenyApi', required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', routing, default: '' }],
		},
	};
	const context = contextOf(store, type);
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
