import type { NodeName } from '../support/engine';
import { STEPS, type Step } from './acts';
import type { Cell, Row } from './table';

/** One run: the fault strikes one request of the step, or every one from there on. */
export interface Case {
	node: NodeName;
	fault: string;
	step: Step;
	lasts: 'once' | 'always';
	/** What must come of it. */
	cell: Cell;
}

/** The cases of a table for one node, each with its title: rows for `test.each`. */
export const casesOf = (table: Record<string, Row>, node: NodeName): Array<[title: string, Case]> =>
	Object.entries(table).flatMap(([fault, row]) =>
		STEPS.flatMap((step) =>
			(row[step] ?? []).map((cell, i): [string, Case] => {
				const lasts = i === 0 ? 'once' : 'always';
				return [`${fault}, ${step}, ${lasts}: ${cell}`, { node, fault, step, lasts, cell }];
			}),
		),
	);
