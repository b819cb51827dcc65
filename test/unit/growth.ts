/** CPU time of this process for the work, in ms: the least of five tries. What else the machine does is not in it. */
function cpuMs(work: () => unknown): number {
	const tries = Array.from({ length: 5 }, () => {
		const before = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	});
	return Math.min(...tries);
}

/**
 * How many times as long the work takes for an input four times as large: 4 where it is linear, 16 where it is quadratic.
 * The work must take a millisecond or more, else the clock's own grain is measured.
 */
export const growth = (work: (size: number) => unknown, size: number): number => {
	cpuMs(() => work(size));
	return cpuMs(() => work(4 * size)) / cpuMs(() => work(size));
};
