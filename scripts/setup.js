/**
 * Installs a folder's packages by its lock file, if they are not installed, and prints its progress. It runs before any package is there,
 * so it uses plain Node. `node scripts/setup.js FOLDER...` installs those of the root and of these folders, all at once.
 */
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, readdirSync, renameSync, statfsSync, writeFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { BUN_FOLDER, fetchedByBun, findBun, installByBun } = require('./bun.js');
const { isOptional, layOutAsLocked } = require('./layout.js');
const { NpmFailure, runNpm } = require('./npm.js');
const { say, showProgress } = require('./progress.js');

const ROOT = join(__dirname, '..');

/** The folders with packages of their own: their label, the usual time of bun and npm, and their size on disk. */
const FOLDERS = {
	'.': { label: "the package's development tools", usually: ['5 seconds', 'a minute'], gigabytes: 1.5 },
	demo: { label: 'n8n', usually: ['10 seconds', 'two minutes'], gigabytes: 3 },
	'demo/n8n1': { label: 'n8n 1.x', usually: ['10 seconds', 'two minutes'], gigabytes: 3 },
	'scripts/scan': { label: "n8n's scanner", usually: ['2 seconds', '15 seconds'], gigabytes: 0.5 },
};

const OLDEST_NODE = [20, 19];
/** Written last into an installed node_modules: its lock file and its packages. */
const STAMP = '.installed.json';
const GIGABYTE = 1024 ** 3;

/** A set-up step failed for a reason that the user can fix; `message` says how. */
class SetupError extends Error {
	name = 'SetupError';
}

/** Checks Node, and installs missing packages of the root and of `folders`. @throws {SetupError} */
async function setUp(...folders) {
	await Promise.all(installAll('.', ...folders));
}

/**
 * Starts to install the missing packages of these folders of FOLDERS.
 * @returns {Promise<void>[]} each resolves once installed, and rejects with a SetupError, as `install` does
 * @throws {SetupError} if this Node is too old, or the disk is too full for all of them
 */
function installAll(...folders) {
	checkNode();
	const missing = folders.filter((folder) => !isInstalled(join(ROOT, folder)));
	checkRoom(missing.reduce((sum, folder) => sum + FOLDERS[folder].gigabytes, 0));
	return folders.map((folder) => {
		const installed = install(join(ROOT, folder), FOLDERS[folder]);
		// A caller that awaits another one first still sees this rejection afterwards.
		installed.catch(() => {});
		return installed;
	});
}

/** Throws a SetupError if the running Node is older than the package's `engines` require (20.19). */
function checkNode() {
	const version = process.versions.node;
	const [major, minor] = version.split('.').map(Number);
	if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
	throw new SetupError(
		`This needs Node ${OLDEST_NODE.join('.')} or newer; the Node in use is ${version}. See https://nodejs.org/`,
	);
}

function checkRoom(gigabytes) {
	const { bavail, bsize } = statfsSync(ROOT);
	const free = (bavail * bsize) / GIGABYTE;
	if (free >= gigabytes) return;
	throw new SetupError(
		`About ${gigabytes} GB of free disk are needed in ${ROOT}; there are ${free.toFixed(1)} GB.`,
	);
}

/**
 * Installs the packages of `dir` without their scripts, unless installed: by bun if it runs here and succeeds, otherwise by npm; always by
 * npm if the environment has `NPM=1`. It removes an earlier installation first.
 *
 * @param {string} dir the folder with package.json and, unless any versions that it allows will do, package-lock.json
 * @param {{ label: string, usually: [string, string] }} options label of the packages on the terminal, and usual times of bun and npm
 *   (in words)
 * @param {() => Promise<string | undefined>} getBun returns the path of a bun that runs, if any
 * @throws {SetupError} no network, no room on the disk, no permission, a lock file that does not fit, or npm's own last words
 */
async function install(dir, { label, usually: [byBun, byNpm] }, getBun = ensureBun) {
	const wanted = wantedPackages(dir);
	if (isInstalled(dir)) return;

	const bun = process.env.NPM === '1' ? undefined : await getBun();
	const again = existsSync(join(dir, 'node_modules'));
	const what = `${again ? 'Installing again' : 'Installing'} ${label}`;
	const countOf = (isThere) => () => `${wanted.filter(isThere).length} of ${wanted.length} packages`;
	if (bun !== undefined) {
		const progress = showProgress(`${what} (usually ${byBun})`, () => {
			const fetched = fetchedByBun();
			return countOf(({ id }) => fetched.has(id))();
		});
		try {
			await removePackages(dir);
			await installByBun(bun, dir);
			const lock = readLock(dir);
			if (lock) await layOutAsLocked(dir, lock, packagesIn(dir), idOf, (folder) => installByBun(bun, folder));
			stamp(dir);
			return progress.end('done');
		} catch (error) {
			progress.end('failed');
			say(`bun could not install ${label} (${reasonOf(error)}), so npm does.`);
		}
	}
	const isThere = ({ path }) => existsSync(join(dir, path, 'package.json'));
	const progress = showProgress(`${what} (usually ${byNpm})`, countOf(isThere));
	try {
		await removePackages(dir);
		const command = existsSync(join(dir, 'package-lock.json')) ? 'ci' : 'install';
		const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
		await runNpm([command, ...flags, '--loglevel=error'], dir);
		stamp(dir);
	} catch (error) {
		progress.end('failed');
		throw error instanceof NpmFailure ? new SetupError(explain(error.output, label, dir)) : error;
	}
	progress.end('done');
}

let ownBun;

/** Returns the path of our own bun, which all installations share. */
function ensureBun() {
	return (ownBun ??= bunIn(BUN_FOLDER));
}

/**
 * Returns the path of the bun in the package.json in `folder`; npm installs it if missing. If it cannot be installed or does not run,
 * prints that and returns undefined.
 */
async function bunIn(folder) {
	try {
		await install(folder, { label: 'bun', usually: ['', '3 seconds'] }, async () => undefined);
	} catch (error) {
		say(`${error.message}\nSo npm installs instead of bun, which takes minutes.`);
		return undefined;
	}
	const found = findBun(folder);
	if (found === undefined)
		say('bun does not run on this machine, so npm installs instead, which takes minutes.');
	return found;
}

function removePackages(dir) {
	return rm(join(dir, 'node_modules'), { recursive: true, force: true });
}

/** Returns the first line of bun's, or of this program's, error. */
function reasonOf(error) {
	const said = error instanceof NpmFailure ? error.output : error.message;
	return /^error: (.+)$/m.exec(said)?.[1] ?? said.trim().split('\n')[0];
}

/** Returns the packages that must be there by the lock file; those for other platforms are optional in it. */
function wantedPackages(dir) {
	return Object.entries(readLock(dir) ?? {})
		.filter(([, entry]) => !isOptional(entry))
		.map(([path, entry]) => ({ path, id: idOf(path, entry) }));
}

/** True if the packages of `dir` are those of its lock file, and all that were installed are still there. */
function isInstalled(dir) {
	const file = join(dir, 'node_modules', STAMP);
	if (!existsSync(file)) return false;
	const { lock, packages } = JSON.parse(readFileSync(file, 'utf8'));
	return lock === hashOf(dir) && packages.every((path) => existsSync(join(dir, path, 'package.json')));
}

/**
 * Notes that the packages of `dir` are complete.
 * @throws {SetupError} if a package of the lock file is not in its place
 */
function stamp(dir) {
	const packages = packagesIn(dir);
	const lock = readLock(dir);
	if (lock) {
		const there = new Map(packages.map(({ path, id }) => [path, id]));
		const wrong = packages.find(({ path, id }) => lock[path] === undefined || idOf(path, lock[path]) !== id);
		if (wrong) throw new SetupError(`${wrong.path} is ${wrong.id}, which is not what the lock file says`);
		const missing = wantedPackages(dir).find(({ path }) => !there.has(path));
		if (missing) throw new SetupError(`${missing.path} is missing in ${dir}`);
	}
	const content = { lock: hashOf(dir), packages: packages.map(({ path }) => path) };
	const file = join(dir, 'node_modules', STAMP);
	writeFileSync(`${file}.new`, JSON.stringify(content));
	renameSync(`${file}.new`, file);
}

/** Returns every package that is installed in `dir`, those inside another's node_modules too. */
function packagesIn(dir, path = 'node_modules') {
	if (!existsSync(join(dir, path))) return [];
	return readdirSync(join(dir, path), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
		.flatMap(({ name }) => {
			const place = `${path}/${name}`;
			if (name.startsWith('@')) return packagesIn(dir, place);
			const manifest = join(dir, place, 'package.json');
			if (!existsSync(manifest)) return [];
			return [
				{ path: place, id: idOf(place, readJson(manifest)) },
				...packagesIn(dir, `${place}/node_modules`),
			];
		});
}

/** Returns `name@version` of an entry of package.json or a lock file. The name is that of the folder at `path`, unless the entry has one. */
function idOf(
	path,
	{ name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version },
) {
	return `${name}@${version}`;
}

/** Returns the packages of a lock file by their path; undefined if there is no lock file. */
function readLock(dir) {
	const file = join(dir, 'package-lock.json');
	if (!existsSync(file)) return undefined;
	const { packages = {} } = readJson(file);
	delete packages[''];
	return packages;
}

function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw new SetupError(
			`${file} cannot be read (${error.message}). Restore it, e.g. by git checkout, and try again.`,
		);
	}
}

/** Returns the hash of the lock file, or of package.json without one. */
function hashOf(dir) {
	const lock = join(dir, 'package-lock.json');
	const file = existsSync(lock) ? lock : join(dir, 'package.json');
	return createHash('sha256').update(readFileSync(file)).digest('hex');
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
 * Runs a program's main function, which may return an exit code. A SetupError becomes its message and exit code 1, without a stack trace.
 * Processes that the program started end then.
 */
async function launch(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		console.error(error instanceof SetupError ? `\n${error.message}` : error);
		process.exit(1);
	}
}

module.exports = {
	NpmFailure,
	SetupError,
	bunIn,
	install,
	installAll,
	isInstalled,
	launch,
	runNpm,
	say,
	setUp,
	showProgress,
};

if (require.main === module) launch(() => setUp(...process.argv.slice(2)));
