/** Prints the fault matrix as Markdown: `npx tsx test/engine/faults.markdown.ts`. The cells are those that faults.test.ts proves. */
import { STEPS } from './faults.acts';
import { gigantic, matrix, type Cells } from './faults.table';

const shown = (cells: Cells | undefined): string => {
	if (cells === undefined) return '';
	const [once, always] = cells;
	return once === always ? once : `${once}; for good: ${always}`;
};

/** The matrix as a Markdown table: faults in rows, steps in columns, "outcome logins/submits/polls" in cells. */
export function markdown(): string {
	const rows = Object.entries({ ...matrix, ...gigantic }).map(
		([fault, row]) => `| ${fault} | ${STEPS.map((step) => shown(row[step])).join(' | ')} |`,
	);
	return [
		`| What the server does | ${STEPS.join(' | ')} |`,
		`|---|${STEPS.map(() => '---|').join('')}`,
		...rows,
	].join('\n');
}

process.stdout.write(`${markdown()}\n`);
