import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startDaemon } from './daemon';
import { connectSql, SqlClient } from './drivers';
import { postgresPrograms } from './programs';

/** An empty database for one run. */
export interface Database {
	/** postgres://user:password@host:port/name */
	url: string;
	/** The server's process, if this run started it. */
	pid?: number;
	/** Removes the database, and ends the server if this run started it. */
	drop(): Promise<void>;
}

interface Server {
	url: string;
	pid?: number;
	stop(): Promise<void>;
}

/**
 * An empty database on the server of QUEUE_POSTGRES_URL (whose user must be allowed to create databases), else on a PostgreSQL that is
 * started for this run on the loopback address with its default settings.
 * @throws Error if there is neither
 */
export async function createDatabase(): Promise<Database> {
	const given = process.env.QUEUE_POSTGRES_URL;
	const server: Server = given ? { url: given, stop: async () => undefined } : await startPostgres();
	const name = `n8n_queue_${randomBytes(6).toString('hex')}`;
	try {
		await command(server.url, `CREATE DATABASE ${name}`);
	} catch (error) {
		await server.stop();
		throw new Error(`The database for n8n could not be created: ${(error as Error).message}`);
	}
	const url = new URL(server.url);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		...(server.pid && { pid: server.pid }),
		async drop() {
			if (given) await command(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			await server.stop();
		},
	};
}

async function command(url: string, sql: string): Promise<void> {
	let client: SqlClient | undefined;
	try {
		client = await connectSql(url);
		await client.query(sql);
	} finally {
		await client?.end();
	}
}

async function startPostgres(): Promise<Server> {
	const { initdb, postgres } = postgresPrograms();
	const owner = ownerOfServer();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-postgres-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', remove);
	const password = randomBytes(12).toString('base64url');
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
	const data = join(folder, 'data');
	const how = { ...owner, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
	const init = ['-D', data, '-U', 'n8n', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
	execFileSync(initdb, init, { ...how, stdio: 'ignore' });
	const port = await getPort();
	const url = `postgres://n8n:${password}@127.0.0.1:${port}/postgres`;
	const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
	const daemon = await startDaemon(postgres, args, {
		spawn: how,
		// PostgreSQL's fast shutdown: it does not wait for its clients.
		stopSignal: 'SIGINT',
		isReady: () => command(url, 'SELECT 1'),
	});
	return {
		url,
		pid: daemon.pid,
		async stop() {
			await daemon.stop();
			remove();
			process.removeListener('exit', remove);
		},
	};
}

/** PostgreSQL refuses to run as root; Debian's package has made a user for it. */
function ownerOfServer(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	try {
		return { uid: id('-u'), gid: id('-g') };
	} catch {
		throw new Error('PostgreSQL does not run as root, and there is no user called postgres.');
	}
}
