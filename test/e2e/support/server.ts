import { join } from 'node:path';
import type { Account } from '../../../demo/account';
import { TEST_CACHE } from '../../../demo/paths';

/** The number of this jest worker, from 1. */
const WORKER = process.env.JEST_WORKER_ID ?? '1';

/** Returns the user folder of a worker's n8n, with the packed package in it. */
export const userFolderOf = (worker: string): string => join(TEST_CACHE, `n8n-${worker}`);

/** The user folder of this worker's n8n. */
export const USER_FOLDER = userFolderOf(WORKER);

/** n8n's file nodes may read below this folder; a relative selector is taken from USER_FOLDER. */
export const FILES = join(USER_FOLDER, '.n8n-files');

/** The n8n that the suites of one worker share. */
export interface Server {
	origin: string;
	account: Account;
	logFile: string;
}

/** Returns the n8n that the global set-up started for this worker. */
export const server = (): Server => JSON.parse(process.env.E2E_SERVERS!)[Number(WORKER) - 1];
