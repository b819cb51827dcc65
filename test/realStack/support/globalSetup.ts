import { startStack, type RunningStack } from './stack';

/** The place in which jest's own process keeps the stack for `globalTeardown`. */
export const shared = globalThis as typeof globalThis & { stack?: RunningStack };

/** Starts the stack; the tests find it by the variable REAL_STACK. */
export default async function globalSetup(): Promise<void> {
	// Exit handlers end what was started; a signal alone would not call them.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(signal, () => process.exit(130));
	const startedAt = Date.now();
	shared.stack = await startStack();
	const { state, ports } = shared.stack;
	process.env.REAL_STACK = JSON.stringify({ state, ports });
	console.log(`The stack was ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
