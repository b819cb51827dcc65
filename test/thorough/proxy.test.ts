import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { UUID } from '../engine/support/answers';
import { selfSigned } from '../engine/support/certificate';
import { outcomeOf } from '../engine/support/check';
import { runNode } from '../engine/support/engine';
import { fileItem, tinyJpeg } from '../engine/support/items';
import { WireServer } from '../engine/support/wireServer';

const opened: Array<{ close(): unknown }> = [];
/** The machine's own proxies. */
const own = Object.entries(process.env).filter(([name]) => /^(https?|no|all)_proxy$/i.test(name));
const withoutProxies = () => {
	for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', ...own.map(([key]) => key)])
		delete process.env[name];
};
beforeEach(withoutProxies);
afterEach(async () => {
	jest.restoreAllMocks();
	withoutProxies();
	Object.assign(process.env, Object.fromEntries(own));
	for (const server of opened.splice(0)) await server.close();
});

async function run(baseUrl: string, settings: Record<string, string>) {
	Object.assign(process.env, settings);
	const account = { baseUrl, username: 'kyc-bot', password: 'correct horse' };
	const parameters = { uuid: UUID, options: { timeout: 5 } };
	const ran = await runNode({ account, items: [fileItem(tinyJpeg())], parameters });
	return outcomeOf(ran);
}

/** Starts a forward proxy that leads every host to one server. It does not read what goes through a tunnel. */
async function startProxy(target: WireServer) {
	const asked: string[] = [];
	const port = Number(new URL(target.addressUrl).port);
	const proxy = http.createServer((request, response) => {
		const { pathname, search, host } = new URL(request.url!);
		asked.push(host + pathname);
		const { method, headers } = request;
		const options = { host: '127.0.0.1', port, path: pathname + search, method, headers };
		const onward = http.request(options, (answer) => {
			response.writeHead(answer.statusCode!, answer.headers);
			answer.pipe(response);
		});
		request.pipe(onward);
	});
	proxy.on('connect', (request, socket) => {
		asked.push(request.url!);
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		socket.pipe(net.connect(port, '127.0.0.1')).pipe(socket);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	opened.push(target, proxy);
	return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

test("n8n's HTTP_PROXY and NO_PROXY are obeyed", async () => {
	const server = await WireServer.start();
	const { url, asked } = await startProxy(server);
	const settings = { HTTP_PROXY: url, NO_PROXY: 'no-proxy.internal' };
	expect(await run('http://progeny.internal/api/v3', settings)).toBe('pass');
	const paths = ['accounts/token/obtain/', 'services/authenticate_face/', 'services/task/'];
	expect(asked).toEqual(paths.map((path) => `progeny.internal/api/v3/${path}`));
	expect(await run('http://no-proxy.internal/api/v3', settings)).toBe('UNREACHABLE');
	expect(asked).toHaveLength(paths.length);
});

test('HTTPS_PROXY tunnels to a server whose certificate is trusted', async () => {
	const certificate = await selfSigned();
	const server = await WireServer.start({}, { tls: certificate });
	const { url, asked } = await startProxy(server);
	const { connect } = tls;
	const trusting = (options: tls.ConnectionOptions) => connect({ ...options, ca: certificate.cert });
	jest.spyOn(tls, 'connect').mockImplementation(trusting as never);
	const host = `localhost:${new URL(server.addressUrl).port}`;
	expect(await run(`https://${host}/api/v3`, { HTTPS_PROXY: url })).toBe('pass');
	expect(asked).toEqual([host, host, host]);
});
