import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** The median time (ms) to load the built node into a process that has n8n-workflow already, over eleven processes. */
export function moduleLoadMs(): number {
	const script = `require('n8n-workflow'); const start = performance.now();
		require('./dist/nodes/AuthenticateFace/AuthenticateFace.node.js'); console.log(performance.now() - start)`;
	const times = Array.from({ length: 11 }, () =>
		Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' })),
	);
	return times.sort((a, b) => a - b)[5]!;
}

/** The size in bytes of the tarball that npm would publish from the built tree. */
export function tarballBytes(): number {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return (JSON.parse(output) as Array<{ size: number }>)[0]!.size;
}
