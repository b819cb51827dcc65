import type { N8nApi, StoredWorkflow } from '../../../demo/api';
import { findTable, tablesPath } from '../../../demo/dataTable';

/** A row of a data table. */
export type Row = Record<string, unknown>;

/** A data table that an example keeps its rows in. */
export interface DataTable {
	rows(): Promise<Row[]>;
	/** Adds a row as it is. */
	insert(row: Row): Promise<void>;
}

/** Makes the empty data tables of an imported example by its own trigger, then publishes it. Returns the tables in the order of `names`. */
export async function publishWithTables<Names extends string[]>(
	api: N8nApi,
	example: StoredWorkflow,
	...names: Names
): Promise<{ [Name in keyof Names]: DataTable }> {
	const tables = await tablesPath(api);
	for (const name of names) {
		const old = await findTable(api, name);
		if (old !== undefined) await api.call('delete', `${tables}/${old}`);
	}
	await api.finished(await api.run(example, 'Set Up Once'));
	await api.activate(example);
	const opened = names.map(async (name): Promise<DataTable> => {
		const table = `${tables}/${await findTable(api, name)}`;
		return {
			rows: async () => (await api.call<{ data: Row[] }>('get', `${table}/rows`)).data,
			insert: (row) => api.call('post', `${table}/insert`, { data: [row], returnType: 'count' }),
		};
	});
	return (await Promise.all(opened)) as { [Name in keyof Names]: DataTable };
}
