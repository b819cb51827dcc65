import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../sandbox';
import { bundledPhoto, REGISTERED_PHOTO } from './photos';

/** Returns the file in which the demo's sandbox keeps its faces between starts. */
export function facesFile(folder: string): string {
	mkdirSync(folder, { recursive: true });
	return join(folder, 'faces.sqlite');
}

/** Returns the UUID under which the demo's sandbox knows the registered woman: that of an earlier start, or a new one. */
export async function registeredUuid(sandbox: Sandbox, folder: string, firstStart: boolean): Promise<string> {
	const note = join(folder, 'registered-uuid.txt');
	if (firstStart) rmSync(note, { force: true });
	if (existsSync(note)) return readFileSync(note, 'utf8').trim();
	const uuid = await sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
	writeFileSync(note, uuid);
	return uuid;
}
