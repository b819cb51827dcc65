import { Row } from './mainExample';

const HEAD = ['item', 'photo', 'decision', 'reasons', 'match', 'liveness', 'time'];

/** The rows as text, one column under the other. */
export function tableOf(rows: Row[]): string {
	const lines = [HEAD, ...rows.map(cells)];
	const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
	return lines
		.map(
			(line) =>
				`  ${line
					.map((cell, column) => cell.padEnd(widths[column]!))
					.join('  ')
					.trimEnd()}`,
		)
		.join('\n');
}

function cells({ item, photo, decision, reasons, matchPercent, liveness, milliseconds }: Row): string[] {
	return [
		String(item),
		photo,
		decision,
		reasons.join(', ') || '-',
		matchPercent === undefined ? '-' : `${matchPercent.toFixed(0)} %`,
		liveness === undefined ? '-' : liveness.toFixed(2),
		milliseconds === undefined ? '-' : `${(milliseconds / 1000).toFixed(1)} s`,
	];
}
