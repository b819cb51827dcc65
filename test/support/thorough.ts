import { NODES } from '../engine/support/services';

/**
 * Whether everything is tried (`npm run test:thorough`, every night), or a share of it that `npm test` has time for. The
 * code that all nodes share is tried with each node only there.
 */
export const IS_THOROUGH = process.env.THOROUGH === 'true';

/** How many random cases to try, of `count` in the thorough run. */
export const runs = (count: number): number => (IS_THOROUGH ? count : Math.ceil(count / 10));

/** One row in `of`, beginning with row `from`; all of them in the thorough run. */
export const share = <T>(rows: readonly T[], of: number, from = 0): T[] =>
	rows.filter((_, i) => IS_THOROUGH || i % of === from % of);

/** The rows to try with a node. `npm test` tries each row with one of the six, and each node with one row at least. */
export const dealt = <T>(node: string, rows: readonly T[]): T[] =>
	share(
		rows,
		Math.min(rows.length, NODES.length),
		NODES.findIndex(([name]) => name === node),
	);

/** For what takes long and is in the code that all nodes share: a node that leaves a record, and one that does not. */
export const SOME_NODES = NODES.filter(
	([name]) => IS_THOROUGH || ['registerFace', 'verifyIdentity'].includes(name),
);
