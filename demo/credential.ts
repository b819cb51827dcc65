import { N8nApi, StoredCredential } from './api';

/** The name of the examples' credential. */
export const CREDENTIAL_NAME = 'Progeny account';

/** The credential's type in n8n. */
export const CREDENTIAL_TYPE = 'progenyApi';

/** Base URL and account of a Progeny API, such as a sandbox. */
export interface ProgenyAccount {
	baseUrl: string;
	username: string;
	password: string;
}

/**
 * Creates the examples' credential, or updates it to this account. A working credential stays unchanged: new data over the REST API would
 * drop its hidden receipt key, and with it the receipts of earlier starts.
 */
export async function putProgenyCredential(
	api: N8nApi,
	{ baseUrl, username, password }: ProgenyAccount,
): Promise<StoredCredential> {
	const all = await api.credentials(CREDENTIAL_TYPE);
	const old = all.find(({ name }) => name === CREDENTIAL_NAME);
	if (old && (await logsIn(api, old, { baseUrl, username }))) return old;
	return api.putCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, { baseUrl, username, password });
}

/** True if a stored credential has this Base URL and username, and passes its own test. */
async function logsIn(
	api: N8nApi,
	credential: StoredCredential,
	{ baseUrl, username }: Omit<ProgenyAccount, 'password'>,
): Promise<boolean> {
	// n8n returns placeholders for secrets, and recognizes them in a request.
	const path = `/credentials/${credential.id}?includeData=true`;
	const { data } = await api.call<{ data: Record<string, unknown> }>('get', path);
	if (data.baseUrl !== baseUrl || data.username !== username) return false;
	return (await api.testCredential(credential, data)).status === 'OK';
}
