import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import { NpmFailure, runNpm, SetupError } from '../scripts/setup';
import { CACHE, ROOT } from './paths';

/** A packed package. */
export interface Packed {
	/** The path of the .tgz file. */
	tarball: string;
	name: string;
	version: string;
}

/**
 * Builds this package and packs it as `npm publish` would. Where the environment says `PACKED=1` it takes what was packed before, so that
 * all suites of .ci/run test the same package, and two of them can run at once.
 * @throws SetupError with the compiler's words when it does not build; when nothing was packed before
 */
export async function buildAndPack(): Promise<Packed> {
	const { name, version } = manifest;
	const tarball = join(CACHE, `${name}-${version}.tgz`);
	if (process.env.PACKED !== '1') await pack();
	if (!existsSync(tarball)) throw new SetupError(`The package is not there: ${tarball}`);
	return { tarball, name, version };
}

async function pack(): Promise<void> {
	mkdirSync(CACHE, { recursive: true });
	try {
		await runNpm(['run', 'build', '--silent'], ROOT);
		await runNpm(['pack', '--silent', '--pack-destination', CACHE], ROOT);
	} catch (error) {
		if (error instanceof NpmFailure)
			throw new SetupError(`Building the package failed:\n${error.output.trim()}`);
		throw error;
	}
}
