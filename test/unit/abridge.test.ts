import fc from 'fast-check';
import { abridged, abridgedRecord } from '../../nodes/shared/result/abridge';
import { SEED } from './mutations';

test.each<[string, unknown]>([
	['null', null],
	['a number', 1.5],
	['a boolean', false],
	['a text of 1,000 characters', 'ab '.repeat(333) + 'c'],
	['an empty list', []],
	['an empty object', {}],
	['nested data', { a: [1, { b: null }], c: { d: 'e' } }],
])('%s is kept as it is', (_, value) => {
	expect(abridged(value)).toStrictEqual(value);
});

test('a text of 1,001 characters is left out, wherever it stands', () => {
	const long = 'a'.repeat(1001);
	const note = '(1001 characters left out)';
	expect(abridged(long)).toBe(note);
	expect(abridged({ a: [long, { b: long }] })).toEqual({ a: [note, { b: note }] });
});

test('encoded data is left out, also as a key', () => {
	const piece = Buffer.from(Array.from({ length: 90 }, (_, i) => (i * 97 + 13) % 256)).toString('base64');
	expect(
		abridged({ echo: `x ${piece}`, [piece]: 1, kept: 'images/services/ocr_passport/0000000000.jpg' }),
	).toEqual({
		echo: '(122 characters left out)',
		kept: 'images/services/ocr_passport/0000000000.jpg',
	});
});

test('what lies deeper than 20 levels is left out', () => {
	const nested = (levels: number): unknown => (levels === 0 ? 'core' : { a: nested(levels - 1) });
	expect(JSON.stringify(abridged(nested(20)))).toContain('core');
	expect(JSON.stringify(abridged(nested(21)))).not.toContain('core');
	expect(JSON.stringify(abridged(nested(5000)))).toContain('(too deep, left out)');
	const lists: unknown = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`);
	expect(JSON.stringify(abridged(lists))).toContain('(too deep, left out)');
});

test('a key that would set the prototype is left out, at every level', () => {
	const value: unknown = JSON.parse(
		'{"__proto__": {"x": 1}, "a": [{"__proto__": null, "constructor": {"y": 2}}]}',
	);
	const copy = abridged(value) as { a: object[]; x?: unknown };
	expect(JSON.stringify(copy)).toBe('{"a":[{"constructor":{"y":2}}]}');
	expect(copy.x).toBeUndefined();
	expect(Object.getPrototypeOf(copy.a[0])).toBe(Object.prototype);
});

test('the copy shares nothing with the original', () => {
	const original = { a: { b: [1] } };
	const copy = abridged(original) as typeof original;
	copy.a.b.push(2);
	expect(original).toEqual({ a: { b: [1] } });
});

test('any JSON of normal size comes out as it went in', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
			const text = JSON.stringify(value);
			fc.pre(!text.includes('__proto__'));
			return JSON.stringify(abridged(JSON.parse(text))) === text;
		}),
		{ seed: SEED },
	);
});

test('abridgedRecord gives an empty object for what is none', () => {
	expect(abridgedRecord([])).toEqual({});
	expect(abridgedRecord({ a: 'b' })).toEqual({ a: 'b' });
});

test('of a long list or object the rest is left out with a note', () => {
	const list = abridged(Array.from({ length: 6000 }, (_, i) => i / 2)) as unknown[];
	expect(list).toHaveLength(5001);
	expect(list.at(-1)).toBe('(the rest left out)');
	const object = abridged(Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`k${i}`, i]))) as object;
	expect(Object.keys(object)).toHaveLength(5001);
	expect(object).toHaveProperty('(the rest left out)', '(1000 entries)');
});

test('of many lists at most 20,000 entries are copied, those near the top first', () => {
	const value = {
		lists: Array.from({ length: 100 }, () => Array.from({ length: 1000 }, () => 0.5)),
		last: 'x',
	};
	const copy = abridged(value) as { lists: unknown[][]; last: string };
	expect(copy.last).toBe('x');
	expect(copy.lists).toHaveLength(100);
	expect(copy.lists.flat().length).toBeLessThan(20_100);
	expect(copy.lists.at(-1)).toEqual(['(the rest left out)']);
});

test('of many texts at most 500,000 characters are copied', () => {
	const text = 'it is dark '.repeat(80);
	const copy = abridged(Array.from({ length: 1000 }, () => text)) as string[];
	expect(copy.filter((each) => each === text)).toHaveLength(568);
	expect(copy.at(-1)).toBe('(880 characters left out)');
});
