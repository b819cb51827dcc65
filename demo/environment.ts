import { delimiter, dirname, join } from 'node:path';
import { Account } from './account';
import { CACHE } from './paths';

/** Settings of a demo n8n. */
export interface N8nSettings {
	/** n8n keeps everything under this folder's .n8n; it is the process's home too, so `~/.n8n-files` is inside. */
	userFolder: string;
	account: Account;
	port: number;
	/** Port between n8n and its task runner. */
	brokerPort: number;
	/** More of n8n's variables, or others in place of these. */
	extra?: Record<string, string>;
}

/** Variables of a user's own n8n: a demo must not write into its database. */
const FOREIGN =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|GENERIC|CREDENTIALS|NODES?|OFFLOAD|WORKFLOWS?)_|^(npm_|NODE_OPTIONS$|NODE_ENV$|WEBHOOK_URL$)/;

/** Returns the folder of n8n's temporary files; 1.x leaves uploads of forms there. */
export const temporaryFolder = (userFolder: string): string => join(userFolder, 'tmp');

/**
 * Returns the environment of an n8n that uses only the loopback address and its user folder, and no internet: the caller's environment
 * without the settings of another n8n.
 */
export function environmentOf(
	{ userFolder, account, port, brokerPort, extra }: N8nSettings,
	node: string,
): NodeJS.ProcessEnv {
	const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
	const origin = `http://127.0.0.1:${port}`;
	const temporary = temporaryFolder(userFolder);
	return {
		...inherited,
		PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter),
		NO_PROXY: [process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
		// Node keeps the compiled code of n8n there, which halves the time of its next start.
		NODE_COMPILE_CACHE: join(CACHE, 'v8'),
		HOME: userFolder,
		USERPROFILE: userFolder,
		TMPDIR: temporary,
		TEMP: temporary,
		TMP: temporary,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: account.encryptionKey,
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: account.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Demo',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: account.passwordHash,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: origin,
		WEBHOOK_URL: origin,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_LOG_LEVEL: 'info',
		...extra,
	};
}
