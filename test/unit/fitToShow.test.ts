import { fitToShow } from '../../nodes/shared/result/fitToShow';
import type { DecisionResult } from '../../nodes/shared/service';
import { isTaskId } from '../../nodes/shared/progeny/endpoints';
import { JUDGES, PLAIN, task } from './judges';

const PHOTO = Buffer.from(Array.from({ length: 900 }, (_, i) => (i * i * 97 + i * 31 + 13) % 256));
const base64url = PHOTO.toString('base64url');
const pieces = (width: number) => base64url.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

describe.each([58, 40, 31, 28, 20, 12, 9])('a photo in pieces of %i characters', (width) => {
	const codes = pieces(width).map((piece) => `x${piece}`);
	const issuesOf = (entries: Array<[string, string]>) => ({
		issues: { liveness: Object.fromEntries(entries) },
	});
	test.each<[string, Record<string, unknown>]>([
		['codes', issuesOf(codes.map((code) => [code, '']))],
		['names of checks', { issues: Object.fromEntries(codes.map((code) => [code, { LOW: '' }])) }],
		['messages', issuesOf(codes.map((code, i) => [`LOW_${'A'.repeat(i % 40)}`, code]))],
	])('is not shown in %s', (_, data) => {
		for (const { judge } of Object.values(JUDGES)) {
			const shown = JSON.stringify(fitToShow(judge(task(data), PLAIN) as DecisionResult, PLAIN));
			const found = codes.slice(0, 100).filter((code) => shown.includes(code));
			// A piece by itself may look like words.
			expect(found.join('').length).toBeLessThan(0.1 * codes.slice(0, 100).join('').length);
		}
	});
});

const result: DecisionResult = { decision: 'fail', reasons: ['PROBABILITY_0.43', '43', 'NOT_LIVE'] };
const issue = { check: 'probability 0.43', code: 'PROBABILITY_0.43', message: '0.43 of 0.95' };
const backgroundCheck = { potentialMatch: true, riskLevel: 'at 0.43', totalMatches: 43 };

test('with Hide Scores no number of codes, checks, messages and counts is shown', () => {
	expect(fitToShow({ ...result, issues: [issue], backgroundCheck }, { hideScores: true })).toEqual({
		decision: 'fail',
		reasons: ['PROBABILITY_…', '…', 'NOT_LIVE'],
		issues: [{ check: 'probability …', code: 'PROBABILITY_…', message: '… of …' }],
		backgroundCheck: { potentialMatch: true, riskLevel: 'at …' },
	});
});

test('without it a result is unchanged', () => {
	const whole = { ...result, issues: [issue], backgroundCheck };
	expect(fitToShow(whole, { hideScores: false })).toEqual(whole);
	expect(fitToShow(result, { hideScores: false })).toEqual(result);
});

test.each<unknown>([
	...['d48eac86-228e-4933-a01d-279886a9c6b5', 'D48EAC86228E4933A01D279886A9C6B5', '2172', 'kyc:7:a.b'],
	...['01J9ZQ4W3X5Y6Z7A8B9C0D1E2F', 'task_01h455vb4pex5vsknk084sn02q'],
	'celery-task-meta-d48eac86-228e-4933-a01d-279886a9c6b5',
])('%s is a task ID', (text) => {
	expect(isTaskId(text)).toBe(true);
});

test.each<unknown>([
	...['', 'a b', 'a/b', '<a/href=//evil.example/login>Log-in-again</a>', 'a'.repeat(201), 'a"b', 'ä', 'a=b'],
	...[pieces(200)[0], pieces(33)[3], PHOTO.toString('hex').slice(0, 48), 42, null],
])('%p is not a task ID', (text) => {
	expect(isTaskId(text)).toBe(false);
});
