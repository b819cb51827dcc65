import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second on every platform that n8n runs on. */
const TICK_MS = 10;

/** Returns the processor time of a process and its children in ms. */
export function processorMs(pid: number): number {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? [];
	const ticks = [pid, ...children].flatMap((one) => {
		// The second field is the program's name in brackets, which may hold spaces.
		const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
		return fields.slice(11, 15);
	});
	return TICK_MS * ticks.reduce((sum, each) => sum + each);
}

/** Returns the resident memory of a process in bytes. */
export const residentBytes = (pid: number): number =>
	1024 * Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
