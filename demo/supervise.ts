import type { ChildProcess } from 'node:child_process';

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 15_000;

/** A child process that is ready. */
export interface Supervised {
	pid: number;
	/** Resolves when the process is gone, also when it ends by itself. */
	exited: Promise<void>;
	/** Ends it and all that it started; safe to call twice. */
	stop(): Promise<void>;
}

/**
 * Waits until a process is ready: `isReady`, called a few times a second, resolves to anything but false. It was spawned with
 * `detached`, in a process group of its own: Ctrl-C reaches only this process, which then stops it in good order, by `stopSignal`.
 * @throws Error when it ends, or is not ready within two minutes
 */
export async function supervise(
	name: string,
	child: ChildProcess,
	isReady: () => Promise<unknown>,
	stopSignal: NodeJS.Signals = 'SIGTERM',
): Promise<Supervised> {
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	const killAll = () => killGroup(child);
	process.once('exit', killAll);
	const stop = async () => {
		await stopProcess(child, exited, stopSignal);
		process.removeListener('exit', killAll);
	};
	try {
		await ready(name, isReady, exited);
	} catch (error) {
		await stop();
		throw error;
	}
	return { pid: child.pid!, exited, stop };
}

async function ready(name: string, isReady: () => Promise<unknown>, exited: Promise<void>): Promise<void> {
	let gone = false;
	void exited.then(() => (gone = true));
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		if (gone) throw new Error(`${name} ended while it was starting.`);
		if ((await isReady().catch(() => false)) !== false) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`${name} did not answer within ${READY_WITHIN_MS / 1000} seconds.`);
}

async function stopProcess(
	child: ChildProcess,
	exited: Promise<void>,
	signal: NodeJS.Signals,
): Promise<void> {
	if (child.pid === undefined) return;
	if (child.exitCode === null && child.signalCode === null) {
		child.kill(signal);
		const timer = setTimeout(() => killGroup(child), STOP_WITHIN_MS);
		await exited;
		clearTimeout(timer);
	}
	killGroup(child);
}

/** Kills the whole process group, so that nothing that the process started, such as a task runner, outlives it. */
function killGroup(child: ChildProcess): void {
	try {
		if (process.platform === 'win32') child.kill('SIGKILL');
		else process.kill(-child.pid!, 'SIGKILL');
	} catch {
		// Already gone.
	}
}
