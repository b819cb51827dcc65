import { abridged, abridgedDetails, abridgedRecord } from '../../nodes/shared/result/abridge';
import { fitToShow } from '../../nodes/shared/result/fitToShow';
import type { DecisionResult } from '../../nodes/shared/service';
import { JUDGES, PLAIN, task } from './judges';

test.each<unknown>([
	null,
	1.5,
	false,
	'ab '.repeat(333) + 'c',
	[],
	{},
	{ a: [1, { b: null }], c: { d: 'e' } },
])('%j is kept as it is', (value) => {
	expect(abridged(value)).toStrictEqual(value);
});

test('a text of 1,001 characters is left out, wherever it stands', () => {
	const long = 'a'.repeat(1001);
	const note = '(1001 characters left out)';
	expect(abridged(long)).toBe(note);
	expect(abridged({ a: [long, { b: long }] })).toEqual({ a: [note, { b: note }] });
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
	expect(copy.a).not.toBe((value as typeof copy).a);
	expect(JSON.stringify(copy)).toBe('{"a":[{"constructor":{"y":2}}]}');
	expect(copy.x).toBeUndefined();
	expect(Object.getPrototypeOf(copy.a[0])).toBe(Object.prototype);
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
	const lists = Array.from({ length: 100 }, () => Array.from({ length: 1000 }, () => 0.5));
	const copy = abridged({ lists, last: 'x' }) as { lists: unknown[][]; last: string };
	expect(copy.last).toBe('x');
	expect(copy.lists).toHaveLength(100);
	expect(copy.lists.flat().length).toBeLessThan(20_100);
	expect(copy.lists.at(-1)).toEqual(['(the rest left out)']);
});

test('of many texts at most 200,000 characters are copied', () => {
	const text = 'it is dark '.repeat(80);
	const copy = abridged(Array.from({ length: 400 }, () => text)) as string[];
	expect(copy.filter((each) => each === text)).toHaveLength(227);
	expect(copy.at(-1)).toBe('(880 characters left out)');
});

test('of what a check says, 300 characters of a text, 10,000 in all and 500 entries go out', () => {
	const text = 'it is dark '.repeat(27);
	const copy = abridgedDetails([text, `${text}!!!`, `${text}!!!!`]);
	expect(copy).toEqual([text, `${text}!!!`, '(301 characters left out)']);
	const texts = abridgedDetails(Array.from({ length: 50 }, () => text)) as string[];
	expect(texts.filter((each) => each === text)).toHaveLength(33);
	expect(abridgedDetails(Array.from({ length: 600 }, () => true))).toHaveLength(501);
	const keys = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${text}${i}`, 1]));
	expect(Object.keys(abridgedDetails(keys) as object)).toHaveLength(33);
});

const PHOTO = Buffer.from(Array.from({ length: 900 }, (_, i) => (i * i * 97 + i * 31 + 13) % 256));
const pieces = (width: number, encoding: 'base64' | 'base64url' = 'base64') =>
	PHOTO.toString(encoding).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
const fields = (texts: readonly string[]) => Object.fromEntries(texts.map((text, i) => [`f${i}`, text]));

test.each<[string, unknown]>([
	['lines of 28', pieces(28)],
	['fields of 28', fields(pieces(28))],
	['keys of 28', Object.fromEntries(pieces(28).map((text) => [text, 1]))],
	['numbers of a byte', [...PHOTO]],
	['numbers of 16 bits', Array.from({ length: 450 }, (_, i) => PHOTO.readUInt16BE(2 * i))],
	['signed numbers of 16 bits', Array.from({ length: 450 }, (_, i) => PHOTO.readInt16LE(2 * i))],
	['numbers of 32 bits', Array.from({ length: 225 }, (_, i) => PHOTO.readUInt32BE(4 * i))],
	['rows of numbers', Array.from({ length: 90 }, (_, i) => [...PHOTO.subarray(10 * i, 10 * i + 10)])],
	['numbers that an object counts', { ...[...PHOTO] }],
	['a Buffer as JSON writes it', PHOTO.toJSON().data],
])('a photo is left out as %s', (_, value) => {
	expect(abridged(value)).toBe(`(${Object.keys(value as object).length} entries left out)`);
	expect(abridgedRecord({ echo: value })).toEqual({ echo: expect.stringMatching(/entries left out/) });
});

test.each<[string, unknown]>([
	['objects', pieces(28).map((line) => ({ line }))],
	['objects, with a count', pieces(28).map((line, i) => [i, line])],
	['objects of a few fields', [0, 7, 14, 21, 28].map((at) => fields(pieces(28).slice(at, at + 7)))],
	['objects, as their keys', pieces(28).map((line) => ({ [line]: 1 }))],
	['an object of objects', fields(pieces(28).map((line) => ({ line })) as never)],
])('no line of a photo is shown of a list of %s', (_, value) => {
	for (const copy of [abridged(value), abridgedRecord({ echo: value })])
		expect(pieces(28).filter((line) => JSON.stringify(copy).includes(line.slice(0, 24)))).toEqual([]);
});

describe.each([58, 40, 31, 28, 20, 12, 9])('a photo in pieces of %i characters', (width) => {
	const codes = pieces(width, 'base64url').map((piece) => `x${piece}`);
	const issuesOf = (entries: string[][]) => ({ issues: { liveness: Object.fromEntries(entries) } });
	test.each<[string, Record<string, unknown>]>([
		['codes', issuesOf(codes.map((code) => [code, '']))],
		['names of checks', { issues: Object.fromEntries(codes.map((code) => [code, { LOW: '' }])) }],
		['hits', { background_check: { potential_match: true, hits: codes } }],
		['messages', issuesOf(codes.map((code, i) => [`LOW_${'A'.repeat(i % 40)}`, code]))],
	])('is not shown in %s', (_, data) => {
		for (const { judge } of Object.values(JUDGES)) {
			const shown = JSON.stringify(fitToShow(judge(task(data), PLAIN) as DecisionResult, PLAIN));
			const found = codes.slice(0, 100).filter((code) => shown.includes(code));
			// A piece by itself may look like words.
			expect(found.join('').length).toBeLessThan(0.1 * codes.slice(0, 100).join('').length);
		}
	});
});

test.each<unknown>([
	Array.from({ length: 20 }, (_, i) => ({ id: `x8Jk2bQ0vN7sPq41${i}`, name: 'Jane Doe' })),
	Array.from({ length: 7 }, (_, i) => ({ id: `x8Jk2bQ0vN7sPq41${i}` })),
	['1990-09-04', '1991-01-02', '2001-12-31', '2020-05-05', '1959-1-1'],
	['+380501234567', '+4915112345678', '+12025550123'],
	Array.from({ length: 40 }, (_, i) => i / 7),
	[[12, 40].concat(220), [220, 310]],
	Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`boundingBoxX${i}`, i / 7])),
	Object.fromEntries(Array.from({ length: 68 }, (_, i) => [`landmarkX${i}`, i])),
	{ request: 'x8Jk2bQ0vN7sPq41', session: 'b7Kd93hXz0Lm2RtY', trace: '65f1c0ffee65f1c0ffee65f1' },
	{ datasets: ['us_ofac_sdn', 'eu_fsf', 'gb_hmt_sanctions'], topics: ['sanction', 'role.pep'] },
])('data of few entries are kept: %j', (value) => {
	expect(abridged(value)).toEqual(value);
});

test('control characters go, in texts and keys', () => {
	const shown = abridged({ 'a\u001b[31m': 'b\u0007c\u202ed', list: ['e\u2028f'] });
	expect(shown).toEqual({ 'a [31m': 'b c d', list: ['e f'] });
});
