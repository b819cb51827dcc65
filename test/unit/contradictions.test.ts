/** The rule of docs/reference.md, "What contradicts a pass", place by place. */
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { words } from '../support/words';
import { FACE_TOO_SMALL, LIVE } from './documented';
import { JUDGES, JUDGE_ROWS } from './judges';

type Node = Record<string, unknown>;

const DATA = ['result', 'data'];
/** The places, as paths from the answer. A part that is not there yet passes, and has no other field. */
const PARTS = [[...DATA, 'liveness'], [...DATA, 'compare'], ['result', 'liveness'], ['authentication']];
const PLACES: Record<string, string[]> = {
	'the answer itself': [],
	result: ['result'],
	'result.data': DATA,
	...Object.fromEntries(
		PARTS.flatMap((path) => [path, [...path, 'data']]).map((path) => [path.join('.'), path]),
	),
};
/** Returns the answer that passes, with these fields in that place. */
function withFields(passing: object, path: string[], fields: Node): Node {
	const answer = structuredClone(passing) as Node;
	let place = answer;
	for (const key of path) {
		const given = place[key] ?? (key === 'data' ? {} : true);
		place = place[key] = given === true ? { result: true } : (given as Node);
	}
	Object.assign(place, fields);
	return answer;
}

const rows = (key: string, values: unknown[]): Node[] => values.map((value) => ({ [key]: value }));
const ERROR_KEYS = words(`
	error errors error_code errorCodes error-message errorMessages Error_Description errorType error_detail ERRORDETAILS err
	exception exc_type failed failure failureReason has_error isError`);
const NOTHING = [null, false, 0, '0', '', ' \n', 'None', [], {}];
const BOOLEANS = words('registered authenticated authorize live valid verified is_valid isValid');

/** Contradicts a pass at every place. */
const CONTRADICTS: Node[] = [
	...ERROR_KEYS.map((key) => ({ [key]: 'Odd' })),
	...rows('error', [true, 1, [null], { detail: 'Odd' }, { detail: { text: null } }, 'none', ' None']),
	...rows('errors', [{ image: [null] }]),
	...rows('issues', ['EYES_CLOSED', ['X'], { liveness: { X: 'x' } }, { liveness: { X: null } }]),
	...rows('issues', [{ liveness: 'X' }, { other: null }, { other: 0 }, { 'Face Compare': 'X' }]),
	...rows('success', [false, 0, 2, ...words('false 0 no FAILED maybe')]),
	...rows('status_code', [false, 100, 199, 300, 400, -1, 2, ...words('500 FAILED pending REJECTED')]),
	...rows('statusCode', [404, Infinity, 'spoof', { success: false }, { error: 'Odd' }]),
	...BOOLEANS.flatMap((key) => rows(key, [false, 0, 'false', ' No ', 'FAILED', '0'])),
	...rows('engine', [{ result: false }, { success: false }, { error: 'Odd' }, { errorCode: 7 }]),
	...rows('engine', [{ issues: ['X'] }]),
	{ constructor: { result: false } },
];
/** Contradicts a pass in a part and its data. */
const CONTRADICTS_IN_PARTS = rows('status', [false, 400, '404', 'FAILED', 'SPOOF', 2]);

/** Contradicts a pass at no place. */
const SILENT: Node[] = [
	...ERROR_KEYS.flatMap((key, i) => rows(key, [NOTHING[i % NOTHING.length], {}, null])),
	...rows('error', [...NOTHING, { code: 0, detail: 'None', more: [], text: ' ' }]),
	...rows('issues', [...NOTHING, { liveness: {}, compare: null, document: 0 }]),
	...rows('issues', [{ 'Face Compare': [], x: {} }]),
	...rows('success', [true, 1, null, '', [], {}, { id: false }, ...words('1 True OK passed None')]),
	...rows('status_code', [200, 299, ' 2e2 ', null, '', true, {}, [500], ...words('204 Ok completed None')]),
	...rows('valid', [true, 1, 0.98, 'yes', '2022-03-30', null, '', {}, []]),
	...rows('live', [0.98, '0.1']),
	...rows('engine', [{ result: true }, { result: 'false' }, { status: 'FAILED' }, { raw: { error: 'Odd' } }]),
	...rows('engine', ['x']),
	...rows('raw', [false, [{ result: false, error: 'Odd' }], { liveness: { result: false } }]),
	{ code: 500, message: 'Odd', detail: 'Odd', warnings: ['Odd'], is_expired: false, spoof: false },
];
const SILENT_IN_PARTS = rows('status', [0, 1, '0', 'SUCCESS', 'Real', null]);

const LEVELS = ['the answer itself', 'result', 'result.data'];

describe.each(JUDGE_ROWS)('%s', (_, { judge, passing }) => {
	const isReview = (answer: Node) => {
		const { decision, reasons } = judge(answer);
		return decision === 'review' && reasons.includes('CONTRADICTORY');
	};
	const isPass = (answer: Node) => judge(answer).decision === 'pass';
	const expectReviews = (answers: Node[]) => expect(answers.filter((each) => !isReview(each))).toEqual([]);
	const expectPasses = (answers: Node[]) => expect(answers.filter((each) => !isPass(each))).toEqual([]);

	test.each(Object.entries(PLACES))('in %s', (name, path) => {
		// The background check's own service needs a document no more than a face needs one.
		const isPart = !LEVELS.includes(name);
		const at = (fields: Node) => withFields(passing, path, fields);
		expectReviews([...CONTRADICTS, ...(isPart ? CONTRADICTS_IN_PARTS : [])].map(at));
		expectPasses([...SILENT, ...(isPart ? SILENT_IN_PARTS : [])].map(at));
	});

	test('a result that is false beside a check that passed makes a review', () => {
		const paths = [['result'], DATA, [...DATA, 'liveness', 'data'], ['result', 'compare', 'data']];
		const answers = paths.map((path) => withFields(passing, path, { result: false }));
		expectReviews([...answers, ...answers.map((each) => ({ ...each, result: JSON.stringify(each.result) }))]);
	});

	test('a check of another level counts, too', () => {
		const inResult = (check: unknown) => withFields(passing, ['result'], { compare: check });
		const at = (check: unknown) => [inResult(check), withFields(passing, [], { liveness: check })];
		const bad = [false, 0, 'FAILED', 'false', { result: false }, { result: 'no' }, { result: 0 }];
		expectReviews(bad.flatMap(at));
		const good = [true, 'PASS', 1, null, '', {}, [], { result: true }, { result: 'LIVE' }, { result: {} }];
		expectPasses(good.flatMap(at));
	});

	test('result.status and the HTTP status have to be good or missing', () => {
		const inResult = (status: unknown) => withFields(passing, ['result'], { status });
		const at = (status: unknown) => [inResult(status), { ...passing, httpStatus: status }];
		const good = [undefined, null, 200, 201, 299, '200', ' 204 ', 'SUCCESS', 'ok', 'Successful', ''];
		expectPasses(good.flatMap(at));
		const odd = ['302', 'failed', '0xC8', false, `${'1'.repeat(20_000)}x`];
		expectReviews([0, 1, -1, 199, 299.5, 300, 400, 500, ...odd].flatMap(at));
	});

	test('any state but SUCCESS makes a review', () => {
		const states = ['FAILURE', 'success', 'OK', '', undefined, null, 200];
		expectReviews(states.map((status) => ({ ...passing, status })));
	});
});

const OWN_BAD = [...rows('status', ['MATCH', 'Hit', 'potential match', 'REGISTERED']), { result: 'matched' }];
const OWN_GOOD = [...rows('status', ['No-Match', 'no hits', 'Cleared', 'not found']), { result: 'CLEAN' }];
test.each([
	[
		'document',
		JUDGES.readDocument,
		[...CONTRADICTS, { compare: false }, { liveness: false }, { liveness: { result: false } }],
		[...SILENT, ...SILENT_IN_PARTS, { compare: true, liveness: 0.98 }],
	],
	[
		'background_check',
		JUDGES.backgroundCheck,
		[...CONTRADICTS, ...OWN_BAD, { result: false }, { result: 'found' }],
		[...SILENT_IN_PARTS.filter(({ status }) => status !== 'Real'), ...OWN_GOOD],
	],
])('in a %s and its data', (part, { judge, passing }, bad, good) => {
	for (const path of [part, `${part} data`].map((names) => [...DATA, ...words(names)])) {
		const passes = (fields: Node) => judge(withFields(passing, path, fields)).decision === 'pass';
		expect([...bad, ...CONTRADICTS_IN_PARTS].filter(passes)).toEqual([]);
		expect(good.filter((fields) => !passes(fields))).toEqual([]);
	}
});

test("a passport service's answer does not contradict a pass in a face service", () => {
	const { judge, passing } = JUDGES.faceLiveness;
	expect(judge(withFields(passing, DATA, { compare: true })).decision).toBe('pass');
	expect(judge(withFields(passing, DATA, { compare: false })).decision).toBe('review');
});

describe('a finished task without content', () => {
	const ended = (result?: unknown): Node => ({ id: 1, status: 'SUCCESS', result, httpStatus: 200 });
	const texts = ['', ' \n', '{}', '[]', 'null', '""', '{"data":', '[NaN]', ' {', '{"status":200,"data":{}}'];
	test.each<unknown>([
		...[undefined, null, {}, [], ...texts, '{"data":{"liveness":{"result":true,"data":{"score":NaN}}}}'],
		...[{ status: 200 }, { status: 200, data: {} }, { data: null }, { data: [], status: null }],
		{ data: {}, status: 204, error: null, issues: {} },
	])('result %j', (result) => {
		expect(hasNoContent(ended(result))).toBe(true);
	});

	test.each<unknown>([
		...['done', 'no face', 5, true, false, ['x'], '["x"]', '"x"', { data: 'x' }, { data: ['x'] }],
		...[{ status: 400 }, { status: 500, data: {} }, { data: {}, error: 'Odd' }, { error_code: 'ODD' }],
		...[{ data: {}, issues: { liveness: { X: '' } } }, { data: { liveness: {} } }],
		...[{ data: { message: 'x' } }, { data: {}, success: false }, { liveness: { result: false } }],
		...[LIVE.result, FACE_TOO_SMALL.result, JSON.stringify(LIVE.result)],
	])('not with the result %j', (result) => {
		expect(hasNoContent(ended(result))).toBe(false);
	});

	test('not with a background check beside it, as the documentation shows one', () => {
		expect(hasNoContent({ ...ended(), background_check: { hits: [] } })).toBe(false);
		expect(hasNoContent({ ...ended({}), error: 'Odd' })).toBe(true);
		expect(hasNoContent({ ...ended({ data: {} }), error: 'Odd' })).toBe(false);
	});
});
