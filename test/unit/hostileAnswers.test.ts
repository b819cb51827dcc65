import { redactorOf } from '../../nodes/shared/progeny/redact';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import { JUDGES, JUDGE_ROWS, PLAIN, task } from './judges';
import { rowsFor } from '../support/thorough';

const { authenticateFace } = JUDGES;
const YES = { result: true };
const BOTH = { authentication: YES, liveness: YES };
const SHOW_ALL = { ...PLAIN, includeProviderData: true };

const hostile = JSON.parse(`{
	"id": 1, "status": "SUCCESS", "__proto__": { "polluted": true },
	"result": { "status": 200, "__proto__": { "data": { "polluted": true } }, "constructor": { "prototype": { "polluted": true } },
		"data": {
			"__proto__": { "authentication": { "result": true }, "polluted": true },
			"constructor": { "result": true },
			"authentication": { "result": true, "__proto__": { "polluted": true },
				"data": { "__proto__": { "polluted": true }, "constructor": { "prototype": { "polluted": true } }, "scorePercent": "50" } },
			"liveness": { "__proto__": { "result": true }, "data": { "toString": "x" } },
			"issues": { "__proto__": { "CODE": "x" }, "constructor": { "__proto__": "y" } }
		} } }`) as Record<string, unknown>;

test('keys that mean something to JavaScript do not pollute the output or Object.prototype', () => {
	const redacted = redactorOf(['x'])(hostile) as typeof hostile;
	const found = authenticateFace.judge(redacted, SHOW_ALL) as object as Record<string, unknown>;
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(Object.keys(Object.prototype)).toEqual([]);
	for (const name of ['authentication', 'liveness', 'providerData']) {
		const object = found[name] as { polluted?: unknown };
		expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
		expect(Object.hasOwn(object, '__proto__')).toBe(false);
		expect(object.polluted).toBeUndefined();
	}
});

const keys = (count: number, value: unknown = 'x') =>
	Object.fromEntries(Array.from({ length: count }, (_, i) => [`key_${i}`, value]));
const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown;

/** Answers that pass every node, and are too large to be read whole. */
const DATA = { ...Object.assign({}, ...JUDGE_ROWS.map(([, { passing }]) => passing.result.data)), ...BOTH };
const MANY_KEYS = { ...keys(12_000), ...DATA };
const TOO_LARGE: Array<[string, Record<string, unknown>]> = [
	['keys before the result', { ...keys(12_000), ...task(DATA) }],
	['keys before the checks', task({ ...keys(12_000), ...DATA })],
	['keys in a check', task({ ...DATA, liveness: { ...keys(12_000), ...YES } })],
	['codes', task({ ...DATA, issues: { liveness: keys(12_000) } })],
	['a long list', task({ ...DATA, raw: Array.from({ length: 12_000 }, () => 'x') })],
	['lists within a list', task({ ...DATA, raw: Array.from({ length: 30_000 }, () => [[]]) })],
	['levels', task({ ...DATA, raw: nested(12_000) })],
	['keys in a result that is JSON text', { ...task(null), result: JSON.stringify({ data: MANY_KEYS }) }],
];

describe('an answer too large to be read whole is never a pass', () => {
	const cases = JUDGE_ROWS.flatMap(([node, { judge }]) =>
		rowsFor(node, TOO_LARGE).map(([name, answer]) => [node, name, judge, answer] as const),
	);

	test.each(cases)('%s, for its %s', (_node, _name, judge, answer) => {
		const polled = pollOutcome({ kind: 'answer', status: 200, body: redactorOf(['hunter2'])(answer) }, 0);
		if (polled.kind !== 'finished') throw new Error(polled.kind);
		const found = judge(polled.task, SHOW_ALL);
		expect(found).toMatchObject({ decision: 'review', reasons: expect.arrayContaining(['CONTRADICTORY']) });
		expect(JSON.stringify(found).length).toBeLessThan(1_000_000);
	});
});

test('the checks of an answer that was cut are still read, and its note is shown', () => {
	const answer = task({ ...keys(12_000), liveness: { result: false }, ...{ authentication: YES } });
	const cut = redactorOf([])(answer) as Record<string, unknown>;
	expect(authenticateFace.judge(cut)).toMatchObject({
		decision: 'fail',
		reasons: ['NOT_LIVE'],
		issues: [{ check: 'task', code: '', message: 'The answer is too large to be read whole.' }],
	});
});

test('a normal answer with one long text passes', () => {
	const answer = task({ ...BOTH, portrait: 'A'.repeat(3_000_000), raw: keys(2_000, keys(10)) });
	const cut = redactorOf(['hunter2'])(answer) as Record<string, unknown>;
	expect(authenticateFace.judge(cut, SHOW_ALL).decision).toBe('pass');
});

test.each([1000, 100_000])('an answer nested %p levels deep does not throw and is not shown', (levels) => {
	const authentication = { result: true, error: nested(levels) };
	const liveness = { result: true, data: { deep: nested(levels) } };
	for (const answer of [task({ authentication, liveness }), task({ ...BOTH, issues: nested(levels) })]) {
		const found = authenticateFace.judge(answer, SHOW_ALL);
		expect(found.decision).toBe('review');
		expect(JSON.stringify(found).length).toBeLessThan(5000);
	}
});

test('of 2,000 codes of each check, at most a hundred are shown', () => {
	const [liveness, authentication] = [keys(2_000), keys(2_000)];
	const { issues, reasons } = authenticateFace.judge(task({ ...BOTH, issues: { liveness, authentication } }));
	expect(issues).toHaveLength(100);
	expect(reasons).toHaveLength(101);
});
