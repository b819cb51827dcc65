import { RunningCluster, startCluster } from './cluster';
import { noteCluster } from './note';
import { say } from './say';

/** Where the set-up leaves the cluster for the teardown; both run in jest's own process. */
export const shared = globalThis as typeof globalThis & { cluster?: RunningCluster };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts n8n in queue mode for the suite. */
export default async function globalSetup(): Promise<void> {
	// What was started ends with this process: its exit handlers see to it, and a signal alone would not call them.
	for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
	shared.cluster = await startCluster(say);
	noteCluster(shared.cluster);
}
