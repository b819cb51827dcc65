import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NpmFailure, runNpm, SetupError } from '../scripts/setup';
import { CACHE, ROOT } from './paths';

/** A packed package. */
export interface Packed {
	/** The path of the .tgz file. */
	tarball: string;
	name: string;
	version: string;
}

/** Builds this package and packs it as `npm publish` would. @throws SetupError with the compiler's words when it does not build */
export async function buildAndPack(): Promise<Packed> {
	mkdirSync(CACHE, { recursive: true });
	try {
		await runNpm(['run', 'build', '--silent'], ROOT);
		const printed = await runNpm(['pack', '--json', '--silent', '--pack-destination', CACHE], ROOT);
		const [{ filename, name, version }] = JSON.parse(printed.slice(printed.indexOf('['))) as [
			Record<'filename' | 'name' | 'version', string>,
		];
		return { tarball: join(CACHE, filename), name, version };
	} catch (error) {
		if (error instanceof NpmFailure)
			throw new SetupError(`Building the package failed:\n${error.output.trim()}`);
		throw error;
	}
}
