import { setTimeout as pause } from 'node:timers/promises';

const WITHIN_MS = 120_000;

/** Waits until `condition` holds. @throws Error after two minutes */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + WITHIN_MS;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Not so within ${WITHIN_MS / 1000} seconds: ${condition}`);
		await pause(50);
	}
}
