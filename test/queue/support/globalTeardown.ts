import { shared } from './environment';
import { reportFigures } from './figures';

/** Ends the cluster, and prints what all test files measured. */
export default async function globalTeardown(): Promise<void> {
	await shared.cluster?.stop();
	reportFigures();
}
