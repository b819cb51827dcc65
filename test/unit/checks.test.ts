import { JUDGES, task } from './judges';
import * as documented from './documented';

const YES = { result: true };
const { authenticateFace, faceLiveness } = JUDGES;

const INHERITED = JSON.parse('{ "__proto__": { "result": true } }') as unknown;
test.each<unknown>([
	...[false, 'true', 'True', 1, null, [true], YES, '', undefined].map((result) => ({ result, data: {} })),
	...[undefined, null, [YES], 'true', 1, {}, true, { data: YES }, INHERITED],
])('a check that is %j fails', (check) => {
	const isFalse = (check as { result?: unknown } | undefined | null)?.result === false;
	const matched = authenticateFace.judge(task({ authentication: check, liveness: YES }));
	const reasons = [isFalse ? 'NOT_MATCHED' : 'AUTHENTICATION_MISSING'];
	expect(matched).toMatchObject({ authenticated: false, decision: 'fail', reasons });
	expect(matched).not.toHaveProperty('authentication.result', true);
	for (const { judge } of [authenticateFace, faceLiveness]) {
		const live = judge(task({ authentication: YES, liveness: check }));
		expect(live).toMatchObject({ decision: 'fail', reasons: [isFalse ? 'NOT_LIVE' : 'LIVENESS_MISSING'] });
		expect(live).not.toHaveProperty('liveness.result', true);
	}
});

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

const ENDED = Object.entries(documented.ANSWERS).filter(([, answer]) => 'result' in answer);
test.each(ENDED)('%s with its result as JSON text is judged as ever', (_, answer) => {
	for (const { judge } of Object.values(JUDGES)) {
		expect(judge({ ...answer, result: JSON.stringify(answer.result) })).toStrictEqual(judge(answer));
	}
});
