import { JUDGES, task } from './judges';
import * as documented from './documented';

const YES = { result: true };
const { authenticateFace, faceLiveness } = JUDGES;

const NOT_TRUE: Array<[string, unknown]> = [
	['false', false],
	['the text "true"', 'true'],
	['the text "True"', 'True'],
	['1', 1],
	['null', null],
	['a list with true', [true]],
	['an object with true', { result: true }],
	['an empty text', ''],
	['a key that is not there', undefined],
];
test.each(NOT_TRUE)('a result that is %s fails either check', (_, result) => {
	const check = { result, data: {} };
	expect(authenticateFace.judge(task({ authentication: check, liveness: YES }))).toMatchObject({
		authenticated: false,
		decision: 'fail',
		reasons: [result === false ? 'NOT_MATCHED' : 'AUTHENTICATION_MISSING'],
		authentication: { result: false },
	});
	for (const { judge } of [authenticateFace, faceLiveness]) {
		expect(judge(task({ authentication: YES, liveness: check }))).toMatchObject({
			decision: 'fail',
			reasons: [result === false ? 'NOT_LIVE' : 'LIVENESS_MISSING'],
			liveness: { result: false },
		});
	}
});

test.each<[string, unknown]>([
	['missing', undefined],
	['null', null],
	['a list', [YES]],
	['a text', 'true'],
	['a number', 1],
	['an empty object', {}],
	['a bare true', true],
	['true in its data alone', { data: { result: true } }],
	['true by an inherited key', JSON.parse('{ "__proto__": { "result": true } }')],
])('a check that is %s fails', (_, check) => {
	expect(authenticateFace.judge(task({ authentication: check, liveness: YES }))).toMatchObject({
		decision: 'fail',
		reasons: ['AUTHENTICATION_MISSING'],
	});
	expect(faceLiveness.judge(task({ liveness: check }))).toMatchObject({
		decision: 'fail',
		reasons: ['LIVENESS_MISSING'],
	});
});

test('two bare booleans are not two results', () => {
	expect(authenticateFace.judge(task({ authentication: true, liveness: true })).decision).toBe('fail');
});

const BOTH = { authentication: YES, liveness: YES };
test.each<[string, unknown]>([
	['null', null],
	['a text', 'SUCCESS'],
	['a number', 200],
	['a list', [{ status: 200, data: BOTH }]],
	['true', true],
	['absent', undefined],
	['JSON text of a list', JSON.stringify([{ status: 200, data: BOTH }])],
	['JSON text within JSON text', JSON.stringify(JSON.stringify({ status: 200, data: BOTH }))],
	[
		'JSON text with NaN',
		'{"status":200,"score":NaN,"data":{"authentication":{"result":true},"liveness":{"result":true}}}',
	],
	['cut JSON text', JSON.stringify({ status: 200, data: BOTH }).slice(0, -1)],
])('a result that is %s fails', (_, result) => {
	expect(authenticateFace.judge({ id: 1, status: 'SUCCESS', result })).toStrictEqual({
		authenticated: false,
		decision: 'fail',
		reasons: ['AUTHENTICATION_MISSING', 'LIVENESS_MISSING'],
	});
});

test.each(Object.entries(documented.ANSWERS).filter(([, answer]) => 'result' in answer))(
	'%s with its result as JSON text is judged as ever',
	(_, answer) => {
		for (const { judge } of Object.values(JUDGES)) {
			expect(judge({ ...answer, result: JSON.stringify(answer.result) })).toStrictEqual(judge(answer));
		}
	},
);

test.each<[string, unknown]>([
	['null', null],
	['JSON text', JSON.stringify(BOTH)],
	['a list', [BOTH]],
	['absent', undefined],
])('a result.data that is %s fails', (_, data) => {
	expect(authenticateFace.judge(task(data)).decision).toBe('fail');
});

test('a check that is only inherited does not count', () => {
	const data = Object.create({ authentication: YES }) as Record<string, unknown>;
	data.liveness = YES;
	expect(authenticateFace.judge(task(data)).reasons).toEqual(['AUTHENTICATION_MISSING']);
});
