import { shared } from './environment';

/** Ends the cluster. */
export default async function globalTeardown(): Promise<void> {
	await shared.cluster?.stop();
}
