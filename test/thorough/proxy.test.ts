import { spawn } from 'node:child_process';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { selfSigned } from '../engine/support/certificate';
import { UUID } from '../engine/support/answers';
import { WireServer } from '../engine/support/wireServer';

const folder = mkdtempSync(join(tmpdir(), 'progeny-transport-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the node in a new process with these environment variables. */
async function runChild(baseUrl: string, env: Record<string, string>): Promise<Record<string, unknown>> {
	const isOurs = ([key]: [string, unknown]) => !/^((https?|no|all)_proxy|NODE_OPTIONS)$/i.test(key);
	const clean = Object.fromEntries(Object.entries(process.env).filter(isOurs));
	const root = join(__dirname, '../..');
	const config = ['--config', join(root, 'test/thorough/jest.config.js')];
	const jest = [join(root, 'node_modules/jest/bin/jest.js'), ...config, '--testMatch', '**/proxyChild.ts'];
	const child = spawn(process.execPath, jest, {
		env: { ...clean, ...env, PROGENY_CHILD: JSON.stringify({ baseUrl, uuid: UUID }) },
		stdio: ['ignore', 'pipe', 'pipe'],
		cwd: root,
	});
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
		const options = { host: '127.0.0.1', port, path: pathname + search, method, headers };
		const onward = http.request(options, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
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

test("n8n's proxy settings are obeyed, and a certificate whose authority Node trusts is accepted", async () => {
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
});
