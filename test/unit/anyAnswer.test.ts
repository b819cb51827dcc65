import fc from 'fast-check';
import { redactorOf } from '../../nodes/shared/progeny/redact';
import type { DocumentParameters } from '../../nodes/shared/result/document';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import { documentAnswers, documentParameters } from './documentMutations';
import { expectedOfDocument, REASONS } from './documentOracle';
import { isFaceNode, NODES, PLAIN, type NodeName } from './judges';
import { mutationsOf, SEED } from './mutations';
import { at, expected } from './oracle';
import { IS_THOROUGH, runs } from '../support/thorough';

const faceParameters: fc.Arbitrary<DocumentParameters> = fc
	.record({
		hideScores: fc.boolean(),
		includeProviderData: fc.boolean(),
		minimums: fc.record(
			{
				minMatchPercent: fc.constantFrom<unknown>(
					...[0, 50, 99, 100, 100.5, '100', 'many', NaN, null, undefined],
				),
				minLivenessProbability: fc.constantFrom<unknown>(0, 0.5, 0.93, 0.94, 1.1, -0.1, '0.5', '', null),
			},
			{ requiredKeys: [] },
		),
		doubts: fc.oneof(
			{ weight: 4, arbitrary: fc.constant([]) },
			{ weight: 1, arbitrary: fc.constantFrom(['NO_RECEIPT'], ['TOO_OLD'], ['NO_RECEIPT', 'TOO_OLD']) },
		),
	})
	.map((parameters) => ({ ...PLAIN, ...parameters }));

/** What a node has to make of an answer, and reasons that it has to give. */
function oracle(node: NodeName, answer: Record<string, unknown>, parameters: DocumentParameters) {
	if (!isFaceNode(node)) return expectedOfDocument(node, answer, parameters);
	const { decision, doubts } = expected(node, answer, parameters);
	return { decision, reasons: doubts };
}

/** As it came, or with its `result` as JSON text, as django-celery-results stores it. */
const asText = fc.boolean();
const withResultAsText = (answer: Record<string, unknown>) =>
	'result' in answer ? { ...answer, result: JSON.stringify(answer.result) } : answer;

describe.each(NODES)(
	'%s: any mutation of the documented answers',
	(node, { judge, affirmative, passing }) => {
		const answers = isFaceNode(node) ? mutationsOf(passing) : documentAnswers(passing);
		const parameters = isFaceNode(node) ? faceParameters : documentParameters;

		test('is decided as the documentation and the design say, and is fit for JSON', () => {
			const seen = { pass: 0, review: 0, fail: 0 };
			const reached = new Set<string>();
			fc.assert(
				fc.property(answers, parameters, asText, (mutated, chosen, isText) => {
					const answer = isText ? withResultAsText(mutated) : mutated;
					const before = JSON.stringify(answer);
					const found = judge(answer, chosen) as Record<string, unknown> & ReturnType<typeof judge>;
					const text = JSON.stringify(found);
					const { decision, reasons } = oracle(node, answer, chosen);
					if (found.decision !== decision) throw new Error(`${decision} expected: ${text}`);
					if (found[affirmative] !== (decision === 'pass')) throw new Error(`${affirmative}: ${text}`);
					if ((found.reasons.length === 0) !== (decision === 'pass')) throw new Error(`reasons: ${text}`);
					const missing = reasons.filter((reason) => !found.reasons.includes(reason));
					if (missing.length > 0) throw new Error(`${missing.join()} missing: ${text}`);
					if (Object.keys(found).slice(0, 3).join() !== `${affirmative},decision,reasons`)
						throw new Error(`order: ${text}`);
					if ('error' in found) throw new Error('a top-level error key');
					if (JSON.stringify(JSON.parse(text)) !== text) throw new Error(`not stable as JSON: ${text}`);
					if (JSON.stringify(answer) !== before) throw new Error('the answer was changed');
					if (isText && JSON.stringify(judge(structuredClone(answer), chosen)) !== text)
						throw new Error(`another result for the same answer: ${text}`);
					seen[decision]++;
					for (const reason of reasons) reached.add(reason);
				}),
				{ seed: SEED, numRuns: runs(isFaceNode(node) ? 4000 : 5000) },
			);
			const unreached = (REASONS[node] ?? []).filter((reason) => IS_THOROUGH && !reached.has(reason));
			expect(unreached).toEqual([]);
			// The property would prove nothing if hardly any of the cases reached one of these.
			expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs(100));
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		});

		test('passes from a poll only where the job itself is in the state SUCCESS', () => {
			// The documentation shows a background check without the envelope of a task.
			const bareField = node === 'backgroundCheck' ? 'background_check' : undefined;
			let passed = 0;
			let bare = 0;
			fc.assert(
				fc.property(answers, asText, (mutated, isText) => {
					const sent = isText ? withResultAsText(mutated) : mutated;
					const body = redactorOf(['a-password-of-no-answer'])(sent);
					const outcome = pollOutcome({ kind: 'answer', status: 200, body }, 0, bareField);
					if (outcome.kind !== 'finished') return;
					if (judge(outcome.task).decision !== 'pass') return;
					passed++;
					const isBare = bareField !== undefined && Object.keys(sent).join() === bareField;
					const status = isBare ? 'SUCCESS' : at(sent, 'status');
					if (
						status !== 'SUCCESS' ||
						oracle(node, { ...sent, status, httpStatus: 200 }, PLAIN).decision !== 'pass'
					)
						throw new Error('wrong pass');
					if (isBare) bare++;
				}),
				{ seed: SEED + 1, numRuns: runs(isFaceNode(node) ? 2000 : 1000) },
			);
			expect(passed).toBeGreaterThan(runs(60));
			expect(bare > 0).toBe(bareField !== undefined);
		});

		test('with a doubt never passes, and without it decides the same but for that', () => {
			fc.assert(
				fc.property(answers, (answer) => {
					const [plain, doubted] = [judge(answer), judge(answer, { ...PLAIN, doubts: ['NO_RECEIPT'] })];
					expect(doubted.decision).toBe(plain.decision === 'pass' ? 'review' : plain.decision);
					expect(doubted.reasons).toEqual(
						plain.decision === 'fail' ? plain.reasons : [...plain.reasons, 'NO_RECEIPT'],
					);
				}),
				{ seed: SEED + 2, numRuns: runs(500) },
			);
		});
	},
);

describe.each(NODES.filter(([node]) => isFaceNode(node)))('%s', (_, { judge, passing }) => {
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
});

describe.each(NODES.filter(([node]) => !isFaceNode(node)))('%s', (_, { judge, affirmative, passing }) => {
	test('with personal data hidden, shows no text of the answer, nor a number of the document', () => {
		const KEYS = [
			affirmative,
			'decision',
			'faceMatch',
			'liveness',
			'result',
			'document',
			'isValid',
			'isExpired',
		];
		const SCORES = ['matchScore', 'scorePercent', 'score', 'quality', 'probability'];
		const SHOWN = new Set([
			...KEYS,
			...SCORES,
			'backgroundCheck',
			'potentialMatch',
			'riskLevel',
			'totalMatches',
		]);
		const TEXTS = new Set(['pass', 'review', 'fail', 'unknown', 'low', 'medium', 'high']);
		const isFit = (value: unknown): boolean =>
			typeof value === 'object' && value !== null
				? Object.entries(value).every(([key, each]) => SHOWN.has(key) && isFit(each))
				: typeof value !== 'string' || TEXTS.has(value);
		fc.assert(
			fc.property(documentAnswers(passing), documentParameters, (answer, chosen) => {
				const open = judge(answer, { ...chosen, hidePersonalData: false });
				const { reasons, advice, ...found } = judge(answer, {
					...chosen,
					hidePersonalData: true,
					includeProviderData: true,
				});
				if (!isFit(found)) throw new Error(JSON.stringify(found));
				expect([found.decision, reasons, advice]).toEqual([open.decision, open.reasons, open.advice]);
			}),
			{ seed: SEED + 3, numRuns: runs(1000) },
		);
	});
});
