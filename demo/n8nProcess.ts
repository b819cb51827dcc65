import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { environmentOf, N8nSettings, temporaryFolder } from './environment';
import { findNode } from './node24';
import { liveOwner } from './onlyOne';
import { N8N_BIN } from './paths';
import { supervise, Supervised } from './supervise';

/** A process of n8n's that is ready: a server, a worker or a webhook process. */
export interface N8nProcess extends Supervised {
	logFile: string;
}

/**
 * Runs n8n's `command` with its flags, such as ['worker', '--concurrency=10'], in the user folder of `settings` (created if missing)
 * and waits until `isReady`, called a few times a second, returns true.
 * @throws Error when another n8n still uses the folder, or n8n ends or is not ready within two minutes: with the end of its log
 */
export async function startProcess(
	command: string[],
	settings: N8nSettings,
	isReady: () => Promise<boolean>,
): Promise<N8nProcess> {
	const { userFolder } = settings;
	mkdirSync(temporaryFolder(userFolder), { recursive: true });
	refuseSecond(userFolder);
	const node = findNode();
	const logFile = join(userFolder, 'n8n.log');
	const log = openSync(logFile, 'w', 0o600);
	const child = spawn(node, [N8N_BIN, ...command], {
		cwd: userFolder,
		env: environmentOf(settings, node),
		stdio: ['ignore', log, log],
		detached: process.platform !== 'win32',
	});
	closeSync(log);
	writeFileSync(pidFile(userFolder), String(child.pid));
	try {
		const supervised = await supervise('n8n', child, isReady);
		const stop = async () => {
			await supervised.stop();
			rmSync(pidFile(userFolder), { force: true });
		};
		return { ...supervised, logFile, stop };
	} catch (error) {
		rmSync(pidFile(userFolder), { force: true });
		throw new Error(`${(error as Error).message} The end of its log (${logFile}):\n${endOf(logFile)}`);
	}
}

/** True if `url` is answered with 200 and JSON, as n8n's health endpoints are once n8n is ready. */
export async function answersJson(url: string): Promise<boolean> {
	const answer = await axios
		.get(url, { timeout: 5000, proxy: false, validateStatus: () => true })
		.catch(() => undefined);
	return answer?.status === 200 && typeof answer.data === 'object';
}

const pidFile = (userFolder: string) => join(userFolder, 'n8n.pid');

/** Throws if an n8n still uses the folder: two would spoil its SQLite file. One may be left if the process that started it was killed. */
function refuseSecond(userFolder: string): void {
	const pid = liveOwner(pidFile(userFolder));
	if (pid === undefined) return;
	throw new Error(
		`An n8n started earlier (process ${pid}) still uses ${userFolder}. End it first: kill ${pid}`,
	);
}

function endOf(file: string): string {
	return readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.slice(-15)
		.map((line) => `  ${line}`)
		.join('\n');
}
