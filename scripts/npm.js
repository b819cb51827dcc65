const { spawn } = require('node:child_process');
const { basename } = require('node:path');

const SIGNALS = [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
];

/** Running child processes. They end with this process, so that no npm outlives it. */
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGTERM')));

/** A program failed; `output` is its whole output. */
class NpmFailure extends Error {
	constructor(output) {
		super(`It failed:\n${output.trim()}`);
		this.output = output;
	}
}

/**
 * Runs npm (the one that started this process, if any) in `dir`, with `env` added to its environment.
 * @returns {Promise<string>} its standard output
 * @throws {NpmFailure} with its whole output
 */
function runNpm(args, dir, env = {}) {
	const cli = process.env.npm_execpath;
	const ownNpm = cli !== undefined && basename(cli).startsWith('npm');
	return ownNpm
		? run(process.execPath, [cli, ...args], dir, env)
		: run('npm', args, dir, env, { shell: process.platform === 'win32' });
}

/** Runs a program, as `runNpm` does npm. */
function run(command, args, dir, env = {}, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: dir,
			env: { ...environment(), ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
			...options,
		});
		let printed = '';
		let output = '';
		child.stdout.on('data', (text) => (printed += text));
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
		if (running.size === 0) for (const [signal] of SIGNALS) process.on(signal, exitOn);
		running.add(child);
		const ended = () => {
			running.delete(child);
			if (running.size === 0) for (const [signal] of SIGNALS) process.removeListener(signal, exitOn);
		};
		child.once('error', (error) => {
			ended();
			reject(new NpmFailure(`${output}\n${error.message}`));
		});
		child.once('close', (code) => {
			ended();
			if (code === 0) resolve(printed);
			else reject(new NpmFailure(output));
		});
	});
}

function exitOn(signal) {
	process.exit(Object.fromEntries(SIGNALS)[signal]);
}

/** npm's settings for the scripts that it runs must not apply to an npm in another folder; the user's own settings stay. */
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

module.exports = { NpmFailure, run, runNpm };
