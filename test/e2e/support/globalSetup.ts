import { RunningN8n, startN8n } from '../../../demo/n8n';
import { noteServer, USER_FOLDER } from './server';

/** Where the set-up leaves n8n for the teardown; both run in jest's own process. */
export const shared = globalThis as typeof globalThis & { n8n?: RunningN8n };

/** Starts the n8n that all suites share. */
export default async function globalSetup(): Promise<void> {
	shared.n8n = await startN8n({ userFolder: USER_FOLDER });
	noteServer(shared.n8n);
}
