/** Work on one item: takes its index and a signal that aborts when the item is no longer wanted. */
export type ItemWork<T> = (index: number, signal: AbortSignal) => Promise<T>;

/**
 * Works on `count` items, at most `limit` at a time, and gives the results in the items' order.
 *
 * When one fails, no new item starts, those after it are told to stop, and those before it are left to finish, so that
 * the failure that is thrown is the first one in the items' order, as if they had run one by one. When `cancel` aborts,
 * no new item starts, those under way are told to stop, and the results stay incomplete.
 */
export async function mapItems<T>(
	count: number,
	limit: number,
	cancel: AbortSignal | undefined,
	work: ItemWork<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const underWay = new Map<number, AbortController>();
	let next = 0;
	let failure: { index: number; reason: unknown } | undefined;

	const stopAfter = (index: number) => {
		for (const [other, controller] of underWay) if (other > index) controller.abort();
	};
	const stopAll = () => stopAfter(-1);

	const lane = async () => {
		while (next < count && failure === undefined && !cancel?.aborted) {
			const index = next++;
			const controller = new AbortController();
			underWay.set(index, controller);
			await work(index, controller.signal).then(
				(result) => {
					results[index] = result;
				},
				(reason: unknown) => {
					if (failure === undefined || index < failure.index) failure = { index, reason };
					stopAfter(index);
				},
			);
			underWay.delete(index);
		}
	};

	cancel?.addEventListener('abort', stopAll, { once: true });
	try {
		await Promise.all(Array.from({ length: Math.min(limit, count) }, lane));
	} finally {
		cancel?.removeEventListener('abort', stopAll);
	}
	if (failure !== undefined) throw failure.reason;
	return results;
}
