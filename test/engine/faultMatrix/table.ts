import type { NodeName } from '../support/services';
import { STEPS, type Step } from './acts';

/**
 * One cell of the matrix: the outcome, then the logins, submits and polls that the server saw. The outcome
 * is the true decision if the node recovers, else the code of the failure. "4+" is four or more.
 */
export type Cell = `${string} ${string}/${string}/${string}`;
/** The fault strikes once, or for good. */
export type Cells = [once: Cell, always: Cell];
export type Row = Partial<Record<Step, Cells>>;

const both = (cell: Cell): Cells => [cell, cell];

/** The login ends the item at once: another one would not help, or might prolong a lock of the account. */
const loginEnds = (code: string): Row => ({
	login: both(`${code} 1/0/0`),
	'renewed login': both(`${code} 2/1/2`),
});
/** The login is tried again, three times in all; then it ends the item. */
const loginAgain = (code: string): Row => ({
	login: ['pass 2/1/1', `${code} 3/0/0`],
	'renewed login': ['pass 3/1/3+', `${code} 4/1/2+`],
});
/** The upload ends the item at once and is never sent again. */
const submitEnds = (code: string): Row => ({ submit: both(`${code} 1/1/0`) });
/** The upload is sent again, three times at most, for the server did not take it. */
const submitAgain = (code: string): Row => ({ submit: ['pass 1/2/1', `${code} 1/4/0`] });
/** The task is polled again until the deadline. */
const pollAgain: Row = {
	'first poll': ['pass 1/1/2', 'TIMED_OUT 1/1/2+'],
	'later poll': ['pass 1/1/3', 'TIMED_OUT 1/1/3+'],
};
/** The task is polled again, but three odd answers in a row end the item. */
const pollThrice: Row = {
	'first poll': ['pass 1/1/2', 'BAD_RESPONSE 1/1/3'],
	'later poll': ['pass 1/1/3', 'BAD_RESPONSE 1/1/4'],
};
/** The answer ends the item at once. */
const pollEnds = (outcome: string): Row => ({
	'first poll': both(`${outcome} 1/1/1`),
	'later poll': both(`${outcome} 1/1/2`),
});
const oddAnswer: Row = { ...loginEnds('BAD_RESPONSE'), ...submitEnds('BAD_RESPONSE') };
/** A connection that is never made: the server sees nothing of it, and certainly takes nothing. */
const noConnection: Row = {
	login: ['pass 1/1/1', 'UNREACHABLE 0/0/0'],
	submit: ['pass 1/1/1', 'UNREACHABLE 1/0/0'],
	'first poll': ['pass 1/1/1', 'TIMED_OUT 1/1/0'],
	'later poll': ['pass 1/1/2', 'TIMED_OUT 1/1/1'],
	'renewed login': ['pass 2/1/3', 'UNREACHABLE 1/1/2+'],
};
/** A connection or server that breaks: an upload may have been taken, everything else can be sent again. */
const brokenConnection: Row = {
	...loginAgain('UNREACHABLE'),
	...submitEnds('OUTCOME_UNKNOWN'),
	...pollAgain,
};
/** The upload is sent again until two minutes are over. */
const throttled: Row = {
	...loginAgain('RATE_LIMITED'),
	submit: ['pass 1/2/1', 'RATE_LIMITED 1/10/0'],
	...pollAgain,
};
/** Certainly not accepted: everything is sent again. */
const unavailable: Row = { ...brokenConnection, ...submitAgain('UNREACHABLE') };
/** A page from something in front of Progeny: it lets nothing through, but may let the next poll through. */
const pageInFront: Row = { ...oddAnswer, ...pollAgain };
const redirected: Row = { ...oddAnswer, ...pollEnds('BAD_RESPONSE') };

/** The fault matrix: the server's fault, its step, and the required outcome. */
export const matrix: Record<string, Row> = {
	'connection refused': noConnection,
	'host name not found': noConnection,
	'host name look-up fails': noConnection,
	'reset before the request is read': brokenConnection,
	'reset after the body is read': brokenConnection,
	'reset mid-answer': brokenConnection,
	'closed mid-answer': brokenConnection,
	'silent until the timeout': brokenConnection,
	'slow drip': brokenConnection,
	'400 with field messages': {
		...loginEnds('LOGIN_REJECTED'),
		...submitEnds('SUBMIT_REJECTED'),
		...pollEnds('BAD_RESPONSE'),
	},
	'400 about the task ID': pollEnds('TASK_NOT_FOUND'),
	'HTTP 401': {
		...loginEnds('LOGIN_REJECTED'),
		submit: ['pass 2/2/1', 'LOGIN_REJECTED 2/3/0'],
		'first poll': ['pass 2/1/2', 'LOGIN_REJECTED 2/1/3'],
		'later poll': ['pass 2/1/3', 'LOGIN_REJECTED 2/1/4'],
	},
	'HTTP 403': { ...loginEnds('FORBIDDEN'), ...submitEnds('FORBIDDEN'), ...pollEnds('FORBIDDEN') },
	'HTTP 404': {
		...loginEnds('BAD_RESPONSE'),
		...submitEnds('SUBMIT_REJECTED'),
		'first poll': ['pass 1/1/2', 'TIMED_OUT 1/1/2+'],
		'later poll': ['pass 1/1/3', 'TIMED_OUT 1/1/3+'],
	},
	'403 with an HTML page': pageInFront,
	'HTTP 407': {
		...loginEnds('UNREACHABLE'),
		...submitEnds('UNREACHABLE'),
		...pollEnds('UNREACHABLE'),
	},
	'HTTP 413': { ...pageInFront, ...submitEnds('IMAGE_TOO_LARGE') },
	'429, Retry-After in seconds': throttled,
	'429, Retry-After of a year': {
		...throttled,
		...loginEnds('RATE_LIMITED'),
		...submitEnds('RATE_LIMITED'),
	},
	'HTTP 500': brokenConnection,
	'HTTP 503': brokenConnection,
	'HTTP 425': unavailable,
	'302 to another host': redirected,
	'HTTP 204': pageInFront,
	'200 with HTML': pageInFront,
	'200 with truncated JSON': { ...oddAnswer, ...pollThrice },
	'200 with an array': { ...oddAnswer, ...pollThrice },
	'200 with null': pageInFront,
	'task ID missing': submitEnds('BAD_RESPONSE'),
	'status unknown': pollAgain,
	'FAILURE with a message': pollEnds('TASK_FAILED'),
	'SUCCESS without result': pollThrice,
	'result.status 500, else good': pollEnds('review'),
	'keys __proto__ and constructor': pollEnds('fail'),
	'HTTP 500, body says yes': { ...submitEnds('OUTCOME_UNKNOWN'), ...pollAgain },
	'HTTP 403, body says yes': { ...submitEnds('FORBIDDEN'), ...pollEnds('FORBIDDEN') },
	'HTTP 400, body says yes': { ...submitEnds('SUBMIT_REJECTED'), ...pollEnds('review') },
	'HTTP 302, body says yes': redirected,
};

/** Answers of 50 MB. They are run one by one, for each takes the memory and the time that it takes. */
export const gigantic: Record<string, Row> = {
	'50 MB page': { ...oddAnswer, ...submitEnds('OUTCOME_UNKNOWN'), ...pollThrice },
	'50 MB in one field': { ...oddAnswer, ...submitEnds('OUTCOME_UNKNOWN'), ...pollThrice },
};
/** The outcome in a cell. */
export const outcomeIn = (cell: string): string => cell.split(' ')[0]!;

/** True if the outcome of a run is the cell's. */
export function isIn(result: string, cell: Cell): boolean {
	const parts = result.split(/[ /]/);
	return cell
		.split(/[ /]/)
		.every((part, i) => part === parts[i] || (part.endsWith('+') && Number(parts[i]) >= parseInt(part)));
}

/** One run: the fault strikes one request of the step, or every one from there on. */
export interface Case {
	node: NodeName;
	fault: string;
	step: Step;
	lasts: 'once' | 'always';
	/** The required outcome. */
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
