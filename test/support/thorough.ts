/** True if everything is tried with everything (`npm run test:thorough`, every night). */
export const IS_THOROUGH = process.env.THOROUGH === 'true';

/** Returns the number of random cases to try: `count` in the thorough run, a tenth of it in `npm test`. */
export const runs = (count: number): number => (IS_THOROUGH ? count : Math.ceil(count / 10));

/** Every property runs with this seed, so that a failure comes back. */
export const SEED = 20260101;

/** fast-check's parameters for this number of random cases in the thorough run. */
export const cases = (count: number): { seed: number; numRuns: number } => ({
	seed: SEED,
	numRuns: runs(count),
});

/**
 * Returns the rows to try with a node, of a table about code that all nodes share: all rows with authenticateFace, the first row with
 * the others. The thorough run tries all rows with all nodes.
 */
export const rowsFor = <T>(node: string, rows: readonly T[]): readonly T[] =>
	IS_THOROUGH || node === 'authenticateFace' ? rows : rows.slice(0, 1);
