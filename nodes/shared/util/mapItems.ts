import { onAbort } from './pause';

/** What an item's work is told. */
export interface ItemSignals {
	/** Aborts when the item's result is no longer wanted: an item before it failed, or all work is cancelled. */
	readonly item: AbortSignal;
	/** Aborts as soon as any item failed, or all work is cancelled: nothing may be started that has a cost. */
	readonly halt: AbortSignal;
}

/** Work on one item. */
export type ItemWork<T> = (index: number, signals: ItemSignals) => Promise<T>;

/**
 * Works on `count` items, at most `limit` at a time, and gives the results in the items' order.
 *
 * When one fails, no new item starts, those after it are told to stop, and those before it may finish what they began, so that
 * the failure that is thrown is the first one in the items' order, as if they had run one by one. When `cancel` aborts,
 * no new item starts, those in progress are told to stop, and the results stay incomplete.
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
