import fc from 'fast-check';
import {
	asRecord,
	clamped,
	finiteNumber,
	isRecord,
	own,
	recordFromJson,
} from '../../nodes/shared/util/values';
import { SEED } from './mutations';

test.each<[unknown, boolean]>([
	[{}, true],
	[Object.create(null), true],
	[[], false],
	[null, false],
	[undefined, false],
	['{}', false],
	[1, false],
	[() => 1, false],
])('isRecord(%p) is %p', (value, expected) => {
	expect(isRecord(value)).toBe(expected);
});

test('asRecord gives objects as they are, and an empty one for the rest', () => {
	const object = { a: 1 };
	expect(asRecord(object)).toBe(object);
	for (const other of [null, undefined, [1], 'text', 5]) expect(asRecord(other)).toEqual({});
});

describe('finiteNumber', () => {
	test.each<[unknown, number | undefined]>([
		[20, 20],
		['20.0', 20],
		['5.', 5],
		['.5', 0.5],
		['+5', 5],
		['-2.5e-3', -0.0025],
		['  7\n', 7],
		['1E3', 1000],
		[NaN, undefined],
		[Infinity, undefined],
		['1e999', undefined],
		['', undefined],
		['.', undefined],
		['-', undefined],
		['e5', undefined],
		['1 2', undefined],
		['1,5', undefined],
		['0x1F', undefined],
		['0b1', undefined],
		['1_000', undefined],
		['1n', undefined],
		['Infinity', undefined],
		['twenty', undefined],
		[true, undefined],
		[null, undefined],
		[undefined, undefined],
		[[5], undefined],
		[{ valueOf: () => 5 }, undefined],
		[5n, undefined],
	])('%p gives %p', (value, expected) => {
		expect(finiteNumber(value)).toBe(expected);
	});

	test('reads every finite number back from its text', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) =>
				Object.is(finiteNumber(String(number)), number === 0 ? 0 : number),
			),
			{ seed: SEED },
		);
	});
});

test.each<[unknown, number]>([
	[5, 5],
	['5', 5],
	[0, 1],
	[-3, 1],
	[51, 50],
	[1e9, 50],
	[NaN, 7],
	[Infinity, 7],
	['many', 7],
	[null, 7],
	[undefined, 7],
	[{}, 7],
])('clamped(%p) between 1 and 50, or else 7, is %p', (value, expected) => {
	expect(clamped(value, { min: 1, max: 50, fallback: 7 })).toBe(expected);
});

test('own sees no key of a prototype', () => {
	const record = JSON.parse('{ "a": 1, "__proto__": 2 }') as Record<string, unknown>;
	expect(['a', '__proto__', 'constructor', 'b'].map((key) => own(record, key))).toEqual([
		1,
		2,
		undefined,
		undefined,
	]);
});

test.each<[string, unknown]>([
	['{ "a": 1 }', { a: 1 }],
	['{}', {}],
	['[1]', undefined],
	['"{}"', undefined],
	['null', undefined],
	['{"a":NaN}', undefined],
	['{', undefined],
	['', undefined],
])('recordFromJson(%j) is %j', (text, value) => {
	expect(recordFromJson(text)).toEqual(value);
});
