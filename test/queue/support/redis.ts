import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import getPort from 'get-port';
import type { Supervised } from '../../../demo/supervise';
import { startDaemon } from './daemon';

/** A Redis for one run. */
export interface Redis extends Supervised {
	port: number;
	password: string;
}

/** Starts a Redis on the loopback address that keeps nothing on disk. */
export async function startRedis(): Promise<Redis> {
	const port = await getPort();
	const password = randomBytes(12).toString('base64url');
	const settings = [`port ${port}`, 'bind 127.0.0.1', `requirepass ${password}`, 'save ""', 'appendonly no'];
	const daemon = await startDaemon('redis-server', ['-'], {
		input: `${settings.join('\n')}\n`,
		async isReady() {
			const socket = connect(port, '127.0.0.1');
			await once(socket, 'connect');
			socket.destroy();
		},
	});
	return { port, password, ...daemon };
}
