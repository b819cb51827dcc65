import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second on every platform that n8n runs on. */
const TICK_MS = 10;

interface ProcessTimes {
	parent: number;
	/** Of the process itself, in ms. */
	own: number;
	/** Of its children that have ended, in ms. */
	ended: number;
}

/** Returns the processor time of a process and its children in ms; undefined if the system has no /proc. */
export function processorMs(pid: number): number | undefined {
	const all = new Map<number, ProcessTimes>();
	try {
		for (const name of readdirSync('/proc')) {
			const times = /^\d+$/.test(name) && timesOf(name);
			if (times) all.set(Number(name), times);
		}
	} catch {
		return undefined;
	}
	const self = all.get(pid);
	if (!self) return undefined;
	const children = [...all.values()].filter(({ parent }) => parent === pid);
	return [self, ...children].reduce((sum, { own, ended }) => sum + own + ended, 0);
}

/** Returns the resident memory of a process in bytes; undefined if the system has no /proc. */
export function residentBytes(pid: number): number | undefined {
	try {
		const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	} catch {
		return undefined;
	}
}

function timesOf(pid: string): ProcessTimes | undefined {
	try {
		// The second field is the program's name in brackets, which may hold spaces.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
		const [user, system, endedUser, endedSystem] = fields.slice(11, 15) as [number, number, number, number];
		return {
			parent: fields[1]!,
			own: (user + system) * TICK_MS,
			ended: (endedUser + endedSystem) * TICK_MS,
		};
	} catch {
		// It ended meanwhile.
		return undefined;
	}
}
