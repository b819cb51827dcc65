import type { N8nApi } from './api';

/** Returns the REST path of the data tables in the owner's project. */
export async function tablesPath(api: N8nApi): Promise<string> {
	const { id } = await api.call<{ id: string }>('get', '/projects/personal');
	return `/projects/${id}/data-tables`;
}

/** Returns the ID of the data table with this name, if any. */
export async function findTable(api: N8nApi, name: string): Promise<string | undefined> {
	const { data } = await api.call<{ data: { id: string; name: string }[] }>('get', await tablesPath(api));
	return data.find((table) => table.name === name)?.id;
}
