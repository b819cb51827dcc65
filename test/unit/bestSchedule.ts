/**
 * Returns the bound for every schedule: the least possible `polls + weight * lag` a face, where lag is the mean lag over the mean task
 * time, for a schedule that knows the distribution of task times beforehand (`times`, in ms, is a large sample of it), by
 * dynamic programming over 800 possible moments. Polls arrive at once here, and the next may follow at any moment.
 */
export function leastCost(times: readonly number[], weight: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	const moments = Array.from(
		{ length: 800 },
		(_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 800) - 1]!,
	);
	const mean = sorted.reduce((sum, time) => sum + time, 0) / sorted.length;
	const ended: number[] = [];
	const endedTime: number[] = [];
	let [count, sum] = [0, 0];
	for (const moment of moments) {
		for (; count < sorted.length && sorted[count]! <= moment; count++) sum += sorted[count]!;
		ended.push(count / sorted.length);
		endedTime.push(sum / sorted.length);
	}
	const cost = new Array<number>(moments.length).fill(0);
	const from = (i: number) => {
		const [endedBefore, timeBefore] = i < 0 ? [0, 0] : [ended[i]!, endedTime[i]!];
		let best = i === moments.length - 1 ? 0 : Infinity;
		for (let j = i + 1; j < moments.length; j++) {
			const lag = moments[j]! * (ended[j]! - endedBefore) - (endedTime[j]! - timeBefore);
			best = Math.min(best, 1 - endedBefore + (weight * lag) / mean + cost[j]!);
		}
		return best;
	};
	for (let i = moments.length - 2; i >= 0; i--) cost[i] = from(i);
	return from(-1);
}
