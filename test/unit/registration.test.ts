import { JUDGES, PLAIN, task } from './judges';

const { judge: registration } = JUDGES.registerFace;

const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
const FAILED = { registered: false, decision: 'fail', uuid: null } as const;

describe('only a UUID at result.data.uuid registers', () => {
	test.each([
		['version 1', UUID],
		['version 4', '98008e56-cd6f-410c-9d8d-f9e620661395'],
		['upper case', UUID.toUpperCase()],
		['of no version', '10000000-0000-0000-0000-000000000000'],
	])('%s: given out in lower case', (_, uuid) => {
		expect(registration(task({ uuid }), PLAIN)).toStrictEqual({
			registered: true,
			decision: 'pass',
			reasons: [],
			uuid: uuid.toLowerCase(),
		});
	});

	test.each<[string, unknown]>([
		['absent', undefined],
		['null', null],
		['empty', ''],
		['a blank', ' '],
		['a number', 42],
		['true', true],
		['an object', { uuid: UUID }],
		['a list', [UUID]],
		['a name', 'Jane Doe'],
		['a digit short', UUID.slice(0, -1)],
		['a digit long', `${UUID}0`],
		['without hyphens', UUID.replaceAll('-', '')],
		['in braces', `{${UUID}}`],
		['with a blank around it', ` ${UUID}`],
		['with a line after it', `${UUID}\nx`],
		['with a line break after it', `${UUID}\n`],
		['not hexadecimal', UUID.replace('d3da', 'z3da')],
	])('not one that is %s', (_, uuid) => {
		expect(registration(task({ uuid }), PLAIN)).toStrictEqual({
			...FAILED,
			reasons: ['UUID_MISSING'],
		});
	});

	test.each<[string, Record<string, unknown>]>([
		['beside data', { id: 1, status: 'SUCCESS', result: { status: 200, uuid: UUID } }],
		['beside result', { id: 1, status: 'SUCCESS', uuid: UUID, result: { status: 200, data: {} } }],
		['in a check', task({ register: { result: true, data: { uuid: UUID } } })],
		['as the task', { id: UUID, status: 'SUCCESS', result: UUID }],
		['in a list', task([{ uuid: UUID }])],
		['inherited alone', task(JSON.parse(`{ "__proto__": { "uuid": "${UUID}" } }`))],
	])('not one that stands %s', (_, answer) => {
		expect(registration(answer, PLAIN)).toMatchObject({ ...FAILED, reasons: ['UUID_MISSING'] });
	});
});

describe('a UUID with anything against it is not given out', () => {
	const withUuid = (more: Record<string, unknown>, status?: unknown) => task({ uuid: UUID, ...more }, status);
	test.each<[string, Record<string, unknown>, string[]]>([
		['result.status 400', withUuid({}, 400), []],
		['a listed code', withUuid({ issues: { liveness: { EYES_CLOSED: 'Closed' } } }), ['EYES_CLOSED']],
		['a code of no check', withUuid({ error_code: 'DUPLICATE', error: 'Known' }), ['DUPLICATE']],
		['an error without a code', withUuid({ error: 'Odd' }), []],
		['a match that failed', withUuid({ authentication: { result: false } }), []],
		[
			'liveness true with a code',
			withUuid({ liveness: { result: true, data: { error_code: 'TOO_DARK' } } }),
			['TOO_DARK'],
		],
	])('%s: a review', (_, answer, reasons) => {
		expect(registration(answer, PLAIN)).toMatchObject({
			registered: false,
			decision: 'review',
			reasons: [...reasons, 'CONTRADICTORY'],
			uuid: null,
		});
	});

	test.each<[string, unknown, string[]]>([
		['false', { result: false }, ['NOT_LIVE']],
		[
			'false with a code',
			{ result: false, error: 'Too dark', error_code: 'TOO_DARK' },
			['TOO_DARK', 'NOT_LIVE'],
		],
		['"true"', { result: 'true' }, ['LIVENESS_MISSING']],
		['1', { result: 1 }, ['LIVENESS_MISSING']],
		['without a result', {}, ['LIVENESS_MISSING']],
		['a bare true', true, ['LIVENESS_MISSING']],
		['a bare false', false, ['LIVENESS_MISSING']],
		['a text', '', ['LIVENESS_MISSING']],
		['a list', [{ result: true }], ['LIVENESS_MISSING']],
	])('liveness %s: a fail, whatever else is doubted', (_, liveness, reasons) => {
		expect(registration(withUuid({ liveness }), { ...PLAIN, reviewReasons: ['NO_RECEIPT'] })).toMatchObject({
			...FAILED,
			reasons,
		});
	});

	test.each<[string, Record<string, unknown>]>([
		['no liveness', withUuid({})],
		['liveness null', withUuid({ liveness: null })],
		['liveness true', withUuid({ liveness: { result: true, data: { probability: 0.1 } } })],
	])('%s does not speak against it', (_, answer) => {
		expect(registration(answer, PLAIN)).toMatchObject({
			registered: true,
			decision: 'pass',
			reasons: [],
			uuid: UUID,
		});
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

test('a failure without a UUID says why, where Progeny does', () => {
	expect(registration(task({ liveness: { result: false } }, 400), PLAIN)).toStrictEqual({
		registered: false,
		decision: 'fail',
		reasons: ['NOT_LIVE'],
		uuid: null,
		liveness: { result: false },
	});
	const listed = task({ issues: { register: { DUPLICATE: 'Known' } } });
	expect(registration(listed, PLAIN).reasons).toEqual(['DUPLICATE']);
	expect(registration(task({}, 400), PLAIN).reasons).toEqual(['UUID_MISSING']);
});
