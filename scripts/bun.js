const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { run, runNpm } = require('./npm.js');

/** The folder that bun is installed in by npm, with package.json and lock file of its own. */
const BUN_FOLDER = join(__dirname, 'bun');

/**
 * Of this working copy only: bun installs a cached package without checking its sum, so a shared cache is unsafe. The packages in
 * node_modules are hard links to it if the file system has them, so it needs no extra space.
 */
const CACHE = join(__dirname, '..', '.cache', 'bun');

/** Returns the path of an installed bun that runs on this machine, if any. */
function findBun(folder) {
	const packages = join(folder, 'node_modules', '@oven');
	if (!existsSync(packages)) return undefined;
	const binary = process.platform === 'win32' ? 'bun.exe' : 'bun';
	return readdirSync(packages)
		.map((name) => join(packages, name, 'bin', binary))
		.find(runs);
}

function runs(path) {
	try {
		execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 10_000 });
		return true;
	} catch {
		// Made for another C library or a newer processor.
		return false;
	}
}

/**
 * Installs the packages of `dir` by bun, without their scripts: by its package-lock.json, checking the sums, or without one
 * the newest that its package.json allows.
 * @throws {NpmFailure} with all that bun said
 */
async function installByBun(bun, dir) {
	const locked = existsSync(join(dir, 'package-lock.json'));
	const { flags, env } = await settingsOfNpm(dir);
	const cache = locked ? CACHE : join(CACHE, 'unlocked');
	await run(
		bun,
		[
			'install',
			locked ? '--frozen-lockfile' : '--no-save',
			'--ignore-scripts',
			'--linker=hoisted',
			'--no-progress',
			`--cache-dir=${cache}`,
			...flags,
		],
		dir,
		env,
	);
}

/** Returns npm's settings. bun reads the .npmrc of the folder and of the user, but not npm's other configuration files. */
async function settingsOfNpm(dir) {
	const npm = JSON.parse(await runNpm(['config', 'ls', '--json'], dir));
	const flags = [`--registry=${npm.registry}`];
	if (npm.cafile) flags.push(`--cafile=${npm.cafile}`);
	const proxy = npm['https-proxy'] ?? npm.proxy;
	return {
		flags,
		env: {
			DO_NOT_TRACK: '1',
			...(proxy && { HTTPS_PROXY: proxy }),
			...(npm.proxy && { HTTP_PROXY: npm.proxy }),
			...(npm.noproxy?.some(Boolean) && { NO_PROXY: npm.noproxy.join(',') }),
		},
	};
}

/** Returns the packages that bun has fetched so far, as `name@version`. */
function fetchedByBun() {
	if (!existsSync(CACHE)) return new Set();
	const entries = readdirSync(CACHE).flatMap((entry) =>
		entry.startsWith('@') ? readdirSync(join(CACHE, entry)).map((name) => `${entry}/${name}`) : [entry],
	);
	return new Set(entries.map((entry) => entry.replace(/@@.*/, '')));
}

module.exports = { BUN_FOLDER, fetchedByBun, findBun, installByBun };
