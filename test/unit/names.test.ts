import fc from 'fast-check';
import { checkedName } from '../../nodes/shared/document/inputName';
import { namesMatch, type DocumentName, type NameMatch } from '../../nodes/shared/document/names';
import { ProgenyError } from '../../nodes/shared/errors/error';
import { SEED } from './mutations';

const parts = (
	firstName: string | null,
	lastName: string | null,
	fullName: string | null = null,
): DocumentName => ({
	fullName,
	firstName,
	lastName,
});
const whole = (fullName: string | null) => parts(null, null, fullName);
const ANNA = parts('ANNA MARIA', 'ERIKSSON');

const EQUAL: Array<[string, DocumentName]> = [
	['Jane Doe', parts('JANE', 'DOE')],
	['jane doe', parts('JANE', 'DOE', 'JANE DOE')],
	['Doe, Jane', parts('JANE', 'DOE')],
	['Jane Doe', whole('DOE<<JANE')],
	['  Jane\u00a0 Doe\u200b ', parts('JANE', 'DOE')],
	['Zahra', parts(null, 'ZAHRA')],
	['Zahra', parts(null, 'ZAHRA', 'ZAHRA')],
	// The document has a word order of its own.
	['Günther Jean-Luc Müller', whole('MUELLER, GUENTHER JEAN LUC')],
	['Günther Jean-Luc Müller', parts('GUENTHER JEAN LUC', 'MUELLER')],
	['Günther Müller', whole('GUNTHER MUELLER')],
	['Guenther Müller', whole('GÜNTHER MULLER')],
	['Muller', whole('MÜLLER')],
	['Åse Ødegård', whole('AASE OEDEGAARD')],
	['Åse Ødegård', whole('ASE ODEGARD')],
	['Aase Ødegård', whole('ÅSE ODEGAARD')],
	['Kjær', whole('KJAER')],
	['Göran Käßmöller', whole('GOERAN KAESSMOELLER')],
	['Strauß', whole('STRAUSS')],
	['STRAUẞ', whole('Strauß')],
	// Decomposed, and as other characters of the same letters.
	['Mu\u0308ller', whole('MÜLLER')],
	['Ａｎｎａ', whole('ANNA')],
	['Renée O’Brien', whole("RENEE O'BRIEN")],
	['Renée O´Brien', whole('RENEE OBRIEN')],
	["O'Brien Renée", whole('RENEE OBRIEN')],
	['An\u200bna Erik\u00adsson', ANNA],
	['Nguyễn Văn Đức', whole('NGUYEN VAN ĐUC')],
	['Anna-Bella', whole('ANNABELLA')],
	['Annabella', whole('ANNA BELLA')],
	['van der Berg', whole('VANDERBERG')],
	['Γιώργος', whole('ΓΙΩΡΓΟΣ')],
	['Андрій', whole('АНДРІЙ')],
	['王小明', whole('王 小明')],
	// Only given names after the first are missing.
	['Anna Eriksson', ANNA],
	['Eriksson Anna', ANNA],
	['Anna Maria Eriksson', ANNA],
	['Anna Cruz Eriksson', parts('ANNA MARIA DE LA CRUZ', 'ERIKSSON')],
	['Anna Eriksson', { ...ANNA, fullName: 'ERIKSSON ANNA MARIA' }],
	['Jean Müller', parts('JEAN-LUC', 'MUELLER')],
];

const DIFFERENT: Array<[string, DocumentName]> = [
	['Arthur Feggins', parts('ARTHUR', 'FEGGINS JR')],
	['Arthur Feggins', whole('ARTHUR FEGGINS JR')],
	['Jane Doe', parts('JANE', null)],
	['Jane Doe', parts(null, 'DOE')],
	['Jane', parts('JANE', 'DOE')],
	['Doe', parts('JANE', 'DOE')],
	['Jane Jane', parts('JANE', 'DOE')],
	['Jane Doe Doe', parts('JANE', 'DOE')],
	['Jane Mary Doe', parts('JANE', 'DOE')],
	['Jane Dow', parts('JANE', 'DOE')],
	['J Doe', parts('JANE', 'DOE')],
	['Jayne Doe', parts('JANE', 'DOE')],
	['Maria Eriksson', ANNA],
	['Anna', ANNA],
	['Anna Maria Maria Eriksson', ANNA],
	['Anna', parts('ANNA MARIA', null)],
	['Anna Eriksson', whole('ANNA MARIA ERIKSSON')],
	// The document contradicts itself.
	['Jane Doe', parts('JANE', 'SMITH', 'JANE DOE')],
	['Jane Smith', parts('JANE', 'SMITH', 'JANE DOE')],
	// Anagrams, and letters that only look like others.
	['Eva Nora', whole('NORA AVE')],
	['Јаne Doe', parts('JANE', 'DOE')],
	['Jаne Doe', parts('JANE', 'DOE')],
	['J0hn', whole('JOHN')],
	// Scripts that cannot be compared, and letters that no rule writes in another way.
	['Олена Коваль', parts('OLENA', 'KOVAL')],
	['محمد', whole('MUHAMMAD')],
	['田中', whole('TANAKA')],
	['Łukasz', whole('WUKASZ')],
	['Samul', whole('SAMUEL')],
	['Manul', whole('MANUEL')],
	// Vowel signs are no accents.
	['राम', whole('रामी')],
	['ไทย', whole('ไทยี')],
];

const UNKNOWN: Array<[unknown, DocumentName]> = [
	...[
		undefined,
		null,
		'',
		' ',
		'---',
		'.,;',
		'\u200b',
		'’',
		'<<<',
		42,
		true,
		['Jane Doe'],
		{ name: 'Jane Doe' },
	].map((expected): [unknown, DocumentName] => [expected, parts('JANE', 'DOE')]),
	['Jane Doe', parts(null, null)],
	['Jane Doe', parts('', '---', '?')],
	['---', parts('---', '---')],
];

describe.each<[NameMatch, Array<[unknown, DocumentName]>]>([
	['equal', EQUAL],
	['different', DIFFERENT],
	['unknown', UNKNOWN],
])('names are %s', (match, table) => {
	test.each(table)('%j and %j', (expected, document) => {
		expect(namesMatch(expected, document)).toBe(match);
	});
});

test('whole names are equal in both directions', () => {
	const wholeOnes = [...EQUAL, ...DIFFERENT].filter(
		([, { firstName, lastName }]) => firstName === null && lastName === null,
	);
	expect(wholeOnes.length).toBeGreaterThan(20);
	for (const [expected, document] of wholeOnes)
		expect([expected, namesMatch(document.fullName, whole(expected))]).toEqual([
			expected,
			namesMatch(expected, document),
		]);
});

test('names of more than 1,000 characters are not compared', () => {
	expect(namesMatch('a'.repeat(1000), whole('a'.repeat(1000)))).toBe('equal');
	expect(namesMatch('a'.repeat(1001), whole('a'.repeat(1001)))).toBe('different');
	expect(namesMatch('Jane', parts('JANE', 'x'.repeat(1001)))).toBe('different');
});

test('more letters with two spellings than are combined have all the one or all the other', () => {
	const name = 'ÅÄÖÜØÆ'.repeat(40);
	expect(namesMatch(name, whole(name.toLowerCase()))).toBe('equal');
	expect(namesMatch(name, whole('AAAEOEUEOEAE'.repeat(40)))).toBe('equal');
	expect(namesMatch(name, whole('AAOUOAE'.repeat(40)))).toBe('equal');
	expect(namesMatch(name, whole('AAOUOAE'.repeat(39) + 'AAAEOEUEOEAE'))).toBe('different');
});

test('a name never throws, and is equal to itself', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (name, other) => {
			expect(namesMatch(name, whole(name))).not.toBe('different');
			expect(namesMatch(other, parts(name, other))).toMatch(/^(equal|different|unknown)$/);
		}),
		{ seed: SEED, numRuns: 500 },
	);
});

describe('a name that is sent', () => {
	test.each<[string, unknown, string]>([
		['as it is', 'Jane Doe', 'Jane Doe'],
		['in any script', 'Олена Коваль', 'Олена Коваль'],
		['with signs', "Anne-Marie O'Neill, Jr.", "Anne-Marie O'Neill, Jr."],
		['a name that is Null', 'Jennifer Null', 'Jennifer Null'],
		['without blanks around it', ' \n Jane Doe\u3000', 'Jane Doe'],
		['each run of blanks as one', 'Jane \t\r\n Doe', 'Jane Doe'],
		['without what cannot be seen', 'Ja\u200bne\u2060 \u00adDoe\ufe0f\u0000', 'Jane Doe'],
		['without blanks that only invisible characters divide', 'Jane \u200b Doe', 'Jane Doe'],
	])('goes out %s', (_, value, sent) => {
		expect(checkedName(value)).toBe(sent);
	});

	const refusal = (value: unknown): ProgenyError => {
		try {
			checkedName(value);
		} catch (thrown) {
			if (thrown instanceof ProgenyError) return thrown;
			throw thrown;
		}
		throw new Error('it was taken');
	};

	test.each<unknown>([undefined, null, '', ' \n', '\u200b', 42, true, ['Jane Doe'], { name: 'Jane Doe' }])(
		'%j is told as an empty name',
		(value) => {
			expect(refusal(value)).toMatchObject({ code: 'INVALID_NAME', message: 'Full Name is empty' });
		},
	);

	test.each([
		...['---', '.', '42', '1990-09-04', '❓'],
		...['undefined undefined', 'Jane undefined', 'null', 'null null', 'None None', 'NaN'],
		...['[object Object]', 'Jane [object Object]', 'nu\u200bll'],
	])('%j is no name, and it is not repeated', (value) => {
		const { code, message, description } = refusal(value);
		expect([code, message]).toEqual(['INVALID_NAME', 'Full Name is not a name']);
		expect(description).not.toMatch(/Jane|undefined|null|42/);
	});
});
