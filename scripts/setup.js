/**
 * Set-up before anything of the package's own can run, so plain Node without dependencies: are a folder's packages installed as
 * its lock file says, and if not, install them, telling the user what happens. `node scripts/setup.js FOLDER...` does so for the root
 * and these folders.
 */
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, statfsSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');

const ROOT = join(__dirname, '..');

/** The folders that have packages of their own: what to call these, how long npm usually takes, and how much disk they fill. */
const FOLDERS = {
	'.': { label: "the package's development tools", usually: 'one to two minutes', gigabytes: 2 },
	demo: { label: 'n8n', usually: 'two minutes', gigabytes: 4 },
	'demo/n8n1': { label: 'n8n 1.x', usually: 'two minutes', gigabytes: 3 },
	'scripts/scan': { label: "n8n's scanner", usually: 'a quarter of a minute', gigabytes: 0.5 },
};

const OLDEST_NODE = [20, 19];
const STAMP = '.lock-sha256';
const GIGABYTE = 1024 ** 3;
const SIGNALS = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
];

/** A set-up step that failed for a reason that the user can do something about; `message` says what. */
class SetupError extends Error {
	name = 'SetupError';
}

/** Checks Node, and installs the packages of the root and of `folders` where they are missing. @throws {SetupError} */
async function setUp(...folders) {
	checkNode();
	for (const folder of ['.', ...folders]) await ensureInstalled(join(ROOT, folder), FOLDERS[folder]);
}

/** Throws a SetupError where the running Node is older than the package's `engines` ask for (20.19). */
function checkNode() {
	const version = process.versions.node;
	const [major, minor] = version.split('.').map(Number);
	if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
	throw new SetupError(
		`This needs Node ${OLDEST_NODE.join('.')} or newer; the Node in use is ${version}. See https://nodejs.org/`,
	);
}

/**
 * Installs the packages of `dir` by `npm ci --ignore-scripts`, only when they are missing or differ from its lock file.
 *
 * @param {string} dir the folder with package.json and package-lock.json
 * @param {{ label: string, usually: string, gigabytes: number }} options what to call the step on the terminal, how long it
 *   usually takes (in words), and how much disk it fills
 * @returns {Promise<boolean>} whether anything had to be installed
 * @throws {SetupError} no network, no room on the disk, no permission, a lock file that does not fit, or npm's own last words
 */
async function ensureInstalled(dir, { label, usually, gigabytes }) {
	const wanted = wantedPackages(dir);
	const lockHash = hashOf(join(dir, 'package-lock.json'));
	const modules = join(dir, 'node_modules');
	if (isComplete(dir, wanted, lockHash)) return false;

	checkRoom(dir, gigabytes);
	const repair = existsSync(modules);
	const progress = showProgress(
		`${repair ? 'Installing again' : 'Installing'} ${label} (usually ${usually})`,
		() => {
			const there = wanted.filter((path) => existsSync(join(dir, path, 'package.json'))).length;
			return `${there} of ${wanted.length} packages`;
		},
	);
	try {
		await runNpm(['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=error'], dir);
	} catch (error) {
		progress.end('failed');
		throw error instanceof NpmFailure ? new SetupError(explain(error.output, label, dir)) : error;
	}
	if (!isComplete(dir, wanted, lockHash)) {
		progress.end('failed');
		throw new SetupError(
			`npm reported no fault, but ${modules} still differs from package-lock.json. Delete ${modules} and try again.`,
		);
	}
	progress.end('done');
	return true;
}

/**
 * Runs npm (the one that started this process, where there is one) in `dir`, with `env` added to its environment; resolves with what
 * it printed on standard output, rejects with an NpmFailure that holds all it said.
 */
function runNpm(args, dir, env = {}) {
	const cli = process.env.npm_execpath;
	const ownNpm = cli !== undefined && basename(cli).startsWith('npm');
	const [command, all] = ownNpm ? [process.execPath, [cli, ...args]] : ['npm', args];
	return new Promise((resolve, reject) => {
		const child = spawn(command, all, {
			cwd: dir,
			env: { ...environment(), ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: !ownNpm && process.platform === 'win32',
		});
		let printed = '';
		let output = '';
		child.stdout.on('data', (text) => (printed += text));
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
		const release = stopOnSignal(child);
		child.once('error', (error) => reject(new NpmFailure(`${output}\n${error.message}`)));
		child.once('close', (code) => {
			release();
			if (code === 0) resolve(printed);
			else reject(new NpmFailure(output));
		});
	});
}

/** Ends `child` and this process when a signal comes, so that no half-done npm outlives it. Gives the function that undoes this. */
function stopOnSignal(child) {
	const handlers = SIGNALS.map(([signal, code]) => {
		const handler = () => {
			child.kill('SIGTERM');
			process.exit(code);
		};
		process.once(signal, handler);
		return () => process.removeListener(signal, handler);
	});
	return () => handlers.forEach((undo) => undo());
}

/** npm ended with a fault; `output` is all it said. */
class NpmFailure extends Error {
	constructor(output) {
		super('npm failed');
		this.output = output;
	}
}

/** What npm hands to the scripts it runs must not steer an npm for another folder; the user's own settings stay. */
function environment() {
	const own =
		/^npm_(package_|lifecycle_|command$|config_(local_prefix|prefix|global_prefix|ignore_scripts|loglevel)$)/;
	const kept = Object.entries(process.env).filter(([name]) => !own.test(name) && name !== 'NODE_ENV');
	return {
		...Object.fromEntries(kept),
		npm_config_fetch_retry_mintimeout: '1000',
		npm_config_fetch_retry_maxtimeout: '10000',
	};
}

/** The folders that must be there by the lock file; packages for other platforms are optional in it. */
function wantedPackages(dir) {
	return Object.entries(readLock(join(dir, 'package-lock.json')))
		.filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.link)
		.map(([path]) => path);
}

/** npm writes its hidden lock last, so an installation broken off has none; a folder deleted by hand shows in the second check. */
function isComplete(dir, wanted, lockHash) {
	const hidden = join(dir, 'node_modules', '.package-lock.json');
	const stamp = join(dir, 'node_modules', STAMP);
	if (!existsSync(hidden)) return false;
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
		const lock = readLock(join(dir, 'package-lock.json'));
		const installed = readLock(hidden);
		if (wanted.some((path) => installed[path]?.version !== lock[path].version)) return false;
	}
	if (wanted.some((path) => !existsSync(join(dir, path, 'package.json')))) return false;
	writeFileSync(stamp, lockHash);
	return true;
}

function readLock(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
	} catch (error) {
		throw new SetupError(
			`${file} cannot be read (${error.message}). Restore it, e.g. by git checkout, and try again.`,
		);
	}
}

function hashOf(file) {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function checkRoom(dir, gigabytes) {
	const { bavail, bsize } = statfsSync(dir);
	const free = (bavail * bsize) / GIGABYTE;
	if (free >= gigabytes) return;
	throw new SetupError(
		`About ${gigabytes} GB of free disk are needed in ${dir}; there are ${free.toFixed(1)} GB.`,
	);
}

const FAULTS = [
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|EHOSTUNREACH/,
		() =>
			'npm could not reach its registry. Check the network (and `npm config get registry`, and the proxy if there is one), then run the command again.',
	],
	[/ENOSPC/, (dir) => `The disk is full. Make room for ${dir}, then run the command again.`],
	[
		/EACCES|EPERM/,
		(dir) =>
			`npm may not write in ${dir}. Check who owns the folder and its node_modules, then run the command again.`,
	],
	[
		/EINTEGRITY/,
		() => 'A downloaded package differs from the lock file. Run `npm cache verify`, then the command again.',
	],
	[
		/EUSAGE|can only install packages when/,
		() =>
			'package.json and package-lock.json do not fit together. Restore both from git, or run `npm install` there.',
	],
	[/ENOENT.*npm|spawn npm/, () => 'npm was not found. It comes with Node: https://nodejs.org/'],
];

function explain(output, label, dir) {
	const [, advice] = FAULTS.find(([pattern]) => pattern.test(output)) ?? [];
	const lines = output.split('\n').filter((line) => /^npm error \S/.test(line));
	const quoted = advice ? lines.slice(0, 4) : lines.slice(-12);
	const log = lines.find((line) => line.includes('complete log'));
	const shown = [...new Set([...quoted, ...(log ? [log] : [])])].map((line) => `  ${line}`);
	return [`Installing ${label} failed. ${advice ? advice(dir) : 'What npm said last:'}`, ...shown].join('\n');
}

/**
 * Shows that a long step is alive: one line that changes on a terminal, a line every ten seconds elsewhere.
 *
 * @param {string} what the step
 * @param {() => string} measure how far it is, asked about once a second
 * @returns {{ end: (how: string) => void }} `end` writes the last line with the seconds that it took
 */
function showProgress(what, measure) {
	const terminal = process.stdout.isTTY === true;
	const start = Date.now();
	const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
	const line = (text) => process.stdout.write(terminal ? `\r\x1b[2K${text}` : `${text}\n`);
	line(`${what} ...`);
	const timer = setInterval(() => line(`${what}: ${measure()}, ${seconds()}`), terminal ? 1000 : 10_000);
	return {
		end(how) {
			clearInterval(timer);
			line(`${what}: ${how}, ${seconds()}`);
			if (terminal) process.stdout.write('\n');
		},
	};
}

/** Runs a program's main function, which may give an exit code: a SetupError becomes its message and exit code 1, without a stack trace. */
async function launch(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		console.error(error instanceof SetupError ? `\n${error.message}` : error);
		process.exitCode = 1;
	}
}

module.exports = { NpmFailure, SetupError, launch, runNpm, setUp, showProgress };

if (require.main === module) launch(() => setUp(...process.argv.slice(2)));
