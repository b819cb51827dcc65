/** Whether property tests run with all their cases (`THOROUGH=true`); a fifth of them otherwise. */
export const IS_THOROUGH = process.env.THOROUGH === 'true';

/** How many cases a property test runs, of `count` in a thorough run. */
export const runs = (count: number): number => (IS_THOROUGH ? count : Math.ceil(count / 5));
