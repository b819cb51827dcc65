import type { Contender } from './contenders';

/** One batch to run: `faces` faces from number `firstFace` on. */
export interface Job {
	firstFace: number;
	faces: number;
}

/** A contender's jobs, and which of them make up a batch of each size: its wall time is the sum of theirs. */
export interface Plan {
	jobs: Job[];
	sizes: Map<number, Job[]>;
}

/** A sequential contender's batch is cut into pieces of so many faces, which run side by side. */
const PIECE = 50;
/** With a few faces at a time, pieces this large run side by side; each has its own slow start and end, to its disadvantage. */
const LARGE_PIECE = 200;

/**
 * Plans the batches so that thousands of seconds of waiting fit into minutes: whoever works on one face at a time takes the
 * sum of its pieces' times. Batches of 20 at a time and of everything at once run whole.
 */
export function planFor({ concurrency }: Contender, sizes: readonly number[]): Plan {
	const pieces =
		concurrency === 1 ? cut(sizes, PIECE) : concurrency < 20 ? cut(sizes.slice(-2), LARGE_PIECE) : [];
	const plan: Plan = { jobs: [...pieces], sizes: new Map() };
	for (const size of sizes) {
		const parts = pieces.filter(({ firstFace, faces }) => firstFace + faces <= size);
		if (parts.reduce((sum, { faces }) => sum + faces, 0) === size) {
			plan.sizes.set(size, parts);
			continue;
		}
		const whole = { firstFace: 0, faces: size };
		plan.jobs.push(whole);
		plan.sizes.set(size, [whole]);
	}
	return plan;
}

/** Cuts the largest size into pieces that end at each size. */
function cut(sizes: readonly number[], piece: number): Job[] {
	const jobs: Job[] = [];
	for (const size of sizes) {
		for (let done = end(jobs); done < size; done = end(jobs)) {
			jobs.push({ firstFace: done, faces: Math.min(piece, size - done) });
		}
	}
	return jobs;
}

const end = (jobs: Job[]) => jobs.reduce((sum, { faces }) => sum + faces, 0);
