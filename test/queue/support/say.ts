const start = Date.now();

/** Prints the run's progress on the terminal. */
export function say(text: string): void {
	const seconds = ((Date.now() - start) / 1000).toFixed(0).padStart(4);
	process.stderr.write(`${seconds} s  ${text}\n`);
}
