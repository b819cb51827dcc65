import axios from 'axios';
import type { RunningN8n } from './n8n';

/** Creates the owner of a fresh n8n as its set-up page does, for n8n 1.x, which reads none from its environment. */
export async function setUpOwner({ origin, account }: RunningN8n): Promise<void> {
	const { email, password } = account;
	const owner = { email, password, firstName: 'Demo', lastName: 'Owner' };
	await axios.post(`${origin}/rest/owner/setup`, owner, { proxy: false, timeout: 60_000 });
}
