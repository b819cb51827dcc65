import { JUDGES, PLAIN, task } from './judges';
import { each } from '../support/words';

const { judge: registration } = JUDGES.registerFace;

const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
const FAILED = { registered: false, decision: 'fail', uuid: null } as const;

describe('only a UUID at result.data.uuid registers', () => {
	const NEARLY_NIL = '10000000-0000-0000-0000-000000000000';
	test.each([UUID, UUID.toUpperCase(), NEARLY_NIL])('%s, in lower case', (uuid) => {
		const passed = { registered: true, decision: 'pass', reasons: [], uuid: uuid.toLowerCase() };
		expect(registration(task({ uuid }), PLAIN)).toStrictEqual(passed);
	});

	test.each<unknown>([
		...[undefined, null, '', ' ', 42, true, { uuid: UUID }, [UUID], 'Jane Doe', UUID.slice(0, -1)],
		...[`${UUID}0`, UUID.replaceAll('-', ''), `{${UUID}}`, ` ${UUID}`, `${UUID}\nx`, `${UUID}\n`],
		UUID.replace('d3', 'z3'),
	])('not %j', (uuid) => {
		expect(registration(task({ uuid }), PLAIN)).toStrictEqual({ ...FAILED, reasons: ['UUID_MISSING'] });
	});

	test.each<[string, Record<string, unknown>]>([
		['beside data', { id: 1, status: 'SUCCESS', result: { status: 200, uuid: UUID } }],
		['beside result', { id: 1, status: 'SUCCESS', uuid: UUID, result: { status: 200, data: {} } }],
		['as the task', { id: UUID, status: 'SUCCESS', result: UUID }],
		['in a list', task([{ uuid: UUID }])],
		['inherited alone', task(JSON.parse(`{ "__proto__": { "uuid": "${UUID}" } }`))],
	])('not a UUID %s', (_, answer) => {
		expect(registration(answer, PLAIN)).toMatchObject({ ...FAILED, reasons: ['UUID_MISSING'] });
	});
});

describe('a UUID with anything against it is not returned', () => {
	const YES = { result: true };
	const withUuid = (more: Record<string, unknown>) => task({ uuid: UUID, ...more });

	test.each<[unknown, string[]]>([
		[{ result: false }, ['NOT_LIVE']],
		[{ result: false, error: 'Small', error_code: 'FACE_TOO_SMALL' }, ['FACE_TOO_SMALL', 'NOT_LIVE']],
		...each([{ result: 'true' }, { result: 1 }, {}, true, false, '', [YES]], ['LIVENESS_MISSING']),
	])('liveness %j: a fail, whatever else is doubted', (liveness, reasons) => {
		const doubted = { ...PLAIN, reviewReasons: ['NO_RECEIPT'] };
		const found = registration(withUuid({ liveness }), doubted);
		expect(found).toMatchObject({ ...FAILED, reasons });
		expect('advice' in found).toBe(reasons.length > 1);
	});

	test.each([{}, { liveness: null }, { liveness: YES }])('%j does not contradict it', (more) => {
		const passed = { registered: true, decision: 'pass', reasons: [], uuid: UUID };
		expect(registration(withUuid(more), PLAIN)).toMatchObject(passed);
	});

	test('a doubt: a review', () => {
		const parameters = { ...PLAIN, reviewReasons: ['NO_RECEIPT', 'TOO_OLD'] };
		expect(registration(withUuid({}), parameters)).toStrictEqual({
			registered: false,
			decision: 'review',
			reasons: ['NO_RECEIPT', 'TOO_OLD'],
			uuid: null,
		});
	});
});

test('a failure without a UUID says why, if Progeny does', () => {
	const failed = task({ liveness: { result: false } }, 400);
	expect(registration(failed, PLAIN)).toMatchObject({ ...FAILED, reasons: ['NOT_LIVE'] });
	const listed = task({ issues: { register: { DUPLICATE: 'Known' } } });
	expect(registration(listed, PLAIN).reasons).toEqual(['DUPLICATE']);
	expect(registration(task({}, 400), PLAIN).reasons).toEqual(['UUID_MISSING']);
});
