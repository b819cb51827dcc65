import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../demo/account';
import { TEST_CACHE, TEST_USER_FOLDER } from '../../../demo/paths';

/** The user folder of the tests' n8n, with the packed package in it. */
export const USER_FOLDER = TEST_USER_FOLDER;

/** n8n's file nodes may read below this folder; a relative selector is taken from USER_FOLDER. */
export const FILES = join(USER_FOLDER, '.n8n-files');

/** The n8n that all suites share. */
export interface Server {
	origin: string;
	account: Account;
	logFile: string;
}

const NOTE = join(TEST_CACHE, 'server.json');

/** Tells the suites, which run in contexts of their own, where n8n is. */
export function noteServer({ origin, account, logFile }: Server): void {
	writeFileSync(NOTE, JSON.stringify({ origin, account, logFile }), { mode: 0o600 });
}

/** The n8n that the global set-up started. */
export function server(): Server {
	return JSON.parse(readFileSync(NOTE, 'utf8')) as Server;
}
