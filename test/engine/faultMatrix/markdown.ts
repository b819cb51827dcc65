/** Prints the fault matrix as Markdown: `npx tsx test/engine/faultMatrix/markdown.ts`. The cells are those that faultMatrix.test.ts proves. */
import { STEPS, matrix, type Cells } from './table';

const shown = (cells: Cells | undefined): string => {
	if (cells === undefined) return '';
	const [once, always] = cells;
	return once === always ? once : `${once}; for good: ${always}`;
};

/** The matrix as a Markdown table: faults in rows, steps in columns, "outcome logins/submits/polls" in cells. */
const markdown = [
	`| What the server does | ${STEPS.join(' | ')} |`,
	`|---|${STEPS.map(() => '---|').join('')}`,
	...Object.entries(matrix).map(
		([fault, [, row]]) => `| ${fault} | ${STEPS.map((step) => shown(row[step])).join(' | ')} |`,
	),
].join('\n');

process.stdout.write(`${markdown}\n`);
