import type { N8nApi } from './api';

/** Where n8n's REST API has the data tables of the owner's own project. */
export async function tablesPath(api: N8nApi): Promise<string> {
	const { id } = await api.call<{ id: string }>('get', '/projects/personal');
	return `/projects/${id}/data-tables`;
}

/** The ID of the data table with this name; undefined where there is none. */
export async function findTable(api: N8nApi, name: string): Promise<string | undefined> {
	const { data } = await api.call<{ data: { id: string; name: string }[] }>('get', await tablesPath(api));
	return data.find((table) => table.name === name)?.id;
}
