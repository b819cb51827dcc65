import axios from 'axios';
import type { RunningN8n } from './n8n';

/** Makes the owner of a fresh n8n through its own set-up page's call, for an n8n that takes none from its environment (1.x). */
export async function setUpOwner({ origin, account }: RunningN8n): Promise<void> {
	const { email, password } = account;
	const owner = { email, password, firstName: 'Demo', lastName: 'Owner' };
	await axios.post(`${origin}/rest/owner/setup`, owner, { proxy: false, timeout: 60_000 });
}
