import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders of PostgreSQL's programs on Debian and Homebrew; on Debian they are not on the path. */
const POSTGRES_FOLDERS = ['/usr/lib/postgresql/*/bin', '/opt/homebrew/opt/postgresql@*/bin'];

/** Returns the programs that create and run a PostgreSQL server. @throws Error with what to install if they are missing */
export function postgresPrograms(): { initdb: string; postgres: string } {
	const [initdb, postgres] = ['initdb', 'postgres'].map((name) => findProgram(name, POSTGRES_FOLDERS));
	if (initdb && postgres) return { initdb, postgres };
	throw new Error(
		'Queue mode needs PostgreSQL, and it was not found. Debian: apt-get install postgresql. ' +
			'Or set QUEUE_POSTGRES_URL to a server, such as postgres://user:password@127.0.0.1:5432/postgres',
	);
}

/** Returns the program of a Redis server. @throws Error with what to install if it is missing */
export function redisProgram(): string {
	const found = findProgram('redis-server');
	if (found) return found;
	throw new Error(
		'Queue mode needs Redis, and it was not found. Debian: apt-get install redis-server. ' +
			'Or set QUEUE_REDIS_URL to a server, such as redis://127.0.0.1:6379',
	);
}

/** Finds a program in one of `folders`, whose `*` stands for any folder, the newest first, or on the path. */
function findProgram(name: string, folders: string[] = []): string | undefined {
	const places = [...folders.flatMap(expand), ...(process.env.PATH ?? '').split(delimiter)];
	return places.map((place) => join(place, name)).find((path) => existsSync(path));
}

function expand(pattern: string): string[] {
	const [before, after] = pattern.split('*');
	if (after === undefined || !existsSync(before!)) return [pattern];
	const byNumber = new Intl.Collator('en', { numeric: true }).compare;
	return readdirSync(before!)
		.sort(byNumber)
		.reverse()
		.map((name) => `${before}${name}${after}`);
}
