import type { TestEnvironment } from 'jest-environment-node';
import environment from '../../jest/environment';
import { RunningCluster, startCluster } from './cluster';
import { say } from './say';

const SharedEnvironment = environment as unknown as typeof TestEnvironment;

/**
 * Starts a cluster for a test file and ends it afterwards. This runs in jest's own process, so that Ctrl-C ends the cluster as well: jest
 * never calls the exit handlers that are registered in a test file.
 */
export default class ClusterEnvironment extends SharedEnvironment {
	private cluster: RunningCluster | undefined;

	override async setup(): Promise<void> {
		await super.setup();
		this.cluster = await startCluster(say);
		this.global.cluster = this.cluster;
	}

	override async teardown(): Promise<void> {
		await this.cluster?.stop();
		await super.teardown();
	}
}
