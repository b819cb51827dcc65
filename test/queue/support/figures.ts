import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { QUEUE_CACHE } from './folders';
import { say } from './say';

/** The figures of the last run; a file, since every test file has its own memory. */
const FIGURES = join(QUEUE_CACHE, 'figures.json');

/** Deletes the figures of an earlier run; writes date and machine of this one. */
export function clearFigures(): void {
	const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
	const machine = `${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory}`;
	mkdirSync(QUEUE_CACHE, { recursive: true });
	write({ date: new Date().toISOString(), machine });
}

/** Prints a measured figure, and keeps it for the table at the end. */
export function note(what: string, value: string): void {
	say(`${what}: ${value}`);
	write({ ...read(), [what]: value });
}

/** Prints the figures as a table; demo/.cache/queue/figures.json keeps them. */
export function reportFigures(): void {
	const rows = Object.entries(read());
	const width = Math.max(...rows.map(([what]) => what.length));
	const lines = rows.map(([what, value]) => `  ${what.padEnd(width)}  ${value}`);
	process.stderr.write(`\nn8n in queue mode, measured\n${lines.join('\n')}\n\n`);
}

const read = () =>
	(existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : {}) as Record<string, string>;

const write = (figures: Record<string, string>) =>
	writeFileSync(FIGURES, `${JSON.stringify(figures, null, '\t')}\n`);

/** Formats ms as seconds, such as 3.21 s. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Formats a number with grouped thousands. */
export const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');
