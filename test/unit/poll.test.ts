import { messages } from '../../nodes/shared/errors/messages';
import type { PollOutcome } from '../../nodes/shared/task/outcomes';
import { NO_PROGRESS, timeoutError, progressAfter, type Progress } from '../../nodes/shared/task/poll';

const notYet: PollOutcome = { kind: 'unfinished' };
const unknown: PollOutcome = { kind: 'unknownTask', error: messages.taskNotFound('Not found.') };
const failed: PollOutcome = { kind: 'pollFailed', reason: 'Progeny answered with HTTP 502', waitMs: 700 };
const page: PollOutcome = { kind: 'badBody', error: messages.badTaskResponse(200, 'an HTML page') };

/** Returns the progress after these outcomes of polls, a second apart. */
const after = (...outcomes: PollOutcome[]): Progress =>
	outcomes.reduce((progress, outcome, i) => progressAfter(progress, outcome, 1000 * (i + 1)), NO_PROGRESS);

test.each<[string, PollOutcome[], Partial<Progress>]>([
	['nothing asked', [], { polls: 0, failedPolls: 0, unfinishedMs: 0 }],
	['not yet, twice', [notYet, notYet], { polls: 2, failedPolls: 0, unfinishedMs: 2000 }],
	['unknown counts as not yet', [unknown], { polls: 1, unfinishedMs: 1000 }],
	[
		'failed polls add up',
		[failed, failed, page],
		{ polls: 3, failedPolls: 3, badBodies: 1, unfinishedMs: 0 },
	],
	[
		'an answer ends them',
		[failed, page, notYet],
		{ failedPolls: 0, badBodies: 0, failure: '', retryAfterMs: undefined },
	],
	['Retry-After is that of the last answer', [failed], { retryAfterMs: 700 }],
	['pages in a row are counted', [page, page], { badBodies: 2 }],
	[
		'a cut connection between pages starts the count anew',
		[page, failed, page],
		{ badBodies: 1, failedPolls: 3 },
	],
])('%s', (_, outcomes, expected) => {
	expect(after(...outcomes)).toMatchObject(expected);
});

test.each<[string, PollOutcome[], string]>([
	['never asked', [], 'TIMED_OUT'],
	['only unknown', [unknown, unknown], 'TASK_NOT_FOUND'],
	['unknown, then not yet', [unknown, notYet], 'TIMED_OUT'],
	['not yet, then unknown', [notYet, unknown], 'TIMED_OUT'],
	['a failed poll tells nothing about the task', [unknown, failed, unknown], 'TASK_NOT_FOUND'],
	['unknown, and then only failed polls', [unknown, failed], 'TIMED_OUT'],
])('timeoutError, %s: %s', (_, outcomes, code) => {
	expect(timeoutError(after(...outcomes), 2000, false).code).toBe(code);
	// A task that was submitted a moment ago may wait in a queue.
	expect(timeoutError(after(...outcomes), 2000, true).code).toBe('TIMED_OUT');
});

const broken: PollOutcome = { kind: 'pollFailed', reason: 'HTTP 500', waitMs: undefined, status: 500 };
test.each<[string, PollOutcome[], RegExp]>([
	[
		'a lasting 500 after an answer',
		[notYet, broken, broken, broken],
		/keeps failing when it is asked.*\(HTTP 500\)/,
	],
	['a lasting 500 from the start', [broken, broken, broken], /^No result within 2 seconds; HTTP 500$/],
	['a 500 that came twice', [notYet, broken, failed, broken, broken], /; HTTP 500$/],
	[
		'the last state before a failed poll',
		[{ kind: 'unfinished', words: 'STARTED' }, failed],
		/Progeny last said: STARTED$/,
	],
	[
		"n8n's words about a failed poll as well",
		[
			{ kind: 'unfinished', words: 'STARTED' },
			{ ...failed, words: 'database is locked' },
		],
		/ HTTP 502: database is locked; Progeny last said: STARTED$/,
	],
])('timeoutError, %s', (_, outcomes, message) => {
	expect(timeoutError(after(...outcomes), 2000, true).message).toMatch(message);
});

test('timeoutError names the failure of the last poll', () => {
	expect(timeoutError(after(failed), 2000, false).message).toBe(
		'No result within 2 seconds; Progeny answered with HTTP 502',
	);
	expect(timeoutError(after(failed, notYet), 2000, false).message).toBe('No result within 2 seconds');
	expect(timeoutError(after({ kind: 'unfinished', words: 'queue is down' }), 2000, false).message).toBe(
		'No result within 2 seconds; Progeny last said: queue is down',
	);
	expect(
		timeoutError(after({ kind: 'unfinished', words: 'gone' }, notYet), 2000, false).message,
	).not.toContain('gone');
});

test("Hide Scores keeps the numbers of the time limit, but none in Progeny's words", () => {
	const said: PollOutcome = { kind: 'unfinished', words: 'probability 0.43' };
	expect(timeoutError(after(said), 2000, false).about('task').hidingScores().message).toBe(
		'No result within 2 seconds; Progeny last said: probability …',
	);
	expect(timeoutError(after(failed), 2000, false).about('task').hidingScores().message).toContain('HTTP 502');
});
