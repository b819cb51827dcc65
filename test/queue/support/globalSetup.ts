import { join } from 'node:path';
import { claim } from '../../../demo/onlyOne';
import { prepare } from '../../../demo/prepare';
import { RunningCluster, startCluster } from './cluster';
import { QUEUE_CACHE, USER_FOLDERS } from './folders';
import { noteCluster } from './note';
import { postgresPrograms, redisProgram } from './programs';
import { say } from './say';

/** Where the set-up leaves the cluster for the teardown; both run in jest's own process. */
export const shared = globalThis as typeof globalThis & { cluster?: RunningCluster };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Installs the freshly packed package into the user folder of every process, and starts n8n in queue mode for the suite.
 * @throws Error when a server program is missing, or another run is under way
 */
export default async function globalSetup(): Promise<void> {
	// What was started ends with this process: its exit handlers see to it, and a signal alone would not call them.
	for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
	if (!process.env.QUEUE_REDIS_URL) redisProgram();
	if (!process.env.QUEUE_POSTGRES_URL) postgresPrograms();
	claim(join(QUEUE_CACHE, 'run.pid'));
	await prepare(Object.values(USER_FOLDERS));
	shared.cluster = await startCluster(say);
	noteCluster(shared.cluster);
}
