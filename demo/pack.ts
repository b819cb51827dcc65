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

const { name, version } = manifest;

/** This package, packed: what `buildAndPack` gives, and leaves for those who come after. */
export const PACKED: Packed = { tarball: join(CACHE, `${name}-${version}.tgz`), name, version };

/**
 * Builds this package and packs it as `npm publish` would. Where the environment says `PACKED=1` it takes what was packed before, so that
 * all suites of .ci/run test the same package, and two of them can run at once.
 * @throws SetupError with the compiler's words when it does not build; when nothing was packed before
 */
export async function buildAndPack(): Promise<Packed> {
	if (process.env.PACKED !== '1') await pack();
	if (!existsSync(PACKED.tarball)) throw new SetupError(`The package is not there: ${PACKED.tarball}`);
	return PACKED;
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
