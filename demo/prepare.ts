import { mkdirSync, rmSync } from 'node:fs';
import { installPackage } from './installPackage';
import { buildAndPack } from './pack';
import { TEST_USER_FOLDER } from './paths';
import { ensureSqlite } from './sqlite';

/** Makes an empty user folder for the end-to-end tests with the freshly packed package installed in it, as n8n's installer does. */
export async function prepare(): Promise<void> {
	await ensureSqlite();
	const { tarball, name } = await buildAndPack();
	rmSync(TEST_USER_FOLDER, { recursive: true, force: true });
	mkdirSync(TEST_USER_FOLDER, { recursive: true });
	await installPackage(tarball, name, TEST_USER_FOLDER);
}
