import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { QUEUE_CACHE } from './folders';
import { say } from './say';

const figures: [what: string, value: string][] = [];

/** Notes a measured figure for the table at the end, and says it now. */
export function note(what: string, value: string): void {
	figures.push([what, value]);
	say(`${what}: ${value}`);
}

/** Prints the figures as a table and writes them to demo/.cache/queue/figures.json. */
export function report(): void {
	const machine = `${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB`;
	const rows: [string, string][] = [['machine', machine], ...figures];
	const width = Math.max(...rows.map(([what]) => what.length));
	const lines = rows.map(([what, value]) => `  ${what.padEnd(width)}  ${value}`);
	process.stderr.write(`\nn8n in queue mode, measured\n${lines.join('\n')}\n\n`);
	mkdirSync(QUEUE_CACHE, { recursive: true });
	const written = { date: new Date().toISOString(), ...Object.fromEntries(rows) };
	writeFileSync(join(QUEUE_CACHE, 'figures.json'), `${JSON.stringify(written, null, '\t')}\n`);
}

/** A share of a second or more as seconds, such as 3.21 s. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** A number with thousands apart. */
export const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');
