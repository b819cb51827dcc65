import { mkdirSync, rmSync } from 'node:fs';
import { installPackage } from './installPackage';
import { buildAndPack } from '../scripts/pack';
import { ensureSqlite } from './sqlite';

/** Creates empty user folders for an n8n under test, with the packed package installed as n8n's installer does. */
export async function prepare(userFolders: string[]): Promise<void> {
	await ensureSqlite();
	const { tarball, name } = await buildAndPack();
	for (const userFolder of userFolders) {
		rmSync(userFolder, { recursive: true, force: true });
		mkdirSync(userFolder, { recursive: true });
		await installPackage(tarball, name, userFolder);
	}
}
