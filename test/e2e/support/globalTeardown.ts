import { shared } from './globalSetup';

/** Stops each n8n and its task runner. */
export default async function globalTeardown(): Promise<void> {
	await Promise.all((shared.servers ?? []).map((n8n) => n8n.stop()));
}
