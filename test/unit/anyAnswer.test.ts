import fc from 'fast-check';
import { redactorOf } from '../../nodes/shared/progeny/redact';
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import { BACKGROUND_CHECK } from './documented';
import { at, faultsOf } from './implications';
import { isFaceNode, JUDGE_ROWS, PLAIN } from './judges';
import { anyParameters, editedAnswers } from './randomAnswers';
import { cases, IS_THOROUGH, runs, SEED } from '../support/thorough';
import { words } from '../support/words';

const RUNS = IS_THOROUGH ? 22_000 : 500;
/** The nodes' own reasons, which have to occur. */
const REASONS = {
	face: words('CONTRADICTORY NO_RECEIPT TOO_OLD'),
	document: words(`
		DOCUMENT_INVALID DOCUMENT_EXPIRED UNDER_AGE DOCUMENT_NOT_READ EXPIRY_UNKNOWN TOO_OLD EXPIRES_SOON AGE_UNKNOWN
		NAME_MISMATCH NAME_UNKNOWN DATE_OF_BIRTH_MISMATCH NO_RECEIPT DATE_OF_BIRTH_UNKNOWN CONTRADICTORY
		BACKGROUND_CHECK_MISSING POTENTIAL_MATCH RISK_LEVEL`),
	backgroundCheck: words('BACKGROUND_CHECK_MISSING POTENTIAL_MATCH RISK_LEVEL CONTRADICTORY'),
};

/** As it came, or with its `result` as JSON text, as django-celery-results stores it. */
const asText = fc.boolean();
const withResultAsText = (answer: Record<string, unknown>) =>
	'result' in answer ? { ...answer, result: JSON.stringify(answer.result) } : answer;

describe.each(JUDGE_ROWS)('%s: any edited answer', (node, { judge, affirmative, passing }) => {
	const answers = editedAnswers(passing);

	test('passes only if everything in it says so, and is fit for JSON', () => {
		const seen = { pass: 0, review: 0, fail: 0 };
		const reached = new Set<string>();
		fc.assert(
			fc.property(answers, anyParameters, asText, (mutated, chosen, isText) => {
				const answer = isText ? withResultAsText(mutated) : mutated;
				const before = JSON.stringify(answer);
				const found = judge(answer, chosen) as Record<string, unknown> & ReturnType<typeof judge>;
				const text = JSON.stringify(found);
				const { decision, reasons } = found;
				const faults = faultsOf(node, answer, chosen, found);
				if (faults.length > 0) throw new Error(`${faults.join()}: ${text}`);
				if (found[affirmative] !== (decision === 'pass')) throw new Error(`${affirmative}: ${text}`);
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
			{ seed: SEED, numRuns: RUNS },
		);
		const kind = isFaceNode(node) ? 'face' : node === 'backgroundCheck' ? node : 'document';
		const unreached = REASONS[kind].filter((reason) => IS_THOROUGH && !reached.has(reason));
		expect(unreached).toEqual([]);
		// The property would prove nothing if hardly any of the cases reached one of these.
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS / 60);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('passes from a poll only if the job itself is in the state SUCCESS', () => {
		// The documentation shows a background check without the envelope of a task.
		const unwrappedField = node === 'backgroundCheck' ? 'background_check' : undefined;
		let passed = 0;
		let bare = 0;
		fc.assert(
			fc.property(fc.oneof(answers, editedAnswers(BACKGROUND_CHECK)), asText, (mutated, isText) => {
				const sent = isText ? withResultAsText(mutated) : mutated;
				const body = redactorOf(['a-password-of-no-answer'])(sent);
				const reply = { kind: 'answer' as const, status: 200, body };
				const outcome = pollOutcome(reply, 0, unwrappedField, hasNoContent);
				if (outcome.kind !== 'finished') return;
				const found = judge(outcome.task);
				if (found.decision !== 'pass') return;
				passed++;
				const isBare = unwrappedField !== undefined && Object.keys(sent).join() === unwrappedField;
				const status = isBare ? 'SUCCESS' : at(sent, 'status');
				const faults = faultsOf(node, { ...sent, status, httpStatus: 200 }, PLAIN, found);
				if (status !== 'SUCCESS' || faults.length > 0) throw new Error('wrong pass');
				if (isBare) bare++;
			}),
			cases(1000),
		);
		expect(passed).toBeGreaterThan(runs(30));
		expect(bare > 0).toBe(unwrappedField !== undefined);
	});
});

const DOCUMENT_ROWS = JUDGE_ROWS.filter(([node]) => !isFaceNode(node));
describe.each(DOCUMENT_ROWS)('%s', (_, { judge, affirmative, passing }) => {
	test('with personal data hidden, shows no text of the answer and no number of the document', () => {
		const SHOWN = new Set([
			affirmative,
			...words(`decision faceMatch liveness result document isValid isExpired backgroundCheck potentialMatch
				riskLevel totalMatches matchScore scorePercent score quality probability`),
		]);
		const TEXTS = new Set(['pass', 'review', 'fail', 'unknown', 'low', 'medium', 'high']);
		const isFit = (value: unknown): boolean =>
			typeof value === 'object' && value !== null
				? Object.entries(value).every(([key, each]) => SHOWN.has(key) && isFit(each))
				: typeof value !== 'string' || TEXTS.has(value);
		fc.assert(
			fc.property(editedAnswers(passing), anyParameters, (answer, chosen) => {
				const open = judge(answer, { ...chosen, hidePersonalData: false });
				const hiding = { ...chosen, hidePersonalData: true, includeProviderData: true };
				const { reasons, advice, ...found } = judge(answer, hiding);
				if (!isFit(found)) throw new Error(JSON.stringify(found));
				expect([found.decision, reasons, advice]).toEqual([open.decision, open.reasons, open.advice]);
			}),
			cases(1000),
		);
	});
});
