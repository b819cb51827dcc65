import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Claims `file` for this process until it ends.
 * @throws Error when another live process has claimed it
 */
export function claim(file: string): void {
	const owner = liveOwner(file);
	if (owner !== undefined && owner !== process.pid) {
		throw new Error(
			`Another start (process ${owner}) uses ${dirname(file)}. Stop it first: Ctrl-C in its terminal, or kill ${owner}`,
		);
	}
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, String(process.pid));
	process.once('exit', () => rmSync(file, { force: true }));
}

/** Returns the process that such a file names, if it still runs. */
export function liveOwner(file: string): number | undefined {
	if (!existsSync(file)) return undefined;
	const pid = Number(readFileSync(file, 'utf8'));
	if (!Number.isInteger(pid) || pid <= 0) return undefined;
	try {
		process.kill(pid, 0);
	} catch {
		return undefined;
	}
	const commandLine = `/proc/${pid}/cmdline`;
	// The system may have given the number to another program since; without /proc this is unknown.
	return !existsSync(commandLine) || /n8n|start|tsx|jest/.test(readFileSync(commandLine, 'utf8'))
		? pid
		: undefined;
}
