import { ChildProcess, spawn, SpawnOptions } from 'node:child_process';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

/** A server program that runs as a child of this process. */
export interface Daemon {
	pid: number;
	/** Ends it; safe to call twice. */
	stop(): Promise<void>;
}

/** The settings of a server program. */
export interface DaemonOptions {
	/** Its user and group ID, working folder and environment. */
	spawn?: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'>;
	/** Its standard input, such as settings that a command line would show to others. */
	input?: string;
	/** The signal for an orderly end, if not SIGTERM. */
	stopSignal?: NodeJS.Signals;
	/** True if it can be used; a rejection counts as no. */
	isReady(): Promise<unknown>;
}

/** Runs a server program in the foreground until it is ready. @throws Error with what it said, when it ends or is not ready in a minute */
export async function startDaemon(
	program: string,
	args: string[],
	{ spawn: how = {}, input = '', stopSignal = 'SIGTERM', isReady }: DaemonOptions,
): Promise<Daemon> {
	const child = spawn(program, args, { ...how, stdio: ['pipe', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (text) => (said = `${said}${text}`.slice(-4000)));
	child.stdin.on('error', () => undefined);
	child.stdin.end(input);
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', (error) => {
			said += error.message;
			resolve();
		});
	});
	const kill = () => child.kill('SIGKILL');
	process.once('exit', kill);
	const stop = async () => {
		await end(child, exited, stopSignal);
		process.removeListener('exit', kill);
	};
	const deadline = Date.now() + READY_WITHIN_MS;
	while (!(await succeeds(isReady))) {
		const gone = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
		if (gone || Date.now() > deadline) {
			await stop();
			throw new Error(`${program} ${gone ? 'ended' : 'was not ready in time'}:\n${said.trim()}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return { pid: child.pid!, stop };
}

async function succeeds(check: () => Promise<unknown>): Promise<boolean> {
	return check().then(
		() => true,
		() => false,
	);
}

async function end(child: ChildProcess, exited: Promise<void>, signal: NodeJS.Signals): Promise<void> {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	child.kill(signal);
	const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
	await exited;
	clearTimeout(timer);
}
