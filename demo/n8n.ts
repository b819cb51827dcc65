import getPort from 'get-port';
import { Account, accountOf } from './account';
import { answersJson, N8nProcess, startProcess } from './n8nProcess';

/** The settings of an n8n to start. */
export interface StartOptions {
	userFolder: string;
	/** Used if free; otherwise any free port. */
	preferredPort?: number;
	/** More environment variables for n8n. */
	extra?: Record<string, string>;
}

/** An n8n that answers. */
export interface RunningN8n extends N8nProcess {
	/** Such as http://127.0.0.1:5678, without a slash at the end. */
	origin: string;
	account: Account;
}

/**
 * Starts n8n on the loopback address with the data of `userFolder` (created if missing) and waits until it answers.
 * @throws Error when another n8n still uses the folder, or n8n ends or stays silent for two minutes: with the end of its log
 */
export async function startN8n({ userFolder, preferredPort, extra }: StartOptions): Promise<RunningN8n> {
	const account = accountOf(userFolder);
	const [port, brokerPort] = [await getPort({ port: preferredPort, host: '127.0.0.1' }), await getPort()];
	const origin = `http://127.0.0.1:${port}`;
	const settings = { userFolder, account, port, brokerPort, ...(extra && { extra }) };
	// n8n's health page is ready too early; its settings come as JSON only when the REST API is there.
	const started = await startProcess(['start'], settings, () => answersJson(`${origin}/rest/settings`));
	return { ...started, origin, account };
}
