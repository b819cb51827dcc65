import { execFileSync } from 'node:child_process';
import { ROOT } from '../../../demo/paths';

/**
 * Calls a function of a module of this project in a process of its own, since jest cannot load the ES modules among them.
 * `module` is the path from the root. Arguments and result travel as JSON. @throws Error with what the process printed
 */
export function outside<T>(module: string, name: string, ...args: unknown[]): T {
	const code = `require('tsx/cjs');
		Promise.resolve(require(${JSON.stringify(`./${module}`)})[${JSON.stringify(name)}](...${JSON.stringify(args)}))
			.then((result) => process.stdout.write('\\n' + JSON.stringify(result ?? null)));`;
	const printed = execFileSync(process.execPath, ['-e', code], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	return JSON.parse(printed.slice(printed.lastIndexOf('\n'))) as T;
}
