import { finiteNumber, own, recordFromJson } from '../../nodes/shared/util/values';
import { words } from '../support/words';

describe('finiteNumber', () => {
	test.each<[unknown, number]>([
		[20, 20],
		['20.0', 20],
		['5.', 5],
		['.5', 0.5],
		['+5', 5],
		['-2.5e-3', -0.0025],
		['  7\n', 7],
		['1E3', 1000],
	])('reads %j as %p', (value, expected) => {
		expect(finiteNumber(value)).toBe(expected);
	});

	test.each<unknown>([
		...words('1e999 . - e5 1,5 0x1F 0b1 1_000 1n Infinity twenty'),
		...[NaN, Infinity, '', '1 2', true, null, undefined, [5], { valueOf: () => 5 }, 5n],
	])('does not read %p', (value) => {
		expect(finiteNumber(value)).toBeUndefined();
	});
});

test('own sees no key of a prototype', () => {
	const record = JSON.parse('{ "a": 1, "__proto__": 2 }') as Record<string, unknown>;
	const values = ['a', '__proto__', 'constructor', 'b'].map((key) => own(record, key));
	expect(values).toEqual([1, 2, undefined, undefined]);
});

test('recordFromJson reads objects alone', () => {
	expect(recordFromJson('{ "a": 1 }')).toEqual({ a: 1 });
	for (const text of ['[1]', '"{}"', 'null', '{"a":NaN}', '{', ''])
		expect(recordFromJson(text)).toBeUndefined();
});
