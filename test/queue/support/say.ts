const start = Date.now();

/** Says on the terminal how far the run is. */
export function say(text: string): void {
	const seconds = ((Date.now() - start) / 1000).toFixed(0).padStart(4);
	process.stderr.write(`${seconds} s  ${text}\n`);
}
