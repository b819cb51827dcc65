import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NpmFailure, runNpm, SetupError, showProgress } from '../scripts/setup';
import { findNode, headersOf } from './node24';
import { N8N_FOLDER, N8N_MAJOR } from './paths';

const SYSTEM_HEADER = '/usr/include/sqlite3.h';
/** The oldest system library that the migrations of n8n 2.41 and 1.123 were run on. */
const OLDEST_SYSTEM_SQLITE = 3_040_000;
const REBUILD = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
/** The main file of n8n's driver, and the name it is kept under while a ready-made driver stands in. */
const MAIN = join(N8N_FOLDER, 'node_modules', 'sqlite3', 'lib', 'sqlite3.js');
const OWN_MAIN = `${MAIN}.own`;
/** The same driver with its binary in the tarball, for Node 24 and newer; an ES module, whose `require` lacks `verbose`. */
const READY_MADE = "module.exports = require('@appthreat/sqlite3').default;\n";

/**
 * Makes n8n's database driver load: the prebuilt one if it runs, else n8n's own by its install script, the only one of n8n's that is
 * needed: compiled against the system's SQLite if its headers are installed (about 20 s), else fetched, or compiled with the SQLite that
 * it brings (about a minute). Does nothing when a driver already loads.
 * @throws SetupError with what to install if there is no compiler
 */
export async function ensureSqlite(): Promise<void> {
	const node = findNode();
	if (loads(node)) return;
	if (N8N_MAJOR === 1) return compile(node);
	// Renamed, since the file itself is shared with bun's cache.
	if (!existsSync(OWN_MAIN)) renameSync(MAIN, OWN_MAIN);
	writeFileSync(MAIN, READY_MADE);
	if (loads(node)) return;
	renameSync(OWN_MAIN, MAIN);
	await compile(node);
}

async function compile(node: string): Promise<void> {
	const headers = headersOf(node);
	const own = headers ? { npm_config_nodedir: headers } : {};
	const onSystem = { ...own, npm_config_build_from_source: 'true', npm_config_sqlite: '/usr' };
	const ways = hasSystemSqlite() ? [onSystem, own] : [own];
	const usually = ways.length > 1 ? '20 seconds' : 'a minute';
	const progress = showProgress(`Building n8n's database driver (usually ${usually})`, () => 'compiling');
	let said = `It was built but does not load. Delete ${join(N8N_FOLDER, 'node_modules')} and try again.`;
	for (const env of ways) {
		try {
			await runNpm(REBUILD, N8N_FOLDER, env);
			if (loads(node)) return progress.end('done');
		} catch (error) {
			said = (error as InstanceType<typeof NpmFailure>).output;
		}
	}
	progress.end('failed');
	throw new SetupError(explain(said));
}

function loads(node: string): boolean {
	const script = "new (require('sqlite3').verbose().Database)(':memory:')";
	try {
		execFileSync(node, ['-e', script], { cwd: N8N_FOLDER, stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

function hasSystemSqlite(): boolean {
	if (process.platform !== 'linux' || !existsSync(SYSTEM_HEADER)) return false;
	const version = /#define SQLITE_VERSION_NUMBER\s+(\d+)/.exec(readFileSync(SYSTEM_HEADER, 'utf8'))?.[1];
	return Number(version) >= OLDEST_SYSTEM_SQLITE;
}

function explain(output: string): string {
	const errors = output.split('\n').filter((line) => /gyp ERR!|error:/i.test(line));
	return [
		"Building n8n's database driver failed. Compiling it needs Python 3, make and a C++ compiler. Debian and Ubuntu: apt-get install " +
			'build-essential python3. macOS: xcode-select --install. Windows: Visual Studio Build Tools with "Desktop development with C++".',
		...(errors.length > 0 ? errors.slice(0, 8) : [output]).map((line) => `  ${line}`),
	].join('\n');
}
