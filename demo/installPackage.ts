import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../scripts/setup';

interface Manifest {
	name: string;
	version: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

/**
 * Installs a packed community package into an n8n's user folder by the steps of n8n 2.41's own installer (its community-packages
 * service, downloadPackage), which takes a package from a registry only: unpack into .n8n/nodes/node_modules, drop the dependencies that
 * n8n brings itself, npm install without scripts, note it in .n8n/nodes/package.json. n8n finds it when it starts.
 * @returns the folder that the package now stands in
 */
export async function installPackage(tarball: string, name: string, userFolder: string): Promise<string> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', ...name.split('/'));
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);

	const manifestFile = join(folder, 'package.json');
	const manifest = readJson<Manifest>(manifestFile);
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));
	const flags = [
		'--audit=false',
		'--fund=false',
		'--bin-links=false',
		'--install-strategy=shallow',
		'--ignore-scripts=true',
	];
	await runNpm(['install', ...flags, '--package-lock=false'], folder);

	changeLedger(nodes, (dependencies) => (dependencies[name] = manifest.version));
	return folder;
}

/** Removes an installed community package by the steps of n8n's own uninstaller (removeNpmPackage). n8n forgets it when it starts. */
export function removePackage(name: string, userFolder: string): void {
	const nodes = join(userFolder, '.n8n', 'nodes');
	rmSync(join(nodes, 'node_modules', ...name.split('/')), { recursive: true });
	changeLedger(nodes, (dependencies) => delete dependencies[name]);
}

/** Changes the package.json in which n8n notes what it installed. */
function changeLedger(nodes: string, change: (dependencies: Record<string, string>) => void): void {
	const file = join(nodes, 'package.json');
	const ledger = existsSync(file)
		? readJson<{ dependencies: Record<string, string> }>(file)
		: { name: 'installed-nodes', private: true, dependencies: {} };
	change(ledger.dependencies);
	writeFileSync(file, JSON.stringify(ledger, null, 2));
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}
