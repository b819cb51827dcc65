import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { environmentOf, N8nSettings, temporaryFolder } from './environment';
import { findNode } from './node24';
import { liveOwner } from './onlyOne';
import { N8N_BIN } from './paths';

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 15_000;

/** A process of n8n's that is ready: a server, a worker or a webhook process. */
export interface N8nProcess {
	pid: number;
	logFile: string;
	/** Resolves when the process is gone, also when it ends by itself. */
	exited: Promise<void>;
	/** Ends it and all that it started; safe to call twice. */
	stop(): Promise<void>;
}

/**
 * Runs n8n's `command` with its flags, such as ['worker', '--concurrency=10'], in the user folder of `settings` (created if missing)
 * and waits until `isReady`, asked a few times a second, says so.
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
	// A process group of its own: Ctrl-C reaches only this process, which then stops n8n and its task runner in good order.
	const child = spawn(node, [N8N_BIN, ...command], {
		cwd: userFolder,
		env: environmentOf(settings, node),
		stdio: ['ignore', log, log],
		detached: process.platform !== 'win32',
	});
	closeSync(log);
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	const killAll = () => signalAll(child, 'SIGKILL');
	process.once('exit', killAll);
	writeFileSync(pidFile(userFolder), String(child.pid));
	const stop = async () => {
		await stopProcess(child, exited);
		process.removeListener('exit', killAll);
		rmSync(pidFile(userFolder), { force: true });
	};
	try {
		await ready(isReady, exited);
	} catch (error) {
		await stop();
		throw new Error(`${(error as Error).message} The end of its log (${logFile}):\n${endOf(logFile)}`);
	}
	return { pid: child.pid!, logFile, exited, stop };
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

async function ready(isReady: () => Promise<boolean>, exited: Promise<void>): Promise<void> {
	let gone = false;
	void exited.then(() => (gone = true));
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		if (gone) throw new Error('n8n ended while it was starting.');
		if (await isReady()) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`n8n did not answer within ${READY_WITHIN_MS / 1000} seconds.`);
}

async function stopProcess(child: ChildProcess, exited: Promise<void>): Promise<void> {
	if (child.pid === undefined) return;
	if (child.exitCode === null && child.signalCode === null) {
		child.kill('SIGTERM');
		const timer = setTimeout(() => signalAll(child, 'SIGKILL'), STOP_WITHIN_MS);
		await exited;
		clearTimeout(timer);
	}
	signalAll(child, 'SIGKILL');
}

/** Signals n8n's whole process group, so that a task runner never outlives it. */
function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid!, signal);
	} catch {
		// Already gone.
	}
}

function endOf(file: string): string {
	return readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.slice(-15)
		.map((line) => `  ${line}`)
		.join('\n');
}
