/** Returns the words of a text, for lists that are longer than a line. */
export const words = (text: string): string[] => text.trim().split(/\s+/);

/** Returns a row for each value, with the same further columns. */
export const each = <Value, Columns extends unknown[]>(
	values: readonly Value[],
	...columns: Columns
): Array<[Value, ...Columns]> => values.map((value) => [value, ...columns]);
