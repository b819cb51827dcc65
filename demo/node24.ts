import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { N8N_FOLDER, N8N_MAJOR } from './paths';

/** n8n 2.41 needs Node 24 or newer, n8n 1.123 at most 24; and their compiled part (isolated-vm) comes ready-made for these lines only. */
const USABLE = N8N_MAJOR === 1 ? [22, 24] : [24, 26];

/**
 * Finds a Node that can run n8n: the version that n8n's lock file pins for this platform, else the running one.
 * @returns the path of its binary
 * @throws Error with what to install, if there is neither
 */
export function findNode(): string {
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	const packages = [
		`node-${process.platform}-${process.arch}`,
		`node-bin-${process.platform}-${process.arch}`,
	];
	if (process.platform === 'win32') packages.push(`node-win-${process.arch}`);
	const pinned = packages.map((name) => join(N8N_FOLDER, 'node_modules', name, 'bin', binary));
	const found = [...pinned, process.execPath].find(
		(path) => existsSync(path) && USABLE.includes(majorOf(path)),
	);
	if (found) return found;
	throw new Error(
		`n8n needs Node ${USABLE.join(' or ')}; there is none for ${process.platform} ${process.arch} among its packages, and ` +
			`the Node in use is ${process.version}. Install Node 24 (https://nodejs.org/) and run the command with it.`,
	);
}

/** Returns the folder whose include/node holds the C headers that fit the Node at `binary`; undefined if it has none. */
export function headersOf(binary: string): string | undefined {
	const folder = dirname(dirname(binary));
	return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? folder : undefined;
}

function majorOf(binary: string): number {
	try {
		const version = execFileSync(binary, ['--version'], { encoding: 'utf8', timeout: 10_000 });
		return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
	} catch {
		// Made for another C library, as on Alpine.
		return 0;
	}
}
