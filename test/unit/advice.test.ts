import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADVICE } from '../../nodes/shared/result/advice';
import { FACE_TOO_SMALL, PASSPORT } from './documented';
import { JUDGES, JUDGE_ROWS, PLAIN, task } from './judges';

type Json = Record<string, unknown>;
const CLOSER = 'Come closer to the camera.';
const SMALL = { result: false, error: 'Absolute face size is too small', error_code: 'FACE_TOO_SMALL' };
const SPOOF = { result: false, data: { probability: 0.03 } };
const LIVE = { result: true, data: { probability: 0.93 } };
const adviceOf = (answer: Json, parameters = PLAIN, node: keyof typeof JUDGES = 'authenticateFace') => {
	const { decision, advice } = JUDGES[node].judge(answer, parameters) as {
		decision: string;
		advice?: string;
	};
	return decision === 'fail' ? advice : `${decision} ${advice}`;
};
const codes = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'x']));
const SEVERAL = codes('UNKNOWN', 'FACE_ANGLE_TOO_LARGE', 'FACE_TOO_SMALL');

test.each<[string, Json, string | undefined]>([
	['in the check', task({ liveness: SMALL }), CLOSER],
	['in its data', task({ liveness: { result: false, data: { error_code: 'FACE_TOO_SMALL' } } }), CLOSER],
	['listed', task({ liveness: SPOOF, issues: { liveness: codes('FACE_TOO_SMALL') } }), CLOSER],
	['of the whole answer', task({ liveness: SPOOF, error_code: 'FACE_TOO_SMALL' }), CLOSER],
	['without a check', task({ error_code: 'FACE_TOO_SMALL' }), CLOSER],
	['of another check', task({ liveness: LIVE, authentication: { ...SMALL, result: null } }), CLOSER],
	['of several, whatever their order', task({ liveness: SPOOF, issues: { liveness: SEVERAL } }), CLOSER],
	["beside a provider's object", task({ liveness: { ...SMALL, data: { result: { id: 1 } } } }), CLOSER],
	['that is unknown', task({ liveness: { result: false, error_code: 'EYES_OPEN' } }), undefined],
	['that may mean a spoof', task({ liveness: { result: false, error_code: 'Bad face' } }), undefined],
	["named like an object's own", task({ liveness: { result: false, error_code: 'constructor' } }), undefined],
])('advice follows a code %s', (_, answer, advice) => {
	expect(adviceOf(answer)).toBe(advice);
});

const CODE = { error_code: 'FACE_TOO_SMALL' };
/** The rest of an answer beside a code that would have advice. */
test.each<[string, Json]>([
	['of another person', { liveness: SMALL, authentication: { result: false } }],
	['of perhaps another person', { liveness: LIVE, authentication: SMALL }],
	['of that person', { liveness: SMALL, authentication: { result: true } }],
	['of another person, by a text', { liveness: SMALL, authentication: { result: 'false' } }],
	["of another person by a check's data", { liveness: SMALL, authentication: { data: { result: false } } }],
	["of another than the document's holder", { liveness: SMALL, compare: false }],
	['of another than that holder, by the document', { liveness: SMALL, document: { compare: false } }],
	["of another person in v2's words", { liveness: SMALL, authorize: false }],
	['of another person by a flag', { liveness: SMALL, authenticated: false }],
	['that is a spoof by a flag', { live: false, compare: CODE }],
	['that is a spoof', { liveness: SPOOF, authentication: CODE }],
	['that is a spoof, by a bare value', { liveness: false, authentication: CODE }],
	['that is a spoof in the document', { document: { liveness: false, error_code: 'FACE_TOO_SMALL' } }],
	['that is a spoof by a code of its own', { liveness: { ...SPOOF, error_code: 'FAKE' }, compare: CODE }],
])('no advice for a face %s', (_, data) => {
	const issues = { compare: codes('FACE_TOO_SMALL') };
	expect(adviceOf(task({ ...data, issues }))).toBeUndefined();
	const { authentication, compare, authorize, liveness, ...others } = data;
	const spoken = { authentication, compare, authorize, liveness };
	// At the other two levels as well.
	expect(adviceOf({ ...spoken, ...task({ ...others, issues }) })).toBeUndefined();
	expect(adviceOf({ status: 'SUCCESS', result: { ...spoken, data: { ...others, issues } } })).toBeUndefined();
});

test.each(JUDGE_ROWS)('%s advises after a fail only, whatever it hides', (node, { passing }) => {
	const advice = node === 'backgroundCheck' ? undefined : CLOSER;
	const hidden = { ...PLAIN, hideScores: true, hidePersonalData: true };
	for (const parameters of [PLAIN, hidden]) expect(adviceOf(FACE_TOO_SMALL, parameters, node)).toBe(advice);
	const doubtful = { ...passing, result: { ...passing.result, error_code: 'FACE_TOO_SMALL' } };
	expect(adviceOf(doubtful, PLAIN, node)).toBe('review undefined');
	expect(adviceOf(passing, PLAIN, node)).toBe('pass undefined');
});

test('a document that was compared with the selfie has no advice', () => {
	const data = { ...PASSPORT.result.data, liveness: SMALL };
	expect(adviceOf(task(data), PLAIN, 'verifyIdentity')).toBeUndefined();
	expect(adviceOf(task({ ...data, compare: null }), PLAIN, 'verifyIdentity')).toBe(CLOSER);
});

test('docs/examples.md has the table, to be translated', () => {
	const page = readFileSync(join(__dirname, '../../docs/examples.md'), 'utf8');
	const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, code, text]) => [code, text]);
	expect(Object.fromEntries(rows)).toEqual(ADVICE);
});
