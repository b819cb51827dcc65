import { shared } from './globalSetup';

/** Ends every process of the cluster. */
export default async function globalTeardown(): Promise<void> {
	await shared.cluster?.stop();
}
