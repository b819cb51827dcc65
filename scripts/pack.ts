import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import { NpmFailure, runNpm, SetupError } from './setup';

/** The package's root folder. */
export const ROOT = join(__dirname, '..');

const CACHE = join(ROOT, '.cache');

/** A packed package. */
export interface Packed {
	/** The path of the .tgz file. */
	tarball: string;
	name: string;
	version: string;
}

const { name, version } = manifest;

/** This package, packed: the result of `buildAndPack`. */
export const PACKED: Packed = { tarball: join(CACHE, `${name}-${version}.tgz`), name, version };

/**
 * Builds this package and packs it as `npm publish` would. With `PACKED=1` in the environment it returns the package packed before, so
 * that all suites of .ci/run test the same one, and two of them can run at once.
 * @throws SetupError with the compiler's output if it does not build, or if the package packed before is missing
 */
export async function buildAndPack(): Promise<Packed> {
	if (process.env.PACKED !== '1') await pack();
	if (!existsSync(PACKED.tarball)) throw new SetupError(`The package is missing: ${PACKED.tarball}`);
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
