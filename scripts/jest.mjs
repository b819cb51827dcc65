import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './typescript.mjs';

/**
 * Runs jest in a process of its own, and passes signals on to it.
 * @param {string} config the configuration's path from the root
 * @param {string[]} args what else jest is told
 * @param {Record<string, string>} env added to its environment
 * @returns {Promise<number>} its exit code
 */
export function runJest(config, args, env = {}) {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [jest, '--config', join(ROOT, config), ...args], {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, ...env },
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}
