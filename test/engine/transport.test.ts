import dns from 'node:dns';
import net from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { runNode, type Ran } from './support/engine';
import { PENDING, UUID } from './support/answers';
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
	account: (server: WireServer) => Account = () => ({}),
): Promise<Visit> {
	const server = await WireServer.start(script);
	const setup = setupFor(server);
	const ran = await runNode({ ...setup, account: { ...setup.account, ...account(server) } });
	await server.close();
	return { ran, outcome: outcomeOf(ran), server };
}

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

test('a token of 9,000 characters, which is too long for a header, is not used', async () => {
	const { outcome, server } = await visit({ login: () => answer(200, { access: 'a'.repeat(9000) }) });
	expect([outcome, server.count('login'), server.count('submit')]).toEqual(['BAD_RESPONSE', 1, 0]);
});

describe('the Base URL', () => {
	test('in upper case, with blanks around it and slashes at its end, leads to the documented paths', async () => {
		const write = (url: string) =>
			`  ${url.replace(/^http:\/\/[^/]*/, (origin) => origin.toUpperCase())}///\n`;
		const { outcome, server } = await visit({}, ({ baseUrl }) => ({ baseUrl: write(baseUrl) }));
		expect(outcome).toBe('pass');
		expect(server.seen.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([
			'/api/v3/accounts/token/obtain/',
			'/api/v3/services/authenticate_face/',
			'/api/v3/services/task/',
		]);
	});

	test.each([
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
	test.each<[string, (server: WireServer) => Account, string]>([
		['none, which is about other nodes', () => ({ allowedHttpRequestDomains: 'none' }), 'pass'],
		['a list with the host', ({ host }) => list(`be.progeny.tech, ${host}`), 'pass'],
		['a list without the host', () => list('be.progeny.tech'), 'FORBIDDEN'],
	])('%s', async (_, account, expected) => {
		const { ran, outcome, server } = await visit({}, account);
		const isNamed = ran.error?.description?.includes('Allowed HTTP Request Domains');
		const isSent = expected === 'pass';
		expect([outcome, isNamed]).toEqual([expected, isSent ? undefined : true]);
		expect([server.seen.length > 0, server.lookups.length > 0]).toEqual([isSent, isSent]);
	});
});
