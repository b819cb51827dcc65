import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second on every platform that n8n runs on. */
const TICK_MS = 10;

/** Returns the processor time of a process and its children in ms; undefined if the system does not tell. */
export function processorMs(pid: number): number | undefined {
	try {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
			.trim()
			.split(' ')
			.filter(Boolean);
		const ticks = [pid, ...children].flatMap((one) => {
			// The second field is the program's name in brackets, which may hold spaces.
			const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
			return fields.slice(11, 15);
		});
		return TICK_MS * ticks.reduce((sum, each) => sum + each, 0);
	} catch {
		return undefined;
	}
}

/** Returns the resident memory of a process in bytes; undefined if the system does not tell. */
export function residentBytes(pid: number): number | undefined {
	try {
		const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	} catch {
		return undefined;
	}
}
