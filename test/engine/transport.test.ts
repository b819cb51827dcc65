import { spawn } from 'node:child_process';
import dns from 'node:dns';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { runNode, type Ran } from './support/engine';
import { selfSigned } from './support/certificate';
import { PASSED, PENDING, UUID } from './support/answers';
import { fakeBinaryStore, outcomeOf, setupFor, storedPhoto } from './support/check';
import { WireServer, fakeResolver, type Act, type Script, type WireOptions } from './support/wireServer';
import { useVirtualTime } from './support/virtualTime';

useVirtualTime();

let restoreResolver: () => void;
beforeAll(() => {
	restoreResolver = fakeResolver();
	fakeBinaryStore();
});
afterAll(() => restoreResolver());

interface Visit {
	ran: Ran;
	outcome: string;
	server: WireServer;
}

/** Runs the node once against a server of its own. */
async function visit(
	script: Script = {},
	{
		account = {},
		parameters = {},
		options = {},
	}: {
		account?: ICredentialDataDecryptedObject | ((server: WireServer) => ICredentialDataDecryptedObject);
		parameters?: IDataObject;
		options?: WireOptions;
	} = {},
): Promise<Visit> {
	const server = await WireServer.start(script, options);
	const setup = setupFor(server, 1, { parameters });
	const more = typeof account === 'function' ? account(server) : account;
	const ran = await runNode({ ...setup, account: { ...setup.account, ...more } });
	await server.close();
	return { ran, outcome: outcomeOf(ran), server };
}

describe('a redirect is never followed, and the token goes to no other place', () => {
	const statuses = [300, 301, 302, 303, 307, 308];
	const targets: Record<string, (foreign: WireServer) => string> = {
		'another host': (foreign) => `${foreign.baseUrl}/services/task/?id=1`,
		'another path': () => '/elsewhere',
		'a scheme-relative host': (foreign) => `//${foreign.host}/x`,
	};
	const cases = Object.keys(targets).flatMap((target) => statuses.map((status) => [target, status] as const));
	test.each(cases)('to %s, with %i', async (target, status) => {
		const foreign = await WireServer.start();
		const act: Act = { do: 'answer', status, body: '', headers: { location: targets[target](foreign) } };
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
		poll: (n) => ({ do: 'answer', status: 200, body: { ...(n === 0 ? PENDING : PASSED), ...named, result } }),
	});
	await foreign.close();
	expect(outcome).toBe('pass');
	expect(foreign.lookups).toEqual([]);
	expect(new Set(server.seen.map(({ host }) => host))).toEqual(new Set([new URL(server.baseUrl).host]));
});

test.each([
	'http://other.example/steal',
	'//other.example/steal',
	'../../accounts/token/obtain/',
	'1&id=2#fragment',
	'?id=2',
	'%2e%2e%2f',
	'@other.example',
])(
	'a task ID of %s stays a task ID: one question to the same host and path, with it in the query',
	async (id) => {
		const { server } = await visit({ submit: () => ({ do: 'answer', status: 200, body: { id } }) });
		const polls = server.seen.filter(({ method }) => method === 'GET');
		expect(polls).toHaveLength(1);
		const url = new URL(polls[0].url, server.baseUrl);
		expect(url.pathname).toBe('/api/v3/services/task/');
		expect([...url.searchParams]).toEqual([['id', id]]);
	},
);

test('the token is sent with each request but the login, as Bearer, and nothing else identifies the account', async () => {
	const { server } = await visit({
		poll: (n) => (n === 0 ? { do: 'answer', status: 200, body: PENDING } : undefined),
	});
	const [access] = server.tokens;
	expect(server.seen.map(({ route, authorization }) => [route, authorization])).toEqual([
		['login', ''],
		['submit', `Bearer ${access}`],
		['poll', `Bearer ${access}`],
		['poll', `Bearer ${access}`],
	]);
});

test.each([
	['a blank', 'a b'],
	['a line break', 'a\r\nX-Other: b'],
	['a letter that no header can carry', 'tökän'],
	['a null', 'a\0b'],
	['9,000 characters', 'a'.repeat(9000)],
])('a token with %s is not taken for one', async (_, access) => {
	const { outcome, server } = await visit({
		login: () => ({ do: 'answer', status: 200, body: { access, refresh: 'r' } }),
	});
	expect([outcome, server.count('login'), server.count('submit')]).toEqual(['BAD_RESPONSE', 1, 0]);
});

describe('the Base URL', () => {
	const taken: Record<string, (url: string) => string> = {
		'as it is': (url) => url,
		'with a slash at its end': (url) => `${url}/`,
		'with several': (url) => `${url}///`,
		'with blanks around it': (url) => `  ${url}\n`,
		'in upper case up to the path': (url) => url.replace(/^http:\/\/[^/]*/, (origin) => origin.toUpperCase()),
	};
	test.each(Object.entries(taken))('%s leads to the documented paths', async (_, write) => {
		const { outcome, server } = await visit({}, { account: ({ baseUrl }) => ({ baseUrl: write(baseUrl) }) });
		expect(outcome).toBe('pass');
		expect(server.seen.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([
			'/api/v3/accounts/token/obtain/',
			'/api/v3/services/authenticate_face/',
			'/api/v3/services/task/',
		]);
	});

	const refused: Record<string, RegExp> = {
		'': /empty/,
		'   ': /empty/,
		'be.progeny.tech/api/v3': /must start with https/,
		'//be.progeny.tech/api/v3': /must start with https/,
		'ftp://be.progeny.tech/api/v3': /https/,
		'file:///etc/passwd': /https/,
		'javascript:alert(1)': /https/,
		'https://user:secret@be.progeny.tech/api/v3': /username or password/,
		'https://user@be.progeny.tech/api/v3': /username or password/,
		'https://be.progeny.tech/api/v3?key=1': /question mark/,
		'https://be.progeny.tech/api/v3?': /question mark/,
		'https://be.progeny.tech/api/v3#x': /hash/,
		'https://be.progeny.tech/api/v3#': /hash/,
		'http://be.progeny.tech/api/v3': /http/,
		'http://8.8.8.8/api/v3': /http/,
		'http://0x08080808/api/v3': /http/,
		'http://172.32.0.1/api/v3': /http/,
		'http://192.169.0.1/api/v3': /http/,
		'http://169.254.169.254/api/v3': /http/,
		'http://127.0.0.1.example.com/api/v3': /http/,
		'http://localhost.example.com/api/v3': /http/,
		'http://10.example.com/api/v3': /http/,
		'http://[2001:4860:4860::8888]/api/v3': /http/,
		'http://[::ffff:8.8.8.8]/api/v3': /http/,
	};
	test.each(Object.entries(refused))(
		'%j is refused, and nothing is looked up or sent',
		async (baseUrl, why) => {
			const lookup = jest.spyOn(dns, 'lookup');
			const connect = jest.spyOn(net.Socket.prototype, 'connect');
			const account = { baseUrl, username: 'u', password: 'p', accessToken: '', tokenMetadata: '' };
			const ran = await runNode({ account, items: [storedPhoto()], parameters: { uuid: UUID } });
			const calls = [lookup.mock.calls.length, connect.mock.calls.length];
			lookup.mockRestore();
			connect.mockRestore();
			const outcome = outcomeOf(ran);
			expect(outcome).toBe('UNREACHABLE');
			expect(ran.error!.message).toMatch(/^The Base URL in the Progeny credential /);
			expect(ran.error!.message).toMatch(why);
			expect(ran.error!.message).not.toContain('secret');
			expect(calls).toEqual([0, 0]);
		},
	);
});

describe("the credential's Allowed HTTP Request Domains", () => {
	const rows: Array<[string, IDataObject, string]> = [
		['all', { allowedHttpRequestDomains: 'all' }, 'pass'],
		['none, which is about other nodes', { allowedHttpRequestDomains: 'none' }, 'pass'],
		[
			'a list without the host',
			{ allowedHttpRequestDomains: 'domains', allowedDomains: 'be.progeny.tech' },
			'FORBIDDEN',
		],
		['an empty list', { allowedHttpRequestDomains: 'domains', allowedDomains: '' }, 'FORBIDDEN'],
		[
			'a list with a host that only ends the same',
			{ allowedHttpRequestDomains: 'domains', allowedDomains: 'ire.internal' },
			'FORBIDDEN',
		],
	];
	test.each(rows)('%s', async (_, account, outcome) => {
		const visited = await visit({}, { account: account as ICredentialDataDecryptedObject });
		const { description } = visited.ran.error ?? {};
		const isNamed = description?.includes('Allowed HTTP Request Domains');
		const { server } = visited;
		expect([visited.outcome, server.count('login'), server.count('submit'), isNamed]).toEqual(
			outcome === 'pass' ? ['pass', 1, 1, undefined] : [outcome, 0, 0, true],
		);
		expect(server.lookups.length > 0).toBe(outcome === 'pass');
	});

	test('a list with the host', async () => {
		const { outcome } = await visit(
			{},
			{
				account: ({ host }) => ({
					allowedHttpRequestDomains: 'domains',
					allowedDomains: `be.progeny.tech, ${host}`,
				}),
			},
		);
		expect(outcome).toBe('pass');
	});
});

test('a certificate that nobody vouches for is never accepted, and nothing is sent to its server', async () => {
	const { ran, outcome, server } = await visit({}, { options: { tls: await selfSigned() } });
	expect(outcome).toBe('UNREACHABLE');
	expect(ran.error!.message).toMatch(/certificate/);
	expect(server.seen).toEqual([]);
});

describe('in a process of its own', () => {
	const folder = mkdtempSync(join(tmpdir(), 'progeny-transport-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** Runs the node in a new process with these environment variables. */
	async function runChild(baseUrl: string, env: Record<string, string>): Promise<Record<string, unknown>> {
		const clean = Object.fromEntries(
			Object.entries(process.env).filter(
				([key]) => !/^(https?|no|all)_proxy$/i.test(key) && key !== 'NODE_OPTIONS',
			),
		);
		const root = join(__dirname, '../..');
		const child = spawn(
			process.execPath,
			[
				join(root, 'node_modules/jest/bin/jest.js'),
				'--config',
				join(root, process.env.N8N_ENGINE === undefined ? 'jest.config.js' : 'test/n8n/jest.config.js'),
				'--testMatch',
				'**/support/child.ts',
			],
			{
				env: { ...clean, ...env, PROGENY_CHILD: JSON.stringify({ baseUrl, uuid: UUID }) },
				stdio: ['ignore', 'pipe', 'pipe'],
				cwd: root,
			},
		);
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
		await new Promise((resolve) => child.on('close', resolve));
		const result = /^RESULT (.*)$/m.exec(output)?.[1];
		if (result === undefined) throw new Error(output);
		return JSON.parse(result) as Record<string, unknown>;
	}

	/** A forward proxy that leads every host to one server. It plays no part in what is said through a tunnel. */
	async function startProxy(target: WireServer) {
		const asked: string[] = [];
		const tunnels: net.Socket[] = [];
		const port = Number(new URL(target.addressUrl).port);
		const proxy = http.createServer((request, response) => {
			asked.push(request.url ?? '');
			const { pathname, search } = new URL(request.url ?? '');
			const { method, headers } = request;
			const onward = http.request(
				{ host: '127.0.0.1', port, path: pathname + search, method, headers },
				(answer) => {
					response.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(response);
				},
			);
			request.pipe(onward);
		});
		proxy.on('connect', (request, socket, head) => {
			asked.push(request.url ?? '');
			const onward = net.connect(port, '127.0.0.1', () => {
				socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
				onward.write(head);
				onward.pipe(socket).pipe(onward);
			});
			onward.on('error', () => socket.destroy());
			tunnels.push(onward);
			socket.on('error', () => onward.destroy());
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const close = () => {
			for (const tunnel of tunnels) tunnel.destroy();
			proxy.closeAllConnections();
			proxy.close();
		};
		return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked, close };
	}

	test("n8n's proxy settings are obeyed, and a certificate whose authority Node was told to trust is accepted", async () => {
		const tls = await selfSigned();
		const authority = join(folder, 'authority.pem');
		writeFileSync(authority, tls.cert);
		const [plain, secure] = await Promise.all([WireServer.start(), WireServer.start({}, { tls })]);
		const [proxy, secureProxy] = await Promise.all([startProxy(plain), startProxy(secure)]);
		const port = new URL(secure.addressUrl).port;
		const [proxied, excepted, tunnelled] = await Promise.all([
			runChild('http://progeny.internal/api/v3', { HTTP_PROXY: proxy.url }),
			runChild('http://no-proxy.internal/api/v3', { HTTP_PROXY: proxy.url, NO_PROXY: 'no-proxy.internal' }),
			runChild(`https://localhost:${port}/api/v3`, {
				NODE_EXTRA_CA_CERTS: authority,
				HTTPS_PROXY: secureProxy.url,
			}),
		]);
		proxy.close();
		secureProxy.close();
		await Promise.all([plain.close(), secure.close()]);
		const decision = (result: Record<string, unknown>) =>
			(result.json as IDataObject[])[0]?.decision ?? result.description;

		expect(decision(proxied)).toBe('pass');
		expect(proxy.asked.map((url) => url.replace(/\?.*/, ''))).toEqual([
			'http://progeny.internal/api/v3/accounts/token/obtain/',
			'http://progeny.internal/api/v3/services/authenticate_face/',
			'http://progeny.internal/api/v3/services/task/',
		]);
		expect(decision(excepted)).toMatch(/^\[UNREACHABLE\]/);
		expect(decision(tunnelled)).toBe('pass');
		expect(secureProxy.asked).toEqual(Array.from({ length: 3 }, () => `localhost:${port}`));
	}, 60_000);
});
