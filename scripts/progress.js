const terminal = process.stdout.isTTY === true;

/** The running steps with their progress, the oldest first. */
const underWay = new Set();

/**
 * Shows that a long step is alive: one line that changes on a terminal, which steps at the same time share; a line every ten seconds
 * elsewhere.
 *
 * @param {string} what the step
 * @param {() => string} measure how far it is, asked about once a second
 * @returns {{ end: (how: string) => void }} `end` writes the last line with the seconds that it took
 */
function showProgress(what, measure) {
	const start = Date.now();
	const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
	const current = () => `${what}: ${measure()}, ${seconds()}`;
	underWay.add(current);
	if (terminal) redraw();
	else console.log(`${what} ...`);
	const timer = setInterval(() => (terminal ? redraw() : console.log(current())), terminal ? 1000 : 10_000);
	return {
		end(how) {
			clearInterval(timer);
			underWay.delete(current);
			say(`${what}: ${how}, ${seconds()}`);
		},
	};
}

/** Writes a line of its own, above that of the steps that are under way. */
function say(text) {
	console.log(terminal ? `\r\x1b[2K${text}` : text);
	if (terminal) redraw();
}

function redraw() {
	const all = [...underWay].map((current) => current()).join(' | ');
	process.stdout.write(`\r\x1b[2K${all.slice(0, (process.stdout.columns || 80) - 1)}`);
}

module.exports = { say, showProgress };
