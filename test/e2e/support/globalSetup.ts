import { existsSync } from 'node:fs';
import { RunningN8n, startN8n } from '../../../demo/n8n';
import { setUpOwner } from '../../../demo/owner';
import { N8N_MAJOR } from '../../../demo/paths';
import { prepare } from '../../../demo/prepare';
import { userFolderOf } from './server';

/** The place in which the set-up leaves each n8n for the teardown; both run in jest's own process. */
export const shared = globalThis as typeof globalThis & { servers?: RunningN8n[] };

/** The settings that make n8n 1.x behave as n8n 2.x: files kept in files, a database with a log; and it ends on unknown modules. */
const AS_IN_2 = {
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	DB_SQLITE_POOL_SIZE: '3',
	N8N_DISABLED_MODULES: '',
};

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts an n8n for each of jest's workers, with the freshly packed package installed: the suites of a worker share it. */
export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
	if (N8N_MAJOR === 2) process.env.CHROMIUM ??= findBrowser();
	const workers = Array.from({ length: maxWorkers }, (_, i) => String(i + 1));
	await prepare(workers.map(userFolderOf));
	const extra = N8N_MAJOR === 1 ? AS_IN_2 : {};
	shared.servers = await Promise.all(
		workers.map((worker) => startN8n({ userFolder: userFolderOf(worker), extra })),
	);
	if (N8N_MAJOR === 1) await Promise.all(shared.servers.map(setUpOwner));
	// The suites run in processes of their own.
	process.env.E2E_SERVERS = JSON.stringify(shared.servers);
}

function findBrowser(): string {
	const found = BROWSERS.find((path) => existsSync(path));
	if (found) return found;
	throw new Error(
		'The end-to-end tests need Chromium, and it was not found. Debian: apt-get install chromium. Elsewhere: install Chromium or ' +
			'Chrome and set CHROMIUM to the path of its program.',
	);
}
