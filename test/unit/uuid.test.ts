import fc from 'fast-check';
import { checkedUuid } from '../../nodes/shared/item/parameters';
import { cases } from '../support/thorough';
import { thrownBy } from '../support/thrown';

const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

test.each<[string, string]>([
	[UUID, UUID],
	// As SQL Server prints it.
	[UUID.toUpperCase(), UUID],
	[` \t${UUID}\n`, UUID],
	['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'],
])('%j is a UUID', (value, expected) => {
	expect(checkedUuid(value)).toBe(expected);
});

const refusal = (value: unknown) => thrownBy(() => checkedUuid(value));

test.each(['', '  \n', undefined, null])('%j is an empty UUID, maybe of an expression', (value) => {
	expect(refusal(value)).toMatchObject({ code: 'INVALID_UUID', message: 'UUID is empty' });
	expect(refusal(value).remedy).toContain('Check the expression: names are case-sensitive.');
});

test.each<[unknown, string]>([
	...['jane', UUID.replaceAll('-', ''), `{${UUID}}`, `${UUID}0`].map((text): [string, string] => [
		text,
		text,
	]),
	[UUID.replace('d', 'g'), UUID.replace('d', 'g')],
	[`${UUID} ${UUID}`, `${UUID} ${UUID}`.slice(0, 59) + '…'],
	[UUID.replace('-', '\n'), UUID.replace('-', ' ')],
	[42, '42'],
	[false, 'false'],
	[[UUID], `["${UUID}"]`],
	[{ id: 1 }, '{"id":1}'],
	['a\u0000\u202eb', 'a b'],
	['ENOENT', 'E NOENT'],
	['x'.repeat(10_000), `${'x'.repeat(59)}…`],
])('%j is refused, and shown', (value, shown) => {
	const fault = refusal(value);
	expect(fault.code).toBe('INVALID_UUID');
	expect(fault.message).toBe(`UUID is not a valid UUID: ${shown}`);
});

test.each(['{{ $json.uuid }}', '=$json.uuid', `{{ ${UUID} }}`])(
	'%s is an expression as plain text',
	(value) => {
		const { code, message, remedy } = refusal(value);
		expect([code, message]).toEqual(['INVALID_UUID', 'UUID holds an expression as plain text']);
		expect(remedy).toContain('Switch UUID from Fixed to Expression');
	},
);

test('takes every UUID and refuses every other text with INVALID_UUID', () => {
	fc.assert(
		fc.property(fc.uuid(), (uuid) => checkedUuid(uuid) === uuid),
		cases(1000),
	);
	fc.assert(
		fc.property(fc.anything(), (value) => refusal(value).code === 'INVALID_UUID'),
		cases(2000),
	);
});
