import { shared } from './environment';
import { reportFigures } from './figures';

/** Ends the cluster, and prints the figures of all test files. */
export default async function globalTeardown(): Promise<void> {
	await shared.cluster?.stop();
	reportFigures();
}
