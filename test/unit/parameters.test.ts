import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	checkedUuid,
	continuesOnFail,
	readConcurrency,
	readItemValues,
	readRouting,
	readParameters,
	readRequestedTask,
} from '../../nodes/shared/item/parameters';
import { thrownBy } from '../support/thrown';
import { each, words } from '../support/words';

/** n8n's context: each parameter's value, and the node as it stands in the workflow, with its expressions unresolved. */
const contextOf = (
	values: Record<string, unknown>,
	node: { type?: string; parameters?: IDataObject } = {},
): IExecuteFunctions =>
	({
		getNode: () => ({ type: 'n8n-nodes-progeny.anyNode', parameters: {}, ...node }),
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			name in values ? values[name] : fallback,
	}) as unknown as IExecuteFunctions;
const ANY_SERVICE = { minimums: ['least', 'most'], hasProviderData: true };
const read = (options: unknown, set: IDataObject = {}) =>
	readParameters(readItemValues(contextOf({ options }, { parameters: { options: set } }), 0), ANY_SERVICE);

const NIL = '00000000-0000-0000-0000-000000000000';
const DEFAULTS = {
	timeoutMs: 120_000,
	reviewOnTimeout: false,
	includeInput: false,
	includeProviderData: false,
	hideScores: false,
	hidePersonalData: false,
	minimums: {},
	maxAgeMs: 3_600_000,
	reference: undefined as string | undefined,
};

test('a service without provider data is asked for none', () => {
	const values = readItemValues(contextOf({ options: { extendData: true } }), 0);
	const service = { minimums: [], hasProviderData: false };
	expect(readParameters(values, service).includeProviderData).toBe(false);
});

test.each([undefined, null, {}, [], 'text', 7])('options that are %p are the defaults', (options) => {
	expect(read(options)).toStrictEqual(DEFAULTS);
});

test.each<[string, unknown, Partial<typeof DEFAULTS>]>([
	['hideScores', true, { hideScores: true }],
	['hideScores', 'true', { hideScores: true }],
	['hideScores', null, { hideScores: true }],
	['hideScores', 'false', {}],
	['hidePersonalData', null, { hidePersonalData: true }],
	['hidePersonalData', '', { hidePersonalData: true }],
	['hidePersonalData', 'false', {}],
	['includeInput', 'true', { includeInput: true }],
	['hidePersonalData', true, { hidePersonalData: true }],
	['extendData', 'true', { includeProviderData: true }],
	['extendData', 'false', {}],
	['extendData', 1, {}],
	['timeout', 7, { timeoutMs: 7000 }],
	['timeout', 0, { timeoutMs: 1000 }],
	['timeout', 1e9, { timeoutMs: 3_600_000 }],
	['timeout', 'soon', {}],
	['maxAge', 5, { maxAgeMs: 300_000 }],
	['maxAge', undefined, { maxAgeMs: NaN }],
	['reference', ' order-7\u200b', { reference: 'order-7' }],
	['reference', 4711, { reference: '4711' }],
	['onTimeout', 'review', { reviewOnTimeout: true }],
])('%s %p', (name, value, expected) => {
	expect(read({ [name]: value })).toStrictEqual({ ...DEFAULTS, ...expected });
});

test.each<[string, IDataObject, IDataObject, IDataObject]>([
	['is kept as it came, to be judged with the score', { least: '0.5' }, {}, { least: '0.5' }],
	['is read by the names of the service', { least: 1, other: 2 }, {}, { least: 1 }],
	['whose expression returned undefined is never reached', { least: undefined }, {}, { least: null }],
	['whose expression n8n left out is never reached', {}, { least: '={{ $json.no }}' }, { least: null }],
	['of several stands for itself', { most: 0 }, { least: '={{ 1 }}' }, { least: null, most: 0 }],
])('a minimum %s', (_, options, set, minimums) => {
	expect(read(options, set).minimums).toStrictEqual(minimums);
});

test.each<[IDataObject, IDataObject]>([
	[{ reference: '' }, {}],
	[{ reference: ' \ufeff' }, {}],
	[{ reference: null }, {}],
	[{}, { reference: '={{ $json.no }}' }],
])('a Reference that is set but empty (%j, set as %j) fails the item', (options, set) => {
	expect(() => read(options, set)).toThrow('Reference is empty');
});

const VALUELESS = 'Reference holds what an expression returns for no value';
const LOST = 'Reference holds a number that lost its last digits';
test.each<[string, unknown[]]>([
	[VALUELESS, ['order-[object Object]', '[object Undefined]', 'x-Invalid Date', 'order nan', NaN]],
	[VALUELESS, words('order-undefined undefined null order_null null-7 NaN order-NaN nan None None/7')],
	['Reference holds an expression as plain text', ['{{ $json.orderId }}', '$json.id', 'order-{{ $now }}']],
	[LOST, [Number('7615917337495251231'), 2 ** 53, -(2 ** 53), 1.5, 1e21, '7.6159e+22', 'order-1E+21']],
	['Reference has more than 1000 characters', ['x'.repeat(1_001), ' '.repeat(1_000_000)]],
])('%s: the item fails', (message, references) => {
	for (const reference of references)
		expect(() => read({ reference })).toThrow(expect.objectContaining({ code: 'INVALID_RECEIPT', message }));
});

test.each<string | number>([
	...words('nullarbor order-nullable ünull null2 nullа NULL-7 Nancy Nonesuch 7615917337495251231 2e4a e+1'),
	...[2 ** 53 - 1, -7, 0],
])('the Reference %p is an ID', (reference) => {
	expect(read({ reference }).reference).toBe(String(reference));
});

describe('one expression for all Options', () => {
	const node = { parameters: { options: '={{ $json.options }}' } };
	const valuesOf = (options: unknown) => readItemValues(contextOf({ options }, node), 0);

	test.each([undefined, null, '', 'text', 7, [], new Date(), new Map()])(
		'that returns %p fails: it must not turn all off',
		(options) => {
			expect(thrownBy(() => valuesOf(options))).toMatchObject({ code: 'INVALID_OPTIONS' });
		},
	);

	test('may return an object', () => {
		const { option } = valuesOf({ maxAge: 5 });
		expect([option('maxAge'), option('reference')]).toEqual([5, undefined]);
	});
});

test.each([
	['many', 5],
	[3, 3],
	['3', 3],
	[3.9, 3],
	[0, 1],
	[1000, 200],
])('concurrency %p is %i', (concurrency, expected) => {
	expect(readConcurrency(contextOf({ options: { concurrency } }))).toBe(expected);
});

test('concurrency whose expression fails is the default: the item fails when its parameters are read', () => {
	const getNodeParameter = () => {
		throw new Error('no');
	};
	expect(readConcurrency({ getNodeParameter } as unknown as IExecuteFunctions)).toBe(5);
});

test.each<[string, string, unknown, boolean]>([
	['anyNode', 'check', true, true],
	['anyNode', 'getResult', true, true],
	['anyNode', 'check', false, false],
	['anyNode', 'check', 'true', false],
	['anyNode', 'check', '={{ true }}', false],
	['anyNode', 'submit', true, false],
	['anyNodeTool', 'check', true, false],
])('named outputs of %s, operation %s, %p: %p', (type, operation, value, expected) => {
	const parameters = { options: { routeByDecision: value as IDataObject } };
	const node = { type: `n8n-nodes-progeny.${type}`, parameters };
	const context = contextOf({ options: { routeByDecision: true } }, node);
	expect(readRouting(context, operation)).toBe(expected);
});

test.each([
	['anyNode', false, false],
	['anyNode', true, true],
	['anyNodeTool', false, true],
])('%s, On Error continue %p: an item that fails becomes an item: %p', (type, continues, expected) => {
	const context = contextOf({}, { type: `n8n-nodes-progeny.${type}` });
	expect(continuesOnFail({ ...context, continueOnFail: () => continues })).toBe(expected);
});

const requested = (receipt: unknown) => readRequestedTask(readItemValues(contextOf({ receipt }), 0));

test.each<[unknown, object]>([
	['d48eac86', { taskId: 'd48eac86' }],
	['\u200bd48eac86\ufeff', { taskId: 'd48eac86' }],
	[2172, { taskId: '2172' }],
	['pgr1.a.b', { receipt: 'pgr1.a.b' }],
	['PGR2.x', { receipt: 'PGR2.x' }],
])('receipt or task ID %p', (receipt, expected) => {
	expect(requested(receipt)).toEqual(expected);
});

test.each<[unknown, string]>([
	...each([undefined, '', ' ', null, {}, ['d48eac86'], true], 'is empty'),
	['{{ $json.receipt }}', 'holds an expression as plain text'],
	[`pgr1.${'x'.repeat(2_100)}`, 'has more than 2100 characters'],
])('%p is not a receipt', (receipt, message) => {
	const expected = { code: 'INVALID_RECEIPT', message: `Receipt or Task ID ${message}` };
	expect(thrownBy(() => requested(receipt))).toMatchObject(expected);
});

test.each(['a b', 'x'.repeat(201), NIL])('%p is not a task ID', (receipt) => {
	const message = /^Receipt or Task ID is neither a receipt nor a task ID: /;
	expect(() => requested(receipt)).toThrow(message);
});

describe('a UUID', () => {
	const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
	const refusal = (value: unknown) => thrownBy(() => checkedUuid(value));

	// In capitals as SQL Server prints it.
	test.each([UUID, UUID.toUpperCase(), ` \t${UUID}\n`, NIL])('may be %j', (value) => {
		expect(checkedUuid(value)).toBe(value === NIL ? NIL : UUID);
	});

	test.each(['', '  \n', undefined, null])('is empty if it is %j, maybe by an expression', (value) => {
		expect(refusal(value)).toMatchObject({ code: 'INVALID_UUID', message: 'UUID is empty' });
		expect(refusal(value).remedy).toContain('Check the expression: names are case-sensitive.');
	});

	test.each<[unknown, string]>([
		...['jane', UUID.replaceAll('-', ''), `{${UUID}}`, `${UUID}0`].map(
			(text) => [text, text] as [string, string],
		),
		[`${UUID} ${UUID}`, `${UUID} ${UUID}`.slice(0, 59) + '…'],
		[UUID.replace('-', '\n'), UUID.replace('-', ' ')],
		[42, '42'],
		[[UUID], 'a list'],
		[{ id: 1 }, 'an object'],
		['ENOENT', 'E NOENT'],
	])('is not %j, which is shown', (value, shown) => {
		const message = `UUID is not a valid UUID: ${shown}`;
		expect(refusal(value)).toMatchObject({ code: 'INVALID_UUID', message });
	});

	test.each(['{{ $json.uuid }}', '=$json.uuid'])('is not the expression %s as text', (value) => {
		const message = 'UUID holds an expression as plain text';
		expect(refusal(value)).toMatchObject({ code: 'INVALID_UUID', message });
		expect(refusal(value).remedy).toContain('Switch UUID from Fixed to Expression');
	});
});
