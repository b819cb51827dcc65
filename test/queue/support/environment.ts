import type { TestEnvironment } from 'jest-environment-node';
import environment from '../../jest/environment';
import { RunningCluster, startCluster } from './cluster';
import { say } from './say';

const SharedEnvironment = environment as unknown as typeof TestEnvironment;

/** Holds the cluster between test files. `globalTeardown` ends it. */
export const shared = globalThis as typeof globalThis & { cluster?: RunningCluster };

/**
 * Starts a cluster for the first test file; for a later one, those of its processes that have ended. This runs in jest's own process, so that
 * Ctrl-C ends the cluster as well: jest never calls the exit handlers that are registered in a test file.
 */
export default class ClusterEnvironment extends SharedEnvironment {
	override async setup(): Promise<void> {
		await super.setup();
		if (shared.cluster === undefined) shared.cluster = await startCluster(say);
		else await shared.cluster.mend();
	}
}
