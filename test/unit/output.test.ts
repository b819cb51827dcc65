import { messages } from '../../nodes/shared/errors/messages';
import { resultOutput, submitOutput } from '../../nodes/shared/item/output';

const ORIGIN = { taskId: 't-1', echoed: { uuid: 'u-1' }, submittedAt: '2026-01-01', receipt: 'pgr1.a.b' };

test('Submit Photo puts out the task ID, the receipt, what was sent and when, and no key without a value', () => {
	const { echoed, ...others } = ORIGIN;
	expect(submitOutput(ORIGIN)).toStrictEqual({ ...others, ...echoed });
	expect(submitOutput({ ...ORIGIN, reference: 'order-7' })).toHaveProperty('reference', 'order-7');
});

describe('resultOutput', () => {
	const LIVENESS = { affirmative: 'live' };
	const decided = { decision: 'pass' as const, reasons: [], liveness: { result: true } };
	const ended = { kind: 'finished', task: {}, polls: 2, elapsedMs: 1200.4 } as const;

	test('puts the decision, its reasons and whose it is first', () => {
		const keys = Object.keys(resultOutput(LIVENESS, decided, ORIGIN, ended));
		expect(keys).toEqual(['live', 'decision', 'reasons', 'uuid', 'liveness', 'taskId', 'timing']);
	});

	test('groups the times; a bare task ID does not tell when it was submitted', () => {
		const { timing } = resultOutput(LIVENESS, decided, { taskId: 't-1', echoed: {} }, ended);
		expect(timing).toEqual({ completedAt: expect.any(String), elapsedMs: 1200, polls: 2 });
	});

	test('has the receipt if the result has yet to be fetched, and no time of a result', () => {
		const error = messages.timedOut(1, '');
		const timedOut = { kind: 'timedOut', error, polls: 1, elapsedMs: 1000 } as const;
		const reviewed = { ...decided, decision: 'review' as const };
		const output = resultOutput(LIVENESS, reviewed, { ...ORIGIN, reference: 'r' }, timedOut);
		expect(output).toMatchObject({ receipt: 'pgr1.a.b', reference: 'r' });
		expect(output.timing).not.toHaveProperty('completedAt');
	});
});
