import { UserError, type ICredentialDataDecryptedObject, type IHttpRequestOptions } from 'n8n-workflow';
import { ProgenyApi } from '../../credentials/ProgenyApi.credentials';
import { accountOf, authorized, TEST_HEADER } from '../../nodes/shared/progeny/credential';
import { bindRequest } from '../../nodes/shared/progeny/hostBridge';
import { PROBE_TASK_ID, TASK_PATH } from '../../nodes/shared/progeny/endpoints';
import { metadataFor } from '../../nodes/shared/progeny/token';
import { thrownBy } from '../support/thrown';
import { words } from '../support/words';
import { ACCOUNT } from '../support/account';

const NOW = Date.UTC(2026, 0, 1);
const BASE = ACCOUNT.baseUrl;

type Credential = ICredentialDataDecryptedObject;
/** Returns a credential with a token that was obtained `ageMs` ago and lives five minutes. */
const credential = (ageMs = 60_000, others: Credential = {}): Credential => ({
	...ACCOUNT,
	accessToken: 'the-token',
	tokenMetadata: JSON.stringify(metadataFor(ACCOUNT, 300_000, NOW - ageMs)),
	receiptKey: 'the-key',
	...others,
});
const REQUEST: IHttpRequestOptions = { url: TASK_PATH, qs: { id: 'x' }, headers: { Accept: 'a' } };
const PROBE_ID = { id: PROBE_TASK_ID };
const PROBE: IHttpRequestOptions = { ...REQUEST, qs: PROBE_ID, headers: { [TEST_HEADER]: 'true' } };

type Thrown = Error & { response?: unknown; description?: string };

test('a credential without a receipt key, as older versions made it, needs a login that makes one', () => {
	for (const receiptKey of ['', undefined as never])
		expect(
			thrownBy<Thrown>(() => authorized(credential(1_000, { receiptKey }), REQUEST, NOW)).response,
		).toEqual({
			status: 401,
		});
});

describe('accountOf', () => {
	test('is the base URL without its slashes, the username and the password', () => {
		expect(accountOf({ ...ACCOUNT, baseUrl: ` ${BASE}// `, accessToken: 't' })).toEqual(ACCOUNT);
	});
	test('reads a missing field as empty', () => {
		expect(accountOf({ baseUrl: BASE })).toEqual({ baseUrl: BASE, username: '', password: '' });
	});
	test('tells a base URL that cannot be used in a way n8n passes on', () => {
		const thrown = thrownBy<Thrown>(() => accountOf({ ...ACCOUNT, baseUrl: 'http://be.progeny.tech' }));
		expect(thrown).toBeInstanceOf(UserError);
		expect(thrown.message).toContain('uses http');
		expect(thrown.description).toMatch(/^\[UNREACHABLE\] /);
	});
});

describe('Allowed HTTP Request Domains', () => {
	const ONLY = { ...ACCOUNT, allowedHttpRequestDomains: 'domains' };
	const allowing = (allowedDomains: string) => ({ ...ONLY, allowedDomains });

	test.each(['x.example, BE.Progeny.Tech.', ' *.TECH '])(
		'%p includes the host of the Base URL',
		(domains) => {
			expect(accountOf(allowing(domains))).toEqual(ACCOUNT);
		},
	);

	test.each([
		...['', ' ', ...words('progeny.tech *.be.progeny.tech e.progeny.tech *. * https://be.progeny.tech ,')],
	])('%p does not, so the password is not sent', (domains) => {
		const thrown = thrownBy<Thrown>(() => accountOf(allowing(domains)));
		expect(thrown.description).toMatch(/^\[FORBIDDEN\] .*Allowed HTTP Request Domains/);
	});
});

describe('authorized', () => {
	test('adds the base URL and the token, and keeps the rest', () => {
		expect(authorized(credential(), REQUEST, NOW)).toEqual({
			url: `${BASE}/services/task/`,
			qs: { id: 'x' },
			headers: { Accept: 'a', Authorization: 'Bearer the-token' },
			sendCredentialsOnCrossOriginRedirect: false,
		});
	});

	test('replaces an authorization and a base URL of the request, which stays as it is', () => {
		const headersBefore = { Authorization: 'Bearer other' };
		const request = { ...REQUEST, headers: headersBefore, baseURL: 'https://evil.example' };
		const before = structuredClone(request);
		const { url, baseURL, headers } = authorized(credential(), request, NOW);
		expect([url, baseURL]).toEqual([`${BASE}/services/task/`, undefined]);
		expect(headers).toEqual({ Authorization: 'Bearer the-token' });
		expect(request).toEqual(before);
	});

	test("reads the uri of n8n's HTTP Request node", () => {
		const request = { uri: `${BASE}/services/task/?id=1` } as unknown as IHttpRequestOptions;
		expect(authorized(credential(), request, NOW).url).toBe(`${BASE}/services/task/?id=1`);
	});

	test.each(['https://evil.example/x/', '//evil.example/', 'x', ''])('sends no token to %p', (url) => {
		const thrown = thrownBy<Thrown>(() => authorized(credential(), { url }, NOW));
		expect(thrown).toBeInstanceOf(UserError);
		expect(thrown.description).toMatch(/^\[UNREACHABLE\] /);
		expect(JSON.stringify(thrown)).not.toContain('the-token');
	});

	test.each<[string, ICredentialDataDecryptedObject]>([
		['no token yet', { ...ACCOUNT, accessToken: '', tokenMetadata: '' }],
		['a token without metadata', credential(0, { tokenMetadata: '' })],
		['another password', credential(0, { password: 'other' })],
		['a token that has expired', credential(300_000)],
	])('asks n8n for a login by what looks like a 401, before anything is sent: %s', (_, data) => {
		const thrown = thrownBy<Thrown>(() => authorized(data, REQUEST, NOW));
		expect(thrown.response).toEqual({ status: 401 });
		expect(thrown).not.toBeInstanceOf(UserError);
		expect(`${thrown.message} ${JSON.stringify(thrown)}`).not.toMatch(/the-token|hunter2/);
	});

	test("the credential's test demands a fresh login, other requests do not", () => {
		expect(thrownBy<Thrown>(() => authorized(credential(5001), PROBE, NOW)).response).toEqual({
			status: 401,
		});
		expect(authorized(credential(5000), PROBE, NOW)).toMatchObject({
			url: `${BASE}/services/task/`,
			headers: { Authorization: 'Bearer the-token' },
		});
		expect(authorized(credential(5000), PROBE, NOW).headers).not.toHaveProperty(TEST_HEADER);
		expect(authorized(credential(5001), REQUEST, NOW).url).toBe(`${BASE}/services/task/`);
		const nil = { ...REQUEST, qs: PROBE_ID };
		expect(authorized(credential(5001), nil, NOW).url).toBe(`${BASE}/services/task/`);
	});

	const DOMAINS = { allowedHttpRequestDomains: 'domains', allowedDomains: 'be.progeny.tech' };
	test.each<[string, ICredentialDataDecryptedObject, string | undefined]>([
		['all', { allowedHttpRequestDomains: 'all', allowedDomains: 'x.example' }, undefined],
		['none', { allowedHttpRequestDomains: 'none' }, undefined],
		['domains', DOMAINS, 'be.progeny.tech'],
		['not set', {}, undefined],
	])('passes on Allowed HTTP Request Domains: %s', (_, others, expected) => {
		const request = authorized(credential(0, others), REQUEST, NOW) as { allowedDomains?: string };
		expect(request.allowedDomains).toBe(expected);
		expect('allowedDomains' in request).toBe(expected !== undefined);
	});
});

test('a request of a node that is no longer wanted is not sent', async () => {
	const headers = {};
	const leaving = jest.fn();
	bindRequest(headers, { isWanted: () => false, leaving, signal: new AbortController().signal });
	const sent = new ProgenyApi().authenticate(credential(NOW - Date.now()), { ...REQUEST, headers });
	await expect(sent).rejects.toMatchObject({ description: expect.stringMatching(/^\[CANCELED\]/) });
	expect(leaving).not.toHaveBeenCalled();
});

test('n8n shows none of the secrets, and follows no redirect of the test', () => {
	const { properties, test: probe } = new ProgenyApi();
	const secrets = properties.filter(({ typeOptions }) => typeOptions?.password === true);
	expect(secrets.map(({ name }) => name)).toEqual(words('password accessToken tokenMetadata receiptKey'));
	expect(probe.request.disableFollowRedirect).toBe(true);
});
