import { saysNothing } from '../../nodes/shared/result/contradictions';
import { dealt } from '../support/thorough';
import { JUDGES, NODES } from './judges';
import { objectionsIn } from './oracle';

type Node = Record<string, unknown>;

/** Where something that speaks against a pass is looked for, as a path from the answer. */
const PLACES: Record<string, string[]> = {
	'the answer itself': [],
	result: ['result'],
	'result.data': ['result', 'data'],
	'a known check': ['result', 'data', 'liveness'],
	'the data of a known check': ['result', 'data', 'liveness', 'data'],
	'a known check of another service': ['result', 'data', 'compare'],
};

/** The answer that passes, with these fields in that place. A check that is not there yet passes; a bare one becomes an object. */
function withFields(passing: object, path: string[], fields: Node): Node {
	const answer = structuredClone(passing) as Node;
	let place = answer;
	for (const key of path) {
		const isCheck = key === 'liveness' || key === 'compare';
		const given = place[key] ?? (isCheck ? true : {});
		place = place[key] = given === true ? { result: true } : (given as Node);
	}
	Object.assign(place, fields);
	return answer;
}

const SPEAKS: Array<[string, Node]> = [
	['an error', { error: 'Odd' }],
	['an error that is true', { error: true }],
	['an error that is a number', { error: 1 }],
	['an error in a list', { error: [null] }],
	['an error as an object', { error: { detail: 'Odd' } }],
	['an error with an object in it', { error: { detail: { text: null } } }],
	['an error "none" in small letters', { error: 'none' }],
	['an error "False"', { error: 'False' }],
	['a code', { error_code: 'EYES_CLOSED' }],
	['a code as a number', { error_code: 7 }],
	['a code as an object of nothing', { error_code: { code: null } }],
	['errors in a list', { errors: ['Odd'] }],
	['errors as an object of nothing', { errors: { image: null } }],
	['issues as a text', { issues: 'EYES_CLOSED' }],
	['issues in a list', { issues: ['EYES_CLOSED'] }],
	['issues of a check', { issues: { liveness: { EYES_CLOSED: 'Closed' } } }],
	['issues of a check with null', { issues: { liveness: { EYES_CLOSED: null } } }],
	['issues of a check as a text', { issues: { liveness: 'EYES_CLOSED' } }],
	['issues of no check', { issues: { other: null } }],
	['success: false', { success: false }],
	['a check that is false', { authentication: { result: false } }],
	['a check that is a bare false', { authentication: false }],
	['a check without a result', { authentication: {} }],
	['a check with the text "true"', { authentication: { result: 'true' } }],
	['a check as a text', { authentication: 'true' }],
	['a check as a list', { authentication: [{ result: true }] }],
	['a check as 0', { authentication: 0 }],
	['an unknown object that says false', { engine: { result: false } }],
	['an unknown object of an odd name', { constructor: { result: false } }],
];

const SILENT: Array<[string, Node]> = [
	...['error', 'error_code', 'errors', 'issues'].flatMap((name) =>
		[null, false, 0, '0', '', ' \n', 'None', [], {}].map((value): [string, Node] => [
			`${name}: ${JSON.stringify(value)}`,
			{ [name]: value },
		]),
	),
	['an error whose values all say nothing', { error: { code: 0, detail: 'None', more: [], text: ' ' } }],
	['issues of checks that say nothing', { issues: { liveness: {}, compare: null, authentication: [] } }],
	['success: true', { success: true }],
	['success: "false", a text', { success: 'false' }],
	['a check that is null', { compare: null }],
	['a check that is a bare true', { compare: true }],
	['a check that passed', { compare: { result: true } }],
	['an unknown object that says true', { engine: { result: true } }],
	['an unknown object that says "false", a text', { engine: { result: 'false' } }],
	['an unknown bare false', { is_expired: false }],
	['an unknown list', { raw: [{ result: false, error: 'Odd' }] }],
	['an error deeper than that', { raw: { error: 'Odd', error_code: 'X', issues: ['X'] } }],
	['a failed check deeper than that', { raw: { liveness: { result: false }, success: false } }],
	['a status of something else', { raw: { status: 500 }, status_code: 500 }],
];

describe.each(NODES)('%s', (node, { judge, passing }) => {
	/** Whether the fields are a node's own check, which decides by itself. Beside a passport's `compare` only a `false` does. */
	const isOfOwnCheck = ({ authentication }: Node) =>
		authentication !== undefined &&
		(node === 'authenticateFace' ||
			(node === 'verifyIdentity' && ['false', '{"result":false}'].includes(JSON.stringify(authentication))));

	describe.each(Object.entries(PLACES))('in %s', (_, path) => {
		test.each(dealt(node, SPEAKS))('%s makes a review', (__, fields) => {
			const answer = withFields(passing, path, fields);
			const isFail = isOfOwnCheck(fields) && path.at(-1) === 'data' && path.length === 2;
			const { decision, reasons } = judge(answer);
			expect({ decision, isContradictory: reasons.includes('CONTRADICTORY') }).toEqual(
				isFail ? { decision: 'fail', isContradictory: false } : { decision: 'review', isContradictory: true },
			);
			expect(objectionsIn(answer)).not.toEqual([]);
		});

		test.each(dealt(node, SILENT))('%s says nothing', (__, fields) => {
			const answer = withFields(passing, path, fields);
			// The passport's own check would be missing.
			const isOwn = node === 'verifyIdentity' && fields.compare === null && path.join() === 'result,data';
			expect(judge(answer).decision).toBe(isOwn ? 'fail' : 'pass');
			expect(objectionsIn(answer)).toEqual([]);
		});
	});

	test('result: false beside a check that passed makes a review', () => {
		for (const path of [['result'], ['result', 'data'], ['result', 'data', 'liveness', 'data']]) {
			const answer = withFields(passing, path, { result: false });
			expect(judge(answer)).toMatchObject({ decision: 'review', reasons: ['CONTRADICTORY'] });
		}
	});

	const STATUSES: Array<[unknown, boolean]> = [
		...[undefined, null, 200, 201, 299, '200', ' 204 ', '2e2', 'SUCCESS', 'OK'].map(
			(status): [unknown, boolean] => [status, true],
		),
		...[0, -1, 199, 299.5, 300, 302, 400, 500, '302', '-1', 'failed', 'success', 'ok', '', ' ', '0xC8'].map(
			(status): [unknown, boolean] => [status, false],
		),
		...[true, false, [], [200], {}, `${'1'.repeat(20_000)}x`].map((status): [unknown, boolean] => [
			status,
			false,
		]),
	];
	test.each(STATUSES)('result.status and HTTP status %p pass: %p', (status, isPassed) => {
		const decision = isPassed ? 'pass' : 'review';
		expect(judge(withFields(passing, ['result'], { status })).decision).toBe(decision);
		expect(judge({ ...passing, httpStatus: status }).decision).toBe(decision);
	});

	test.each(['FAILURE', 'success', 'OK', '', undefined, null, 200])(
		'a job in the state %p is a review',
		(status) => {
			expect(judge({ ...passing, status })).toMatchObject({ decision: 'review', reasons: ['CONTRADICTORY'] });
		},
	);

	test('a status elsewhere is not read', () => {
		for (const path of [PLACES['result.data'], PLACES['a known check']])
			expect(judge(withFields(passing, path, { status: 500 })).decision).toBe('pass');
	});
});

test('what a passport service says is no contradiction in a face service', () => {
	const { judge, passing } = JUDGES.faceLiveness;
	expect(judge(withFields(passing, ['result', 'data'], { compare: true })).decision).toBe('pass');
	expect(judge(withFields(passing, ['result', 'data'], { compare: false })).decision).toBe('review');
});

test('the checks decide first: a failed check is a fail, without CONTRADICTORY', () => {
	const failed = {
		status: 'SUCCESS',
		result: { status: 400, data: { liveness: { result: false, error: 'Odd' } } },
	};
	expect(JUDGES.faceLiveness.judge(failed)).toMatchObject({ decision: 'fail', reasons: ['NOT_LIVE'] });
});

test.each([' None', 'none', 'null', '0.0', '00', 1, -1, true, [0], { a: null }])(
	'%j says something',
	(value) => {
		expect(saysNothing(value)).toBe(false);
	},
);
