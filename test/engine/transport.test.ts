import dns from 'node:dns';
import net from 'node:net';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { runNode, type Ran } from './support/engine';
import { PASSED, PENDING, UUID } from './support/answers';
import { fakeBinaryStore, outcomeOf, setupFor, storedPhoto } from './support/check';
import { WireServer, answer, useFakeResolver, type Script } from './support/wireServer';
import { useVirtualTime } from './support/virtualTime';

useVirtualTime();
useFakeResolver();
beforeAll(() => fakeBinaryStore());

interface Visit {
	ran: Ran;
	outcome: string;
	server: WireServer;
}

type Account = ICredentialDataDecryptedObject;

/** Runs the node once against a server of its own, with this in the credential. */
async function visit(
	script: Script = {},
	account: Account | ((server: WireServer) => Account) = {},
): Promise<Visit> {
	const server = await WireServer.start(script);
	const setup = setupFor(server);
	const more = typeof account === 'function' ? account(server) : account;
	const ran = await runNode({ ...setup, account: { ...setup.account, ...more } });
	await server.close();
	return { ran, outcome: outcomeOf(ran), server };
}

describe('a redirect is never followed, and the token goes to no other place', () => {
	test.each<[string, number, (foreign: WireServer) => string]>([
		['another host', 302, (foreign) => `${foreign.baseUrl}/services/task/?id=1`],
		['another path', 307, () => '/elsewhere'],
		['a scheme-relative host', 301, (foreign) => `//${foreign.host}/x`],
	])('to %s, with %i', async (_, status, target) => {
		const foreign = await WireServer.start();
		const act = answer(status, '', { location: target(foreign) });
		for (const step of ['login', 'submit', 'poll'] as const) {
			const { ran, outcome, server } = await visit({ [step]: () => act });
			expect([step, outcome]).toEqual([step, 'BAD_RESPONSE']);
			expect(ran.error!.message).toContain(`HTTP ${status}`);
			expect(server.count(step)).toBe(1);
			expect(server.count('other')).toBe(0);
		}
		await foreign.close();
		expect(foreign.lookups).toEqual([]);
	});
});

test('hosts that a task’s answer names are never asked', async () => {
	const foreign = await WireServer.start();
	const url = `${foreign.baseUrl}/x`;
	const named = { url, next: url, portrait_url: url, callback: url, location: url };
	const result = { ...PASSED.result, ...named, data: { ...PASSED.result.data, ...named } };
	const { outcome, server } = await visit({
		poll: (n) => answer(200, { ...(n === 0 ? PENDING : PASSED), ...named, result }),
	});
	await foreign.close();
	expect(outcome).toBe('pass');
	expect(foreign.lookups).toEqual([]);
	expect(new Set(server.seen.map(({ host }) => host))).toEqual(new Set([new URL(server.baseUrl).host]));
});

test.each(['http://other.example/steal', '../../accounts/token/obtain/', '1&id=2#fragment'])(
	'a task ID of %s is refused, and nothing is polled',
	async (id) => {
		const { outcome, server } = await visit({ submit: () => answer(200, { id }) });
		expect([outcome, server.count('poll'), server.count('other')]).toEqual(['BAD_RESPONSE', 0, 0]);
	},
);

test('the token is sent with each request but the login, as Bearer, and no proxy may answer a poll', async () => {
	const { server } = await visit({ poll: (n) => (n === 0 ? answer(200, PENDING) : undefined) });
	const [access] = server.tokens;
	const sent = server.seen.map(({ route, authorization, cacheControl }) => [
		route,
		authorization,
		cacheControl,
	]);
	expect(sent).toEqual([
		['login', '', ''],
		['submit', `Bearer ${access}`, ''],
		['poll', `Bearer ${access}`, 'no-cache'],
		['poll', `Bearer ${access}`, 'no-cache'],
	]);
});

test.each([
	['a line break', 'a\r\nX-Other: b'],
	['9,000 characters', 'a'.repeat(9000)],
])('a token with %s is not taken for one', async (_, access) => {
	const { outcome, server } = await visit({ login: () => answer(200, { access, refresh: 'r' }) });
	expect([outcome, server.count('login'), server.count('submit')]).toEqual(['BAD_RESPONSE', 1, 0]);
});

describe('the Base URL', () => {
	test.each<[string, (url: string) => string]>([
		['with slashes at its end and blanks around it', (url) => `  ${url}///\n`],
		[
			'in upper case up to the path',
			(url) => url.replace(/^http:\/\/[^/]*/, (origin) => origin.toUpperCase()),
		],
	])('%s leads to the documented paths', async (_, write) => {
		const { outcome, server } = await visit({}, ({ baseUrl }) => ({ baseUrl: write(baseUrl) }));
		expect(outcome).toBe('pass');
		expect(server.seen.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([
			'/api/v3/accounts/token/obtain/',
			'/api/v3/services/authenticate_face/',
			'/api/v3/services/task/',
		]);
	});

	test.each([
		['   ', /empty/],
		['file:///etc/passwd', /https/],
		['https://user:secret@be.progeny.tech/api/v3', /username or password/],
		['http://127.0.0.1.example.com/api/v3', /http/],
	])('%j is refused, and nothing is looked up or sent', async (baseUrl, why) => {
		const lookup = jest.spyOn(dns, 'lookup');
		const connect = jest.spyOn(net.Socket.prototype, 'connect');
		const account = { baseUrl, username: 'u', password: 'p', accessToken: '', tokenMetadata: '' };
		const ran = await runNode({ account, items: [storedPhoto()], parameters: { uuid: UUID } });
		const calls = [lookup.mock.calls.length, connect.mock.calls.length];
		lookup.mockRestore();
		connect.mockRestore();
		expect(outcomeOf(ran)).toBe('UNREACHABLE');
		expect(ran.error!.message).toMatch(/^The Base URL in the Progeny credential /);
		expect(ran.error!.message).toMatch(why);
		expect(ran.error!.message).not.toContain('secret');
		expect(calls).toEqual([0, 0]);
	});
});

describe("the credential's Allowed HTTP Request Domains", () => {
	const list = (allowedDomains: string) => ({ allowedHttpRequestDomains: 'domains', allowedDomains });
	test.each<[string, (server: WireServer) => IDataObject, string]>([
		['all', () => ({ allowedHttpRequestDomains: 'all' }), 'pass'],
		['none, which is about other nodes', () => ({ allowedHttpRequestDomains: 'none' }), 'pass'],
		['a list with the host', ({ host }) => list(`be.progeny.tech, ${host}`), 'pass'],
		['a list without the host', () => list('be.progeny.tech'), 'FORBIDDEN'],
		['an empty list', () => list(''), 'FORBIDDEN'],
		['a list with a host that only ends the same', () => list('ire.internal'), 'FORBIDDEN'],
	])('%s', async (_, account, expected) => {
		const { ran, outcome, server } = await visit({}, account as (server: WireServer) => Account);
		const isNamed = ran.error?.description?.includes('Allowed HTTP Request Domains');
		const isSent = expected === 'pass';
		expect([outcome, isNamed]).toEqual([expected, isSent ? undefined : true]);
		expect([server.seen.length > 0, server.lookups.length > 0]).toEqual([isSent, isSent]);
	});
});
