import { TestEnvironment } from 'jest-environment-node';
import { RunningCluster, startCluster } from './cluster';
import { say } from './say';

/**
 * Starts a cluster for a test file and ends it afterwards. This runs in jest's own process, so that Ctrl-C ends the cluster as well: jest
 * never calls the exit handlers that are registered in a test file.
 */
export default class ClusterEnvironment extends TestEnvironment {
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
