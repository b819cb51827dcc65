const start = Date.now();

/** Prints the run's progress, or a measured figure, on the terminal. */
export function say(text: string): void {
	const seconds = ((Date.now() - start) / 1000).toFixed(0).padStart(4);
	process.stderr.write(`${seconds} s  ${text}\n`);
}

/** Formats ms as seconds, such as 3.21 s. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
