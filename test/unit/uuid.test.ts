import fc from 'fast-check';
import { ProgenyError } from '../../nodes/shared/errors/error';
import { checkedUuid } from '../../nodes/shared/item/parameters';
import { SEED } from './mutations';
import { runs } from '../support/thorough';

const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

test.each<[string, string, string]>([
	["version 1, as in Progeny's documentation", UUID, UUID],
	['version 4', '98008e56-cd6f-410c-9d8d-f9e620661395', '98008e56-cd6f-410c-9d8d-f9e620661395'],
	['version 7', '01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8057'],
	['upper case, as SQL Server prints it', UUID.toUpperCase(), UUID],
	['blanks around it', ` \t${UUID}\n`, UUID],
	['the nil UUID', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'],
])('takes %s', (_, value, expected) => {
	expect(checkedUuid(value)).toBe(expected);
});

/** The fault that this value is refused with. */
function refusal(value: unknown): ProgenyError {
	try {
		checkedUuid(value);
	} catch (thrown) {
		if (thrown instanceof ProgenyError) return thrown;
		throw thrown;
	}
	throw new Error('it was taken');
}

test.each<[string, unknown]>([
	['empty', ''],
	['blank', '  \n'],
	['undefined', undefined],
	['null', null],
])('%s is told as an empty UUID', (_, value) => {
	expect(refusal(value)).toMatchObject({ code: 'INVALID_UUID', message: 'UUID is empty' });
});

test.each<[string, unknown, string]>([
	['a word', 'jane', 'jane'],
	['no hyphens', UUID.replaceAll('-', ''), UUID.replaceAll('-', '')],
	['braces', `{${UUID}}`, `{${UUID}}`],
	['a digit too many', `${UUID}0`, `${UUID}0`],
	['a letter that is no digit', UUID.replace('d', 'g'), UUID.replace('d', 'g')],
	['two of them', `${UUID} ${UUID}`, `${UUID} ${UUID}`.slice(0, 59) + '…'],
	['a line break within', UUID.replace('-', '\n'), UUID.replace('-', ' ')],
	['a number', 42, '42'],
	['a boolean', false, 'false'],
	['a list', [UUID], `["${UUID}"]`],
	['an object', { id: 1 }, '{"id":1}'],
	['control characters', 'a\u0000\u202eb', 'a b'],
	['n8n stock words', 'ENOENT', 'E NOENT'],
	['a very long text', 'x'.repeat(10_000), `${'x'.repeat(59)}…`],
])('refuses %s, and shows it', (_, value, shown) => {
	const fault = refusal(value);
	expect(fault.code).toBe('INVALID_UUID');
	expect(fault.message).toBe(`UUID is not a valid UUID: ${shown}`);
});

test.each(['{{ $json.uuid }}', '=$json.uuid', `{{ ${UUID} }}`])('%s is told as an expression', (value) => {
	const { code, message, remedy } = refusal(value);
	expect([code, message]).toEqual(['INVALID_UUID', 'UUID holds an expression as plain text']);
	expect(remedy).toContain('Switch UUID from Fixed to Expression');
});

test('a UUID before more blanks than anybody types is not taken', () => {
	expect(refusal(`${UUID}${' '.repeat(100)}x`).code).toBe('INVALID_UUID');
});

test('an empty one may come from an expression', () => {
	expect(refusal('').remedy).toContain('Check the expression: names are case-sensitive.');
});

test('takes every UUID and refuses every other text with INVALID_UUID', () => {
	fc.assert(
		fc.property(fc.uuid(), (uuid) => checkedUuid(uuid) === uuid),
		{ seed: SEED },
	);
	fc.assert(
		fc.property(fc.anything(), (value) => refusal(value).code === 'INVALID_UUID'),
		{ seed: SEED, numRuns: runs(2000) },
	);
});
