import { createRequire } from 'node:module';
import { N8N_BIN } from '../../../demo/paths';

/*
 * The database and Redis clients of n8n's own packages: the parts used here.
 */

const n8nRequire = createRequire(N8N_BIN);

/** A client of PostgreSQL (the package pg). */
export interface SqlClient {
	connect(): Promise<unknown>;
	query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
	end(): Promise<void>;
}

/** A client of Redis (the package ioredis). */
export interface RedisClient {
	connect(): Promise<unknown>;
	disconnect(): void;
	on(event: 'error', listener: () => void): unknown;
}

/** Connects to a PostgreSQL database by its URL. */
export async function connectSql(url: string): Promise<SqlClient> {
	const { Client } = n8nRequire('pg') as { Client: new (options: object) => SqlClient };
	const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
	await client.connect();
	return client;
}

/** Connects to a Redis by its URL. */
export async function connectRedis(url: string): Promise<RedisClient> {
	const Redis = n8nRequire('ioredis') as new (url: string, options: object) => RedisClient;
	const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
	client.on('error', () => undefined);
	await client.connect();
	return client;
}
