import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NpmFailure, runNpm, SetupError, showProgress } from '../scripts/setup';
import { findNode, headersOf } from './node24';
import { N8N_FOLDER } from './paths';

const SQLITE = join(N8N_FOLDER, 'node_modules', 'sqlite3');
const SYSTEM_HEADER = '/usr/include/sqlite3.h';
/** The oldest system library that the migrations of n8n 2.41 and 1.123 were run on. */
const OLDEST_SYSTEM_SQLITE = 3_040_000;

/**
 * Makes n8n's database driver, the one package of n8n's whose install script is needed: compiled against the system's SQLite where
 * its headers are there (about 10 s), else by the driver's own script, which fetches or compiles the SQLite it brings (about a minute).
 * Does nothing when the driver already loads.
 * @throws SetupError with what to install when there is no compiler
 */
export async function ensureSqlite(): Promise<void> {
	const node = findNode();
	if (loads(node)) return;
	const fast = hasSystemSqlite();
	const progress = showProgress(
		`Building n8n's database driver (usually ${fast ? '10 seconds' : 'a minute'})`,
		() => 'compiling',
	);
	try {
		if (!(fast && (await builtOnSystemLibrary(node)) && loads(node))) {
			await runNpm(
				['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'],
				N8N_FOLDER,
				headers(node),
			);
		}
		if (!loads(node))
			throw new SetupError(
				`The driver in ${SQLITE} was built but does not load. Delete ${dirname(SQLITE)} and try again.`,
			);
	} catch (error) {
		progress.end('failed');
		throw error instanceof NpmFailure ? new SetupError(explain(error.output)) : error;
	}
	progress.end('done');
}

function loads(node: string): boolean {
	try {
		execFileSync(node, ['-e', "new (require('sqlite3').Database)(':memory:')"], {
			cwd: N8N_FOLDER,
			stdio: 'ignore',
		});
		return true;
	} catch {
		return false;
	}
}

function hasSystemSqlite(): boolean {
	if (process.platform !== 'linux' || !existsSync(SYSTEM_HEADER)) return false;
	const version = /#define SQLITE_VERSION_NUMBER\s+(\d+)/.exec(readFileSync(SYSTEM_HEADER, 'utf8'))?.[1];
	return Number(version) >= OLDEST_SYSTEM_SQLITE && nodeGyp() !== undefined;
}

/** The node-gyp that comes with npm; the one in sqlite3's own tree is too old for today's Python. */
function nodeGyp(): string | undefined {
	const npm = process.env.npm_execpath ?? whichNpm();
	if (!npm) return undefined;
	try {
		return createRequire(npm).resolve('node-gyp/bin/node-gyp.js');
	} catch {
		return undefined;
	}
}

function whichNpm(): string | undefined {
	const beside = join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
	return existsSync(beside) ? beside : undefined;
}

function headers(node: string): Record<string, string> {
	const folder = headersOf(node);
	return folder ? { npm_config_nodedir: folder } : {};
}

function builtOnSystemLibrary(node: string): Promise<boolean> {
	const folder = headersOf(node);
	const args = [nodeGyp()!, 'rebuild', '--sqlite=/usr', ...(folder ? [`--nodedir=${folder}`] : [])];
	return new Promise((resolve) => {
		const child = spawn(process.execPath, args, { cwd: SQLITE, stdio: 'ignore' });
		child.once('error', () => resolve(false));
		child.once('close', (code) => resolve(code === 0));
	});
}

function explain(output: string): string {
	const tools =
		/find Python|find VS|not found: make|make: (not found|g\+\+)|g\+\+: (not found|No such)|c\+\+: not found|xcode-select/i;
	const last = output
		.split('\n')
		.filter((line) => /gyp ERR!|error:/i.test(line))
		.slice(0, 8);
	const advice = tools.test(output)
		? 'Compiling it needs Python 3, make and a C++ compiler. Debian and Ubuntu: apt-get install build-essential python3. ' +
			'macOS: xcode-select --install. Windows: Visual Studio Build Tools with "Desktop development with C++".'
		: 'What the compiler said:';
	return ["Building n8n's database driver failed.", advice, ...last.map((line) => `  ${line}`)].join('\n');
}
