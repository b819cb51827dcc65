import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildAndPack } from './pack';
import { installPackage } from './package-install';
import { CACHE } from './paths';
import { ensureSqlite } from './sqlite';

/** The user folder of the end-to-end tests' n8n. */
export const TEST_USER_FOLDER = join(CACHE, 'e2e', 'n8n');

/** Where the tarball under test lies, whatever its version. */
export const TEST_TARBALL = join(CACHE, 'e2e', 'package.tgz');

/** Makes an empty user folder for the end-to-end tests with the freshly packed package installed in it, as n8n's installer does. */
export async function prepare(): Promise<void> {
	await ensureSqlite();
	const { tarball, name } = await buildAndPack();
	rmSync(TEST_USER_FOLDER, { recursive: true, force: true });
	mkdirSync(TEST_USER_FOLDER, { recursive: true });
	copyFileSync(tarball, TEST_TARBALL);
	await installPackage(tarball, name, TEST_USER_FOLDER);
}
