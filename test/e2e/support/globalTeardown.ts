import { shared } from './globalSetup';

/** Stops the shared n8n and its task runner. */
export default async function globalTeardown(): Promise<void> {
	await shared.n8n?.stop();
}
