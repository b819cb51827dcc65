import { Row } from './mainExample';
import type { Onboarded } from './onboarding';

const CHECKED = ['item', 'photo', 'decision', 'reasons', 'match', 'liveness', 'time'];
const ONBOARDED = ['e-mail', 'passport', 'decision', 'reasons', 'name read', 'enrolled', 'time'];

/** Formats the main example's rows as text, one column under the other. */
export const tableOf = (rows: Row[]): string => aligned([CHECKED, ...rows.map(cells)]);

/** Formats an application in the same way. */
export const applicationTable = (one: Onboarded): string =>
	aligned([
		ONBOARDED,
		[
			one.email,
			one.passport,
			one.decision,
			one.reasons.join(', ') || '-',
			one.name ?? '-',
			one.uuid ?? 'no',
			seconds(one.milliseconds),
		],
	]);

function aligned(lines: string[][]): string {
	const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
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
		seconds(milliseconds),
	];
}

const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`);
