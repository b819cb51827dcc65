import { join } from 'node:path';
import { claim } from '../../../demo/onlyOne';
import { prepare } from '../../../demo/prepare';
import { QUEUE_CACHE, USER_FOLDERS } from './folders';
import { postgresProgram } from './postgres';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Installs the freshly packed package into the user folder of every n8n process.
 * @throws Error if PostgreSQL is missing, or another run is in progress
 */
export default async function globalSetup(): Promise<void> {
	// Exit handlers end child processes; a signal alone would not call them.
	for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
	postgresProgram('postgres');
	claim(join(QUEUE_CACHE, 'run.pid'));
	await prepare(Object.values(USER_FOLDERS));
}
