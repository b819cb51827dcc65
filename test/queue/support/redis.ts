import { randomBytes } from 'node:crypto';
import getPort from 'get-port';
import { startDaemon } from './daemon';
import { connectRedis } from './drivers';
import { redisProgram } from './programs';

/** A Redis for one run. */
export interface Redis {
	/** redis://:password@host:port/database */
	url: string;
	/** What the names of this run's keys start with. */
	prefix: string;
	/** Removes this run's keys, and ends the server if this run started it. */
	drop(): Promise<void>;
}

/**
 * The Redis of QUEUE_REDIS_URL, else one that is started for this run on the loopback address and keeps nothing on disk.
 * @throws Error if there is neither
 */
export async function openRedis(): Promise<Redis> {
	const given = process.env.QUEUE_REDIS_URL;
	const prefix = `n8n-queue-${randomBytes(6).toString('hex')}`;
	if (!given) return { ...(await startRedis()), prefix };
	return { url: given, prefix, drop: () => removeKeys(given, prefix) };
}

async function startRedis(): Promise<{ url: string; drop(): Promise<void> }> {
	const port = await getPort();
	const password = randomBytes(12).toString('base64url');
	const url = `redis://:${password}@127.0.0.1:${port}/0`;
	const settings = [
		`port ${port}`,
		'bind 127.0.0.1',
		`requirepass ${password}`,
		'save ""',
		'appendonly no',
		'daemonize no',
	];
	const daemon = await startDaemon(redisProgram(), ['-'], {
		input: `${settings.join('\n')}\n`,
		isReady: async () => (await connectRedis(url)).disconnect(),
	});
	return { url, drop: () => daemon.stop() };
}

async function removeKeys(url: string, prefix: string): Promise<void> {
	const client = await connectRedis(url);
	// Bull uses the prefix in braces for a cluster, otherwise without.
	const keys = await client.keys(`*${prefix}*`);
	if (keys.length > 0) await client.del(...keys);
	client.disconnect();
}
