import type { ProgenyError } from '../../nodes/shared/errors/error';

/** Returns what an attempt throws. Throws if it does not. */
export function thrownBy<Thrown = ProgenyError>(attempt: () => unknown): Thrown {
	let value: unknown;
	try {
		value = attempt();
	} catch (thrown) {
		return thrown as Thrown;
	}
	throw new Error(`Nothing was thrown, but ${String(value)} returned`);
}
