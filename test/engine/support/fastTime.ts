/** How many times faster the waits between questions go by in the fault matrix. */
const SPEED = 10;

type Limits = typeof import('../../../nodes/shared/limits');
type Schedule = typeof import('../../../nodes/shared/task/schedule');

/** The node's time limits, short enough that a matrix of hangs ends soon. What they bound stays as it is. */
export const fastLimits = (real: Limits) => ({
	...real,
	LOGIN_TIMEOUT_MS: 700,
	POLL_TIMEOUT_MS: 500,
	uploadTimeoutMs: () => 1400,
	LOGIN_RETRY_DELAYS_MS: real.LOGIN_RETRY_DELAYS_MS.map((ms) => ms / SPEED / 2),
	SUBMIT_RETRY_DELAYS_MS: real.SUBMIT_RETRY_DELAYS_MS.map((ms) => ms / SPEED / 2),
});

/** The real schedule on a clock that goes ten times as fast: what it is told and what it gives are scaled. */
export function fastSchedule(real: Schedule): Schedule {
	return {
		...real,
		nextPollMs: (situation) => {
			const wait = real.nextPollMs(scaled(situation) as typeof situation);
			return wait === undefined ? undefined : wait / SPEED;
		},
	};
}

/** Times SPEED every number under a key that ends in `Ms`, and every one in `completions`. */
function scaled(value: unknown, isTime = false): unknown {
	if (typeof value === 'number') return isTime ? value * SPEED : value;
	if (Array.isArray(value)) return value.map((entry) => scaled(entry, isTime));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [
			key,
			scaled(entry, isTime || /Ms$|^completions$/.test(key)),
		]),
	);
}
