import { onAbort } from './pause';

/** The abort signals of an item's work. */
export interface ItemSignals {
	/** Aborts if the item's result is no longer wanted: an earlier item failed, or all work is canceled. */
	readonly item: AbortSignal;
	/** Aborts if any item failed or all work is canceled: start nothing more that has a cost. */
	readonly halt: AbortSignal;
}

/** Work on one item. */
export type ItemWork<T> = (index: number, signals: ItemSignals) => Promise<T>;

/**
 * Works on `count` items, at most `limit` at a time, and returns the results in the items' order.
 *
 * After a failure no item starts, later items are aborted, and earlier ones finish, so that it throws the same
 * error as a sequential run. If `cancel` aborts, no item starts, those in progress are aborted, and the results are incomplete.
 */
export async function mapItems<T>(
	count: number,
	limit: number,
	cancel: AbortSignal | undefined,
	work: ItemWork<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const inProgress = new Map<number, AbortController>();
	const halt = new AbortController();
	let next = 0;
	let failure: { index: number; reason: unknown } | undefined;

	const stopAfter = (index: number) => {
		halt.abort();
		for (const [other, controller] of inProgress) if (other > index) controller.abort();
	};
	const stopAll = () => stopAfter(-1);

	const lane = async () => {
		while (next < count && failure === undefined && !cancel?.aborted) {
			const index = next++;
			const controller = new AbortController();
			inProgress.set(index, controller);
			await work(index, { item: controller.signal, halt: halt.signal }).then(
				(result) => {
					results[index] = result;
				},
				(reason: unknown) => {
					if (failure === undefined || index < failure.index) failure = { index, reason };
					stopAfter(index);
				},
			);
			inProgress.delete(index);
		}
	};

	const leave = onAbort(cancel, stopAll);
	try {
		await Promise.all(Array.from({ length: Math.min(limit, count) }, lane));
	} finally {
		leave();
	}
	if (failure !== undefined) throw failure.reason;
	return results;
}
