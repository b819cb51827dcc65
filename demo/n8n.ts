import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { Account, accountOf } from './account';
import { environmentOf } from './environment';
import { findNode } from './node24';
import { liveOwner } from './onlyOne';
import { N8N_BIN } from './paths';
import { freePort } from './ports';

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 15_000;

/** How an n8n is started. */
export interface StartOptions {
	userFolder: string;
	/** The port to take when it is free; any free one otherwise. */
	preferredPort?: number;
	/** More environment variables for n8n. */
	extra?: Record<string, string>;
}

/** An n8n that answers. */
export interface RunningN8n {
	/** Such as http://127.0.0.1:5678, without a slash at the end. */
	origin: string;
	account: Account;
	pid: number;
	logFile: string;
	/** Resolves when the process is gone, also when it ends by itself. */
	exited: Promise<void>;
	/** Ends n8n and all that it started; safe to call twice. */
	stop(): Promise<void>;
}

/**
 * Starts n8n on the loopback address with the data of `userFolder` (made where it is missing) and waits until it answers.
 * @throws Error when another n8n still uses the folder, or n8n ends or stays silent for two minutes: with the end of its log
 */
export async function startN8n({ userFolder, preferredPort, extra }: StartOptions): Promise<RunningN8n> {
	mkdirSync(userFolder, { recursive: true });
	refuseSecond(userFolder);
	const node = findNode();
	const account = accountOf(userFolder);
	const [port, brokerPort] = [await freePort(preferredPort), await freePort()];
	const logFile = join(userFolder, 'n8n.log');
	const log = openSync(logFile, 'w', 0o600);
	// A process group of its own: Ctrl-C reaches only this process, which then stops n8n and its task runner in good order.
	const child = spawn(node, [N8N_BIN, 'start'], {
		cwd: userFolder,
		env: environmentOf({ userFolder, account, port, brokerPort, ...(extra && { extra }) }, node),
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
	const origin = `http://127.0.0.1:${port}`;
	try {
		await ready(origin, exited);
	} catch (error) {
		await stop();
		throw new Error(`${(error as Error).message} The end of its log (${logFile}):\n${endOf(logFile)}`);
	}
	return { origin, account, pid: child.pid!, logFile, exited, stop };
}

const pidFile = (userFolder: string) => join(userFolder, 'n8n.pid');

/** Two n8n on one SQLite file would spoil it; one may be left when the process that started it was killed outright. */
function refuseSecond(userFolder: string): void {
	const pid = liveOwner(pidFile(userFolder));
	if (pid === undefined) return;
	throw new Error(
		`An n8n started earlier (process ${pid}) still uses ${userFolder}. End it first: kill ${pid}`,
	);
}

/** n8n's health page is ready too early; its settings come as JSON only when the REST API is there. */
async function ready(origin: string, exited: Promise<void>): Promise<void> {
	let gone = false;
	void exited.then(() => (gone = true));
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		if (gone) throw new Error('n8n ended while it was starting.');
		const answer = await axios
			.get(`${origin}/rest/settings`, { timeout: 5000, proxy: false, validateStatus: () => true })
			.catch(() => undefined);
		if (answer?.status === 200 && typeof answer.data === 'object') return;
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
