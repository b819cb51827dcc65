import { shared } from './globalSetup';

/** Ends the stack. */
export default async function globalTeardown(): Promise<void> {
	await shared.stack?.stop();
}
