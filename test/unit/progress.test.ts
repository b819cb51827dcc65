import { messages } from '../../nodes/shared/errors/messages';
import type { PollOutcome } from '../../nodes/shared/task/outcomes';
import { NO_PROGRESS, timeoutError, progressAfter, type Progress } from '../../nodes/shared/task/progress';

const notYet: PollOutcome = { kind: 'unfinished' };
const unknown: PollOutcome = { kind: 'unknownTask', error: messages.taskNotFound('Not found.') };
const trouble: PollOutcome = { kind: 'trouble', reason: 'Progeny answered with HTTP 502', waitMs: 700 };
const page: PollOutcome = { kind: 'unreadable', error: messages.badTaskResponse(200, 'an HTML page') };

/** The wait after these outcomes, asked a second apart. */
const after = (...outcomes: PollOutcome[]): Progress =>
	outcomes.reduce((progress, outcome, i) => progressAfter(progress, outcome, 1000 * (i + 1)), NO_PROGRESS);

test.each<[string, PollOutcome[], Partial<Progress>]>([
	['nothing asked', [], { polls: 0, troubles: 0, unfinishedMs: 0 }],
	['not yet, twice', [notYet, notYet], { polls: 2, troubles: 0, unfinishedMs: 2000 }],
	['unknown counts as not yet', [unknown], { polls: 1, unfinishedMs: 1000 }],
	['troubles add up', [trouble, trouble, page], { polls: 3, troubles: 3, unreadable: 1, unfinishedMs: 0 }],
	[
		'an answer ends them',
		[trouble, page, notYet],
		{ troubles: 0, unreadable: 0, trouble: '', retryAfterMs: undefined },
	],
	['Retry-After is that of the last answer', [trouble], { retryAfterMs: 700 }],
	['pages in a row are counted', [page, page], { unreadable: 2 }],
	[
		'a cut connection between pages starts the count anew',
		[page, trouble, page],
		{ unreadable: 1, troubles: 3 },
	],
])('%s', (_, outcomes, expected) => {
	expect(after(...outcomes)).toMatchObject(expected);
});

test.each<[string, PollOutcome[], string]>([
	['never asked', [], 'TIMED_OUT'],
	['only unknown', [unknown, unknown], 'TASK_NOT_FOUND'],
	['unknown, then not yet', [unknown, notYet], 'TIMED_OUT'],
	['not yet, then unknown', [notYet, unknown], 'TIMED_OUT'],
	['a trouble says nothing of the task', [unknown, trouble, unknown], 'TASK_NOT_FOUND'],
	['unknown, and then only troubles', [unknown, trouble], 'TIMED_OUT'],
])('timeoutError, %s: %s', (_, outcomes, code) => {
	expect(timeoutError(after(...outcomes), 2000, false).code).toBe(code);
	// A task that was submitted a moment ago may wait in a queue.
	expect(timeoutError(after(...outcomes), 2000, true).code).toBe('TIMED_OUT');
});

const broken: PollOutcome = { kind: 'trouble', reason: 'HTTP 500', waitMs: undefined, status: 500 };
test.each<[string, PollOutcome[], RegExp]>([
	[
		'a lasting 500 after an answer',
		[notYet, broken, broken, broken],
		/fails whenever it is asked.*\(HTTP 500\)/,
	],
	['a lasting 500 from the start', [broken, broken, broken], /^No result within 2 seconds; HTTP 500$/],
	['a 500 that came twice', [notYet, broken, trouble, broken, broken], /; HTTP 500$/],
	[
		'the last state before a trouble',
		[{ kind: 'unfinished', words: 'STARTED' }, trouble],
		/Progeny said last: STARTED$/,
	],
])('timeoutError, %s', (_, outcomes, message) => {
	expect(timeoutError(after(...outcomes), 2000, true).message).toMatch(message);
});

test('timeoutError tells the trouble that it ended with', () => {
	expect(timeoutError(after(trouble), 2000, false).message).toBe(
		'No result within 2 seconds; Progeny answered with HTTP 502',
	);
	expect(timeoutError(after(trouble, notYet), 2000, false).message).toBe('No result within 2 seconds');
	expect(timeoutError(after({ kind: 'unfinished', words: 'queue is down' }), 2000, false).message).toBe(
		'No result within 2 seconds; Progeny said last: queue is down',
	);
	expect(
		timeoutError(after({ kind: 'unfinished', words: 'gone' }, notYet), 2000, false).message,
	).not.toContain('gone');
});

test('Hide Scores keeps the numbers of the time limit, and none of those that Progeny said', () => {
	const said: PollOutcome = { kind: 'unfinished', words: 'probability 0.43' };
	expect(timeoutError(after(said), 2000, false).about('task').hidingScores().message).toBe(
		'No result within 2 seconds; Progeny said last: probability …',
	);
	expect(timeoutError(after(trouble), 2000, false).about('task').hidingScores().message).toContain(
		'HTTP 502',
	);
});
