import type { N8nApi, StoredWorkflow } from '../../../demo/api';
import { findTable, tablesPath } from '../../../demo/dataTable';
import { N8N_MAJOR } from '../../../demo/paths';

/** A row of a data table. */
export type Row = Record<string, unknown>;

/** The data table that an example keeps its rows in. */
export interface DataTable {
	rows(): Promise<Row[]>;
	/** Adds a row as it is. */
	insert(row: Row): Promise<void>;
	/** The workflow that uses it. */
	workflow: StoredWorkflow;
}

/**
 * Makes the empty data table of an imported example as the example's first note says: by its trigger on n8n 2.x; on 1.x by hand, with
 * these columns of texts, and chosen in its nodes. `others` are further tables that the trigger makes.
 */
export async function setUpTable(
	api: N8nApi,
	example: StoredWorkflow,
	name: string,
	columns: string[],
	others: string[] = [],
): Promise<DataTable> {
	const tables = await tablesPath(api);
	for (const table of [name, ...others]) {
		const old = await findTable(api, table);
		if (old !== undefined) await api.call('delete', `${tables}/${old}`);
	}
	let workflow = example;
	if (N8N_MAJOR === 1) {
		await api.call('post', tables, {
			name,
			columns: columns.map((column) => ({ name: column, type: 'string' })),
		});
		const dataTableId = { __rl: true, mode: 'id', value: await findTable(api, name) };
		const nodes = example.nodes.map((node) =>
			'dataTableId' in node.parameters ? { ...node, parameters: { ...node.parameters, dataTableId } } : node,
		);
		workflow = await api.updateWorkflow(example, { nodes });
	} else await api.finished(await api.run(example, 'Set Up Once'));
	return openTable(api, workflow, name);
}

/** A data table that is there already. */
export async function openTable(api: N8nApi, workflow: StoredWorkflow, name: string): Promise<DataTable> {
	const rows = `${await tablesPath(api)}/${await findTable(api, name)}`;
	return {
		workflow,
		rows: async () => (await api.call<{ data: Row[] }>('get', `${rows}/rows`)).data,
		insert: (row) => api.call('post', `${rows}/insert`, { data: [row], returnType: 'count' }),
	};
}
