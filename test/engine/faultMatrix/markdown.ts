/** Prints the fault matrix as Markdown: `npx tsx test/engine/faultMatrix/markdown.ts`. The cells are those that faultMatrix.test.ts proves. */
import { STEPS } from './acts';
import { gigantic, matrix, outcomeIn, type Cells, type Row } from './table';

const shown = (cells: Cells | undefined): string => {
	if (cells === undefined) return '';
	const [once, always] = cells;
	return once === always ? once : `${once}; for good: ${always}`;
};

/** Of the answers of 50 MB only the outcome of a single one is proven. */
const shownOutcome = (cells: Cells | undefined): string => (cells === undefined ? '' : outcomeIn(cells[0]));

const tableRows = (table: Record<string, Row>, show: (cells: Cells | undefined) => string): string[] =>
	Object.entries(table).map(
		([fault, row]) => `| ${fault} | ${STEPS.map((step) => show(row[step])).join(' | ')} |`,
	);

/** The matrix as a Markdown table: faults in rows, steps in columns, "outcome logins/submits/polls" in cells. */
export function markdown(): string {
	return [
		`| What the server does | ${STEPS.join(' | ')} |`,
		`|---|${STEPS.map(() => '---|').join('')}`,
		...tableRows(matrix, shown),
		...tableRows(gigantic, shownOutcome),
	].join('\n');
}

process.stdout.write(`${markdown()}\n`);
