import fc from 'fast-check';
import { redacted } from '../../nodes/shared/progeny/redact';
import type { JudgeParameters } from '../../nodes/shared/service';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import { NODES, PLAIN } from './judges';
import { mutationsOf, SEED } from './mutations';
import { at, expected } from './oracle';
import { runs } from '../support/thorough';

const parameters: fc.Arbitrary<JudgeParameters> = fc.record({
	hideScores: fc.boolean(),
	includeProviderData: fc.boolean(),
	minimums: fc.record(
		{
			minMatchPercent: fc.constantFrom<unknown>(0, 50, 99, 100, 100.5, '100', 'many', NaN, null, undefined),
			minLivenessProbability: fc.constantFrom<unknown>(0, 0.5, 0.93, 0.94, 1.1, -0.1, '0.5', '', null),
		},
		{ requiredKeys: [] },
	),
	doubts: fc.oneof(
		{ weight: 4, arbitrary: fc.constant([]) },
		{ weight: 1, arbitrary: fc.constantFrom(['NO_RECEIPT'], ['TOO_OLD'], ['NO_RECEIPT', 'TOO_OLD']) },
	),
});

/** As it came, or with its `result` as JSON text, as django-celery-results stores it. */
const asText = fc.boolean();
const withResultAsText = (answer: Record<string, unknown>) =>
	'result' in answer ? { ...answer, result: JSON.stringify(answer.result) } : answer;

describe.each(NODES)(
	'%s: any mutation of the documented answers',
	(node, { judge, affirmative, passing }) => {
		test('is decided as the documentation and the design say, and is fit for JSON', () => {
			const seen = { pass: 0, review: 0, fail: 0 };
			fc.assert(
				fc.property(mutationsOf(passing), parameters, asText, (mutated, chosen, isText) => {
					const answer = isText ? withResultAsText(mutated) : mutated;
					const before = JSON.stringify(answer);
					const found = judge(answer, chosen) as Record<string, unknown> & ReturnType<typeof judge>;
					const text = JSON.stringify(found);
					const { decision, doubts } = expected(node, answer, chosen);
					if (found.decision !== decision) throw new Error(`${decision} expected: ${text}`);
					if (found[affirmative] !== (decision === 'pass')) throw new Error(`${affirmative}: ${text}`);
					if ((found.reasons.length === 0) !== (decision === 'pass')) throw new Error(`reasons: ${text}`);
					if (doubts.some((doubt) => !found.reasons.includes(doubt))) throw new Error(`doubts: ${text}`);
					if (Object.keys(found).slice(0, 3).join() !== `${affirmative},decision,reasons`)
						throw new Error(`order: ${text}`);
					if ('error' in found) throw new Error('a top-level error key');
					if (JSON.stringify(JSON.parse(text)) !== text) throw new Error(`not stable as JSON: ${text}`);
					if (JSON.stringify(answer) !== before) throw new Error('the answer was changed');
					if (JSON.stringify(judge(structuredClone(answer), chosen)) !== text)
						throw new Error(`another result for the same answer: ${text}`);
					seen[decision]++;
				}),
				{ seed: SEED, numRuns: runs(4000) },
			);
			// The property would prove nothing if hardly any of the cases reached one of these.
			expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs(100));
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		});

		test('passes from a poll only where the job itself is in the state SUCCESS', () => {
			let passed = 0;
			fc.assert(
				fc.property(mutationsOf(passing), asText, (mutated, isText) => {
					const sent = isText ? withResultAsText(mutated) : mutated;
					const body = redacted(sent, ['a-password-of-no-answer']);
					const outcome = pollOutcome({ kind: 'answer', status: 200, body }, 0);
					if (outcome.kind !== 'finished') return;
					if (judge(outcome.task).decision !== 'pass') return;
					passed++;
					if (
						at(sent, 'status') !== 'SUCCESS' ||
						expected(node, { ...sent, httpStatus: 200 }, PLAIN).decision !== 'pass'
					)
						throw new Error('wrong pass');
				}),
				{ seed: SEED + 1, numRuns: runs(2000) },
			);
			expect(passed).toBeGreaterThan(runs(80));
		});

		test('with a doubt never passes, and without it decides the same but for that', () => {
			fc.assert(
				fc.property(mutationsOf(passing), (answer) => {
					const [plain, doubted] = [judge(answer), judge(answer, { ...PLAIN, doubts: ['NO_RECEIPT'] })];
					expect(doubted.decision).toBe(plain.decision === 'pass' ? 'review' : plain.decision);
					expect(doubted.reasons).toEqual(
						plain.decision === 'fail' ? plain.reasons : [...plain.reasons, 'NO_RECEIPT'],
					);
				}),
				{ seed: SEED + 2, numRuns: runs(500) },
			);
		});

		test('with scores hidden, shows none of the numbers that Progeny sent', () => {
			const codesOf = (value: unknown): string[] =>
				typeof value === 'object' && value !== null
					? Object.entries(value).flatMap(([key, each]) => [key, ...codesOf(each)])
					: [];
			const unnumbered = mutationsOf(passing).filter((answer) => !/\d/.test(codesOf(answer).join('')));
			fc.assert(
				fc.property(unnumbered, (answer) => {
					const hiding = { ...PLAIN, hideScores: true, includeProviderData: true };
					const found = judge(answer, hiding) as Record<string, unknown> & ReturnType<typeof judge>;
					const { issues } = found;
					const messages = (issues ?? []) as Array<{ message: string }>;
					const texts = JSON.stringify([
						{ ...found, reasons: [], uuid: null, issues: [] },
						messages.map(({ message }) => message),
					]);
					if (/\d/.test(texts)) throw new Error(texts);
				}),
				{ seed: SEED + 3, numRuns: runs(1000) },
			);
		});
	},
);
