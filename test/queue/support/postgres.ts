import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { N8N_BIN } from '../../../demo/paths';
import type { Supervised } from '../../../demo/supervise';
import { startDaemon } from './daemon';

/** The folder of Debian's PostgreSQL, with a folder for each version. */
const VERSIONS = '/usr/lib/postgresql';

/** A PostgreSQL for one run. */
export interface Database extends Supervised {
	port: number;
	password: string;
	/** postgres://user:password@host:port/name */
	url: string;
}

/** A client of PostgreSQL: what is used here of the package pg, which n8n brings. */
export interface SqlClient {
	connect(): Promise<unknown>;
	query<Row>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
	end(): Promise<void>;
}

/** Connects to a PostgreSQL database by its URL. */
export async function connectSql(connectionString: string): Promise<SqlClient> {
	const { Client } = createRequire(N8N_BIN)('pg') as { Client: new (options: object) => SqlClient };
	const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
	await client.connect();
	return client;
}

/** Returns a program of the newest PostgreSQL. @throws Error with what to install if it is missing */
export function postgresProgram(name: 'initdb' | 'postgres'): string {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
	const found = versions
		.map((version) => join(VERSIONS, version, 'bin', name))
		.find((path) => existsSync(path));
	if (found) return found;
	throw new Error('Queue mode needs PostgreSQL and Redis. Debian: apt-get install postgresql redis-server');
}

/** Starts a PostgreSQL on the loopback address with its default settings. */
export async function startPostgres(): Promise<Database> {
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
	execFileSync(postgresProgram('initdb'), init, { ...how, stdio: 'ignore' });
	const port = await getPort();
	const url = `postgres://n8n:${password}@127.0.0.1:${port}/postgres`;
	const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
	const daemon = await startDaemon(postgresProgram('postgres'), args, {
		spawn: how,
		// PostgreSQL's fast shutdown: it does not wait for its clients.
		stopSignal: 'SIGINT',
		isReady: async () => (await connectSql(url)).end(),
	});
	return {
		port,
		password,
		url,
		...daemon,
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
	return { uid: id('-u'), gid: id('-g') };
}
