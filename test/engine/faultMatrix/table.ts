import type { TaskAnswer } from '../../unit/documented';
import type { NodeName } from '../support/services';
import { NOT_FOUND } from '../support/answers';
import { answer, type Act } from '../support/wireServer';

/** The step of a check that the fault hits. */
export const STEPS = ['login', 'submit', 'first poll', 'later poll', 'renewed login'] as const;
export type Step = (typeof STEPS)[number];

/**
 * One cell of the matrix: the outcome, then the logins, submits and polls that the server saw. The outcome
 * is the true decision if the node recovers, else the code of the failure. "4+" is four or more.
 */
export type Cell = `${string} ${string}/${string}/${string}`;
/** The fault strikes once, or for good. */
export type Cells = [once: Cell, always: Cell];
type Row = Partial<Record<Step, Cells>>;

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
/** A connection that is never made: the server sees nothing of it, and certainly accepts nothing. */
const noConnection: Row = {
	login: ['pass 1/1/1', 'UNREACHABLE 0/0/0'],
	submit: ['pass 1/1/1', 'UNREACHABLE 1/0/0'],
	'first poll': ['pass 1/1/1', 'TIMED_OUT 1/1/0'],
	'later poll': ['pass 1/1/2', 'TIMED_OUT 1/1/1'],
	'renewed login': ['pass 2/1/3', 'UNREACHABLE 1/1/2+'],
};
/** A connection or server that breaks: an upload may have been accepted, everything else can be sent again. */
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
/** The URL of another host, and the service's answer for a good face. */
interface Circumstances {
	foreign: string;
	good: TaskAnswer;
}

/** The server's faults, each with the required outcome at each step. */
type Fault = [act: Act | ((circumstances: Circumstances) => Act), row: Row];

const EXPIRED = { detail: 'Given token not valid for any token type', code: 'token_not_valid' };
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };
const page = '<!doctype html><html><body><h1>Bad gateway</h1></body></html>';
const THROTTLED = { detail: 'Request was throttled. Expected available in 1 second.' };
const retryAfter = (value: string) => answer(429, THROTTLED, { 'retry-after': value });

/** The fault matrix, of what only a connection shows and of each outcome; `unit/outcomes` has every status. */
export const matrix: Record<string, Fault> = {
	'connection refused': [{ do: 'refuse' }, noConnection],
	'host name not found': [{ do: 'unresolved', code: 'ENOTFOUND' }, noConnection],
	'host name look-up fails': [{ do: 'unresolved', code: 'EAI_AGAIN' }, noConnection],
	'reset before the request is read': [{ do: 'resetOnConnect' }, brokenConnection],
	'reset after the body is read': [{ do: 'resetAfterBody' }, brokenConnection],
	'reset mid-answer': [{ do: 'cutMidAnswer', by: 'reset' }, brokenConnection],
	'closed mid-answer': [{ do: 'cutMidAnswer', by: 'close' }, brokenConnection],
	'silent until the timeout': [{ do: 'silence' }, brokenConnection],
	'slow drip': [{ do: 'drip', everyMs: 5000 }, brokenConnection],
	'400 with field messages': [
		answer(400, { uuid: ['Must be a valid UUID.'] }),
		{ ...loginEnds('LOGIN_REJECTED'), ...submitEnds('SUBMIT_REJECTED'), ...pollEnds('BAD_RESPONSE') },
	],
	'400 about the task ID': [answer(400, { id: ['Must be a valid UUID.'] }), pollEnds('TASK_NOT_FOUND')],
	'HTTP 401': [
		answer(401, EXPIRED),
		{
			...loginEnds('LOGIN_REJECTED'),
			submit: ['pass 2/2/1', 'LOGIN_REJECTED 2/3/0'],
			'first poll': ['pass 2/1/2', 'LOGIN_REJECTED 2/1/3'],
			'later poll': ['pass 2/1/3', 'LOGIN_REJECTED 2/1/4'],
		},
	],
	'HTTP 403': [
		answer(403, FORBIDDEN),
		{ ...loginEnds('FORBIDDEN'), ...submitEnds('FORBIDDEN'), ...pollEnds('FORBIDDEN') },
	],
	'HTTP 404': [answer(404, NOT_FOUND), { ...oddAnswer, ...submitEnds('SUBMIT_REJECTED'), ...pollAgain }],
	'429, Retry-After in seconds': [retryAfter('1'), throttled],
	'429, Retry-After of over a minute': [
		retryAfter('61'),
		{ ...throttled, ...loginEnds('RATE_LIMITED'), ...submitEnds('RATE_LIMITED') },
	],
	'HTTP 500': [answer(500, { detail: 'A server error occurred.' }), brokenConnection],
	// It lets nothing through, but may let the next poll through.
	'200 with HTML': [answer(200, page), { ...oddAnswer, ...pollAgain }],
	'200 with truncated JSON': [
		answer(200, '{"id": "d48eac86-228e', { 'content-type': 'application/json' }),
		{ ...oddAnswer, ...pollThrice },
	],
	'FAILURE with a message': [
		answer(200, { id: 2192, status: 'FAILURE', result: 'provider gone' }),
		pollEnds('TASK_FAILED'),
	],
	'400, body says yes': [
		({ good }) => answer(400, good),
		{ ...submitEnds('SUBMIT_REJECTED'), ...pollEnds('review') },
	],
	'302 to another host, body says yes': [
		({ foreign, good }) => answer(302, good, { location: foreign }),
		{ ...oddAnswer, ...pollEnds('BAD_RESPONSE') },
	],
};

/** Returns the outcome in a cell. */
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

/** Returns the cases of the matrix for one node, each with its title: rows for `test.each`. */
export const casesOf = (node: NodeName): Array<[title: string, Case]> =>
	Object.entries(matrix).flatMap(([fault, [, row]]) =>
		STEPS.flatMap((step) =>
			(row[step] ?? []).map((cell, i): [string, Case] => {
				const lasts = i === 0 ? 'once' : 'always';
				return [`${fault}, ${step}, ${lasts}: ${cell}`, { node, fault, step, lasts, cell }];
			}),
		),
	);
