/** The rule of docs/reference.md, "What speaks against a pass", place by place. */
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { FACE_TOO_SMALL, LIVE } from './documented';
import { JUDGES, NODES } from './judges';

type Node = Record<string, unknown>;

const DATA = ['result', 'data'];
/** The places, as paths from the answer. A part that is not there yet passes, but says nothing else. */
const PLACES: Record<string, string[]> = {
	'the answer itself': [],
	result: ['result'],
	'result.data': DATA,
	...Object.fromEntries(
		[[...DATA, 'liveness'], [...DATA, 'compare'], ['result', 'liveness'], ['authentication']].flatMap(
			(path) => [
				[path.join('.'), path],
				[`${path.join('.')}.data`, [...path, 'data']],
			],
		),
	),
};
const PARTS: Record<string, string[]> = {
	document: [...DATA, 'document'],
	background: [...DATA, 'background_check'],
};

/** The answer that passes, with these fields in that place. */
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
const ERROR_KEYS = [
	...['error', 'errors', 'error_code', 'errorCodes', 'error-message', 'errorMessages', 'Error_Description'],
	...['errorType', 'error_detail', 'ERRORDETAILS', 'err', 'exception', 'exc_type', 'failed', 'failure'],
	...['failureReason', 'has_error', 'isError'],
];
const NOTHING = [null, false, 0, '0', '', ' \n', 'None', [], {}];

/** What speaks at every place. */
const SPEAKS: Node[] = [
	...ERROR_KEYS.map((key) => ({ [key]: 'Odd' })),
	...rows('error', [
		true,
		1,
		[null],
		{ detail: 'Odd' },
		{ detail: { text: null } },
		'none',
		'False',
		' None',
	]),
	...rows('errors', [{ image: [null] }]),
	...rows('issues', [
		'EYES_CLOSED',
		['X'],
		{ liveness: { X: 'x' } },
		{ liveness: { X: null } },
		{ liveness: 'X' },
	]),
	...rows('issues', [{ other: null }, { other: 0 }, { 'Face Compare': 'X' }]),
	...rows('success', [false, 0, 2, 'false', '0', 'no', 'FAILED', 'maybe']),
	...rows('status_code', [false, 100, 199, 300, 400, '500', 'FAILED', 'pending', 'REJECTED', -1, 2]),
	...rows('statusCode', [404, 'spoof']),
	...['registered', 'authenticated', 'authorize', 'live', 'valid', 'verified', 'is_valid', 'isValid'].flatMap(
		(key) => rows(key, [false, 0, 'false', ' No ', 'FAILED', '0']),
	),
	...rows('engine', [
		{ result: false },
		{ success: false },
		{ error: 'Odd' },
		{ errorCode: 7 },
		{ issues: ['X'] },
	]),
	{ constructor: { result: false } },
];
/** What speaks in a part and its data. */
const SPEAKS_IN_PARTS: Node[] = [...rows('status', [false, 400, '404', 'FAILED', 'SPOOF', 2])];

/** What says nothing at any place. */
const SILENT: Node[] = [
	...ERROR_KEYS.flatMap((key, i) => rows(key, [NOTHING[i % NOTHING.length], {}, null])),
	...rows('error', [...NOTHING, { code: 0, detail: 'None', more: [], text: ' ' }]),
	...rows('issues', [
		...NOTHING,
		{ liveness: {}, compare: null, document: 0 },
		{ 'Face Compare': [], x: {} },
	]),
	...rows('success', [true, 1, '1', 'True', 'OK', 'passed', null, '', 'None', [], {}, { id: false }]),
	...rows('status_code', [200, 299, '204', ' 2e2 ', 'Ok', 'completed', null, '', 'None', true, {}, [500]]),
	...rows('valid', [true, 1, 0.98, 'yes', '2022-03-30', null, '', {}, []]),
	...rows('live', [0.98, '0.1']),
	...rows('engine', [
		{ result: true },
		{ result: 'false' },
		{ status: 'FAILED' },
		{ raw: { error: 'Odd' } },
		'x',
	]),
	...rows('raw', [false, [{ result: false, error: 'Odd' }], { liveness: { result: false } }]),
	...[
		{ code: 500 },
		{ message: 'Odd', detail: 'Odd' },
		{ warnings: ['Odd'] },
		{ is_expired: false },
		{ spoof: false },
	],
];
const SILENT_IN_PARTS: Node[] = rows('status', [0, 1, '0', 'SUCCESS', 'Real', null]);

const LEVELS = ['the answer itself', 'result', 'result.data'];

describe.each(NODES)('%s', (_, { judge, passing }) => {
	const isReview = (answer: Node) => {
		const { decision, reasons } = judge(answer);
		return decision === 'review' && reasons.includes('CONTRADICTORY');
	};

	describe.each(Object.entries(PLACES))('in %s', (name, path) => {
		// The background check's own service needs a document no more than a face needs one.
		const isPart = !LEVELS.includes(name);
		test('what speaks against a pass makes a review', () => {
			const speaks = [...SPEAKS, ...(isPart ? SPEAKS_IN_PARTS : [])];
			expect(speaks.filter((fields) => !isReview(withFields(passing, path, fields)))).toEqual([]);
		});
		test('what says nothing leaves the pass', () => {
			const silent = [...SILENT, ...(isPart ? SILENT_IN_PARTS : [])];
			const isPass = (fields: Node) => judge(withFields(passing, path, fields)).decision === 'pass';
			expect(silent.filter((fields) => !isPass(fields))).toEqual([]);
		});
	});

	test('result that is false beside a check that passed makes a review', () => {
		for (const path of [['result'], DATA, [...DATA, 'liveness', 'data'], ['result', 'compare', 'data']])
			expect(isReview(withFields(passing, path, { result: false }))).toBe(true);
	});

	test.each([false, 0, 'FAILED', 'false', { result: false }, { result: 'no' }, { result: 0 }])(
		'a check of another level that is %j makes a review',
		(compare) => {
			expect(isReview(withFields(passing, ['result'], { compare }))).toBe(true);
			expect(isReview(withFields(passing, [], { liveness: compare }))).toBe(true);
		},
	);
	test.each([true, 'PASS', 1, null, '', {}, [], { result: true }, { result: 'LIVE' }, { result: {} }])(
		'a check of another level that is %j says nothing',
		(compare) => {
			expect(judge(withFields(passing, ['result'], { compare })).decision).toBe('pass');
			expect(judge(withFields(passing, [], { liveness: compare })).decision).toBe('pass');
		},
	);

	const STATUSES: Array<[unknown, boolean]> = [
		...[undefined, null, 200, 201, 299, '200', ' 204 ', 'SUCCESS', 'ok', 'Successful', ''].map(
			(status): [unknown, boolean] => [status, true],
		),
		...[0, 1, -1, 199, 299.5, 300, 400, 500, '302', 'failed', '0xC8', false, `${'1'.repeat(20_000)}x`].map(
			(status): [unknown, boolean] => [status, false],
		),
	];
	test.each(STATUSES)('result.status and HTTP status %p pass: %p', (status, isPassed) => {
		const decision = isPassed ? 'pass' : 'review';
		expect(judge(withFields(passing, ['result'], { status })).decision).toBe(decision);
		expect(judge({ ...passing, httpStatus: status }).decision).toBe(decision);
	});

	test.each(['FAILURE', 'success', 'OK', '', undefined, null, 200])(
		'the state %p makes a review',
		(status) => {
			expect(judge({ ...passing, status })).toMatchObject({ decision: 'review', reasons: ['CONTRADICTORY'] });
		},
	);
});

describe('in a document', () => {
	const { judge, passing } = JUDGES.readDocument;
	const places = [PARTS.document, [...PARTS.document, 'data']];
	test.each([
		...SPEAKS,
		...SPEAKS_IN_PARTS,
		{ compare: false },
		{ liveness: false },
		{ liveness: { result: false } },
	])('%j does not pass', (fields) => {
		for (const path of places) expect(judge(withFields(passing, path, fields)).decision).not.toBe('pass');
	});
	const silent = [...SILENT, ...SILENT_IN_PARTS, { compare: true, liveness: 0.98 }];
	test.each(silent)('%j says nothing', (fields) => {
		for (const path of places) expect(judge(withFields(passing, path, fields)).decision).toBe('pass');
	});
});

describe('in a background check', () => {
	const { judge, passing } = JUDGES.backgroundCheck;
	const places = [PARTS.background, [...PARTS.background, 'data']];
	const OF_ITS_OWN = [
		...rows('status', ['MATCH', 'Hit', 'potential match', 'REGISTERED']),
		...rows('result', ['matched', false, 'found']),
	];
	test.each([...SPEAKS, ...SPEAKS_IN_PARTS, ...OF_ITS_OWN])('%j does not pass', (fields) => {
		for (const path of places) expect(judge(withFields(passing, path, fields)).decision).not.toBe('pass');
	});
	const CLEAR = [...rows('status', ['No-Match', 'no hits', 'Cleared', 'not found']), { result: 'CLEAN' }];
	test.each([...SILENT_IN_PARTS.filter(({ status }) => status !== 'Real'), ...CLEAR])(
		'%j says nothing',
		(fields) => {
			for (const path of places) expect(judge(withFields(passing, path, fields)).decision).toBe('pass');
		},
	);
});

test('what a passport service says is no contradiction in a face service', () => {
	const { judge, passing } = JUDGES.faceLiveness;
	expect(judge(withFields(passing, DATA, { compare: true })).decision).toBe('pass');
	expect(judge(withFields(passing, DATA, { compare: false })).decision).toBe('review');
});

test('the checks decide first: a failed check is a fail, without CONTRADICTORY', () => {
	const failed = {
		status: 'SUCCESS',
		result: { status: 400, data: { liveness: { result: false, error: 'Odd' } } },
	};
	expect(JUDGES.faceLiveness.judge(failed)).toMatchObject({ decision: 'fail', reasons: ['NOT_LIVE'] });
});

describe('a finished task that says nothing of anybody', () => {
	const ended = (result?: unknown): Node => ({ id: 1, status: 'SUCCESS', result, httpStatus: 200 });
	test.each<unknown>([
		...[undefined, null, '', ' \n', {}, [], '{}', '[]', 'null', '""'],
		...['{"data":{"liveness":{"result":true,"data":{"score":NaN}}}}', '{"data":', '[NaN]', ' {'],
		...[
			{ status: 200 },
			{ status: 200, data: {} },
			{ data: null },
			{ data: [], status: null },
			{ data: ' ' },
		],
		...['{"status":200,"data":{}}', { data: {}, status: 204, error: null, issues: {} }],
	])('result %j', (result) => {
		expect(hasNoContent(ended(result))).toBe(true);
	});

	test.each<unknown>([
		...['done', 'no face', 5, true, false, ['x'], '["x"]', '"x"'],
		...[{ status: 400 }, { status: 500, data: {} }, { data: {}, error: 'Odd' }, { error_code: 'ODD' }],
		...[
			{ data: {}, issues: { liveness: { X: '' } } },
			{ data: { liveness: {} } },
			{ data: { message: 'x' } },
		],
		...[{ data: 'x' }, { data: ['x'] }, { data: {}, success: false }, { liveness: { result: false } }],
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
