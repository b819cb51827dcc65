import { spawn, SpawnOptions } from 'node:child_process';
import { supervise, Supervised } from '../../../demo/supervise';

/** The settings of a server program. */
export interface DaemonOptions {
	/** Its user and group ID, working folder and environment. */
	spawn?: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'>;
	/** Its standard input, such as settings that a command line would show to others. */
	input?: string;
	/** The signal for an orderly end, if not SIGTERM. */
	stopSignal?: NodeJS.Signals;
	/** Resolves if it can be used; a rejection counts as no. */
	isReady(): Promise<unknown>;
}

/** Runs a server program in the foreground until it is ready. @throws Error with what it said, when it ends or is not ready in time */
export async function startDaemon(
	program: string,
	args: string[],
	{ spawn: how = {}, input = '', stopSignal, isReady }: DaemonOptions,
): Promise<Supervised> {
	const child = spawn(program, args, { ...how, detached: true });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (text) => (said = `${said}${text}`.slice(-4000)));
	child.on('error', (error) => (said += error.message));
	child.stdin.on('error', () => undefined);
	child.stdin.end(input);
	try {
		return await supervise(program, child, isReady, stopSignal);
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${said.trim()}`);
	}
}
