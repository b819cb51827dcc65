/** Does the work for each entry, at most `lanes` at a time, and gives the results in the entries' order. */
export async function inLanes<Entry, Result>(
	lanes: number,
	entries: readonly Entry[],
	work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(entries.length);
	let next = 0;
	const lane = async () => {
		while (next < entries.length) {
			const i = next++;
			results[i] = await work(entries[i]);
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return results;
}
