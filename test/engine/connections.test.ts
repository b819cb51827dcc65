import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import { keepsCause } from '../../nodes/shared/progeny/n8nReply';
import { fingerprint, metadataFor, proveToken } from '../../nodes/shared/progeny/token';
import { selfSigned } from './support/certificate';
import { runNode } from './support/engine';
import { UUID } from './support/answers';
import { photos } from './support/items';
import { outcomeOf } from './support/check';
import { holdConnection, useVirtualTime } from './support/virtualTime';

useVirtualTime();

/** Older n8n hides the HTTP client's error, and with it the socket: what only that shows may have been sent. */
const hidden = !keepsCause();

const listening: Array<{ server: net.Server; sockets: Set<Socket> }> = [];

/** Starts a server on a free port of 127.0.0.1; it is ended after the test. Returns the port. */
async function listen(server: net.Server): Promise<number> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
	});
	listening.push({ server, sockets });
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

afterEach(async () => {
	delete process.env.HTTPS_PROXY;
	for (const { server, sockets } of listening.splice(0)) {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	}
});

/** Returns an account whose token may be used, so that the upload is the first request; without one, the login is. */
function account(baseUrl: string, hasToken: boolean) {
	const known = { baseUrl, username: 'kyc-bot', password: 'correct horse' };
	if (hasToken) proveToken(fingerprint(known), 'token');
	const tokenMetadata = hasToken ? JSON.stringify(metadataFor(known, 300_000, Date.now())) : '';
	return { ...known, accessToken: hasToken ? 'token' : '', tokenMetadata, receiptKey: 'key' };
}

async function run(baseUrl: string, hasToken = true) {
	const parameters = { uuid: UUID, operation: 'submit' };
	const ran = await runNode({ account: account(baseUrl, hasToken), items: photos(1), parameters });
	return { outcome: outcomeOf(ran), message: ran.error?.message };
}

const onFirstBytes = (act: (socket: Socket) => void) => (socket: Socket) =>
	void socket.once('data', () => act(socket));

describe('an upload whose TLS connection was never established was not sent, and is tried again three times', () => {
	const reset = onFirstBytes((socket) => socket.resetAndDestroy());
	const plainHttp = onFirstBytes((socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n'));
	test.each<[string, (socket: Socket) => unknown, RegExp, 'told by words' | 'told by the socket']>([
		['closed at once', (socket) => socket.end(), /secure connection/, 'told by words'],
		['reset after the first bytes', reset, /cut/, 'told by the socket'],
		['never answered', holdConnection, /too long/, 'told by the socket'],
		['plain http', plainHttp, /plain http/, 'told by words'],
	])('%s', async (_, act, why, evidence) => {
		let connections = 0;
		const server = net.createServer((socket) => {
			connections++;
			act(socket);
		});
		const { outcome, message } = await run(`https://127.0.0.1:${await listen(server)}/api/v3`);
		const isUnknown = hidden && evidence === 'told by the socket';
		expect([outcome, connections]).toEqual(isUnknown ? ['OUTCOME_UNKNOWN', 1] : ['UNREACHABLE', 4]);
		expect(message).toMatch(why);
	});

	const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
	test.each<[string, tls.TlsOptions, RegExp]>([
		['a certificate that is not trusted', {}, /certificate/],
		['a version of TLS that is too old', OLD, /secure connection/],
	])('%s', async (_, options, why) => {
		let received = 0;
		const server = tls.createServer({ ...(await selfSigned()), ...options }, (socket) => {
			socket.on('error', () => {});
			socket.on('data', () => received++);
		});
		const { outcome, message } = await run(`https://127.0.0.1:${await listen(server)}/api/v3`);
		expect([outcome, received]).toEqual(['UNREACHABLE', 0]);
		expect(message).toMatch(why);
	});
});

describe('a proxy that refuses the tunnel', () => {
	/** Sends all https through a proxy that answers CONNECT with this status. */
	async function refuseTunnels(status: string): Promise<() => number> {
		let connects = 0;
		const proxy = http.createServer();
		proxy.on('connect', (_request, socket) => {
			connects++;
			socket.on('error', () => {});
			socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>`);
		});
		process.env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
		return () => connects;
	}
	const rows = [
		['403 Forbidden', /the proxy in between refused the connection \(HTTP 403\)/, 3, 4],
		['407 Proxy Authentication Required', /a proxy in between requires a username and password/, 1, 1],
	] as const;

	test.each(rows)('to the login: %s', async (status, why, logins) => {
		const connects = await refuseTunnels(status);
		const { outcome, message } = await run('https://progeny.internal/api/v3', false);
		expect([outcome, connects()]).toEqual(['UNREACHABLE', logins]);
		expect(message).toMatch(why);
	});

	// On n8n 1.x the proxy's answer to an upload looks like one of Progeny's, unless its status says otherwise.
	const seen = hidden
		? ([
				['403 Forbidden', 'BAD_RESPONSE', /a web page arrived/i, 1],
				['407 Proxy Authentication Required', 'UNREACHABLE', /requires a username/, 1],
			] as const)
		: rows.map(([status, why, , uploads]) => [status, 'UNREACHABLE', why, uploads] as const);

	test.each(seen)('to the upload: %s', async (status, code, why, uploads) => {
		const connects = await refuseTunnels(status);
		const { outcome, message } = await run('https://progeny.internal/api/v3');
		expect([outcome, connects()]).toEqual([code, uploads]);
		expect(message).toMatch(why);
	});
});
