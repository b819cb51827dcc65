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

/** Makes the credential that the examples use, or points the one that is there at `account`. */
export function putProgenyCredential(
	api: N8nApi,
	{ baseUrl, username, password }: ProgenyAccount,
): Promise<StoredCredential> {
	return api.putCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, { baseUrl, username, password });
}
