import { JUDGES, task } from './judges';
import * as documented from './documented';

const YES = { result: true };
const { authenticateFace, faceLiveness } = JUDGES;

test.each([false, 'true', 'True', 1, null, [true], { result: true }, '', undefined])(
	'a result that is %j fails either check',
	(result) => {
		const check = { result, data: {} };
		expect(authenticateFace.judge(task({ authentication: check, liveness: YES }))).toMatchObject({
			authenticated: false,
			decision: 'fail',
			reasons: [result === false ? 'NOT_MATCHED' : 'AUTHENTICATION_MISSING'],
			authentication: { result: false },
		});
		for (const { judge } of [authenticateFace, faceLiveness])
			expect(judge(task({ authentication: YES, liveness: check }))).toMatchObject({
				decision: 'fail',
				reasons: [result === false ? 'NOT_LIVE' : 'LIVENESS_MISSING'],
				liveness: { result: false },
			});
	},
);

const INHERITED = JSON.parse('{ "__proto__": { "result": true } }') as unknown;
test.each([undefined, null, [YES], 'true', 1, {}, true, { data: YES }, INHERITED])(
	'a check that is %j fails',
	(check) => {
		const found = authenticateFace.judge(task({ authentication: check, liveness: YES }));
		expect(found).toMatchObject({ decision: 'fail', reasons: ['AUTHENTICATION_MISSING'] });
		const alone = faceLiveness.judge(task({ liveness: check }));
		expect(alone).toMatchObject({ decision: 'fail', reasons: ['LIVENESS_MISSING'] });
	},
);

const BOTH = { authentication: YES, liveness: YES };
const WHOLE = JSON.stringify({ status: 200, data: BOTH });
test.each<unknown>([
	...[null, 'SUCCESS', 200, [{ status: 200, data: BOTH }], true, undefined, `[${WHOLE}]`],
	...[JSON.stringify(WHOLE), WHOLE.replace('200', 'NaN'), WHOLE.slice(0, -1)],
])('a result that is %j fails', (result) => {
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

test.each([null, JSON.stringify(BOTH), [BOTH], undefined])('a result.data that is %j fails', (data) => {
	expect(authenticateFace.judge(task(data)).decision).toBe('fail');
});
