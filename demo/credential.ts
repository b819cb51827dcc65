import { N8nApi, StoredCredential } from './api';

/** The name by which the examples ask for their credential. */
export const CREDENTIAL_NAME = 'Progeny account';

/** The credential's type in n8n. */
export const CREDENTIAL_TYPE = 'progenyApi';

/** Where a Progeny API is and who logs in: what a running sandbox gives. */
export interface ProgenyAccount {
	baseUrl: string;
	username: string;
	password: string;
}

/**
 * Makes the credential that the examples use, or points the one that is there at `account`. One that logs in there already stays as it
 * is: new data over the REST API would drop its hidden receipt key, and with it the receipts of earlier starts.
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

/** Whether a stored credential has this Base URL and username, and passes its own test. */
async function logsIn(
	api: N8nApi,
	credential: StoredCredential,
	{ baseUrl, username }: Omit<ProgenyAccount, 'password'>,
): Promise<boolean> {
	// n8n puts marks in place of secrets, and knows them when they come back.
	const path = `/credentials/${credential.id}?includeData=true`;
	const { data } = await api.call<{ data: Record<string, unknown> }>('get', path);
	if (data.baseUrl !== baseUrl || data.username !== username) return false;
	return (await api.testCredential(credential, data)).status === 'OK';
}
