import fc from 'fast-check';
import { checkedName, isName, isPlaceholder } from '../../nodes/shared/document/inputName';
import { namesMatch, type DocumentName, type NameMatch } from '../../nodes/shared/document/names';
import { cases } from '../support/thorough';
import { thrownBy } from '../support/thrown';
import { each, words } from '../support/words';

const parts = (
	firstName: string | null,
	lastName: string | null,
	fullName: string | null = null,
): DocumentName => ({ fullName, firstName, lastName });
const whole = (fullName: string | null) => parts(null, null, fullName);
const JANE = parts('JANE', 'DOE');
const ANNA = parts('ANNA MARIA', 'ERIKSSON');

const EQUAL: Array<[string, DocumentName]> = [
	['jane doe', parts('JANE', 'DOE', 'JANE DOE')],
	['Doe, Jane', JANE],
	['Jane Doe', whole('DOE<<JANE')],
	['  Jane\u00a0 Doe\u200b ', parts('JANE', 'DOE')],
	['Zahra', parts(null, 'ZAHRA')],
	// The document has a word order of its own.
	['Günther Jean-Luc Müller', whole('MUELLER, GUENTHER JEAN LUC')],
	// Only given names after the first are missing.
	['Anna Eriksson', ANNA],
	['Anna Cruz Eriksson', parts('ANNA MARIA DE LA CRUZ', 'ERIKSSON')],
	['Anna Eriksson', { ...ANNA, fullName: 'ERIKSSON ANNA MARIA' }],
	['Jean Müller', parts('JEAN-LUC', 'MUELLER')],
	['An\u200bna Erik\u00adsson', ANNA],
	// One name in both fields.
	['Sukarno', parts('SUKARNO', 'SUKARNO')],
	['Sukarno', parts('SUKARNO', 'SUKARNO', 'SUKARNO SUKARNO')],
	['Sukarno Sukarno', parts('SUKARNO', 'SUKARNO')],
];

const DIFFERENT: Array<[string, DocumentName]> = [
	['Arthur Feggins', parts('ARTHUR', 'FEGGINS JR')],
	['Jane Doe', parts('JANE', null)],
	['Jane Doe', parts(null, 'DOE')],
	...each('Jane;Doe;Jane Jane;Jane Doe Doe;Jane Mary Doe;J Doe;Jayne Doe;Јаne Doe'.split(';'), JANE),
	['Maria Eriksson', ANNA],
	['Anna', ANNA],
	['Anna Maria Maria Eriksson', ANNA],
	['Anna', parts('ANNA MARIA', null)],
	['Anna Eriksson', whole('ANNA MARIA ERIKSSON')],
	// The document contradicts itself.
	['Jane Doe', parts('JANE', 'SMITH', 'JANE DOE')],
	['Jane Smith', parts('JANE', 'SMITH', 'JANE DOE')],
	['Sukarno', parts('FNU', 'SUKARNO')],
	['Sukarno', parts('SUKARNO', 'HATTA')],
];

const UNKNOWN: Array<[unknown, DocumentName]> = [
	...each(['', ' ', '---', '\u200b', '’', undefined, 42, ['Jane Doe'], {}], JANE),
	['Jane Doe', parts(null, null)],
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
		cases(2000),
	);
});

/** Names as their bearers write them and as the machine-readable zone of their documents has them (ICAO 9303-3). */
const COUNTRIES = `
Poland: Łukasz Wałęsa = LUKASZ WALESA; Łucja Małecka = LUCJA MALECKA; Zbigniew Żółć = ZBIGNIEW ZOLC;
  Świętosława Gżegżółka = SWIETOSLAWA GZEGZOLKA; Kowalska-Nowak Anna = KOWALSKA NOWAK ANNA; Łukasz Wałęsa ≠ WUKASZ WAWESA
Vietnam: Đặng Thị Hồng = THI HONG DANG; Nguyễn Văn Đức = VAN DUC NGUYEN; Phạm Nhật Vượng = PHAM NHAT VUONG;
  Trương Mỹ Lan = TRUONG MY LAN; Đỗ Mười = DO MUOI
Croatia and Serbia: Đurđica Đokić = DURDICA DOKIC; Ljubiša Žižić = LJUBISA ZIZIC; Čedomir Ćosić = CEDOMIR COSIC;
  Željko Šimić = ZELJKO SIMIC; ǈubo Ǌegoš = LJUBO NJEGOS; Đurđica Đokić ≠ DJURDJICA DJOKIC; Ђорђе Јовановић ≠ DORDE JOVANOVIC
Iceland: Þór Þorsteinsson = THOR THORSTEINSSON; Guðmundur Sigurðsson = GUDMUNDUR SIGURDSSON;
  Ásgeir Ægisson = ASGEIR AEGISSON; Jón Öfjörð = JON OEFJOERD; Jón Öfjörð = JON OFJORD; Þór Þorsteinsson ≠ POR PORSTEINSSON
France: Cœur-Lise Lœb = COEUR LISE LOEB; Zoë Lecœur = ZOE LECOEUR; François Hélène Çelik = FRANCOIS HELENE CELIK;
  Anaïs D'Aÿ = ANAIS DAY; Lætitia Noël = LAETITIA NOEL; Zoë Lecœur ≠ ZOE LECUR
Malta: Ġorġ Ħal = GORG HAL; Żeppi Għaxaq = ZEPPI GHAXAQ; Ħaġar Ċensu = HAGAR CENSU
Sápmi: Máŋŋu Ŧorkel = MANNU TORKEL; Áilu Čáhppe = AILU CAHPPE; Mikkel Đuoddar = MIKKEL DUODDAR; Máŋŋu Ŧorkel ≠ MANGNGU TORKEL
Spain and Latin America: Íñigo Muñoz = INXXIGO MUNXXOZ; Íñigo Muñoz = INIGO MUNOZ; Marta Güell = MARTA GUXXELL;
  Marta Güell = MARTA GUELL; Marta Güell = MARTA GUEELL; José García = JOSE GARCIA; Gal·la Puig = GALLA PUIG;
  Peña y Lillo, Ana = ANA PENXXA Y LILLO; Íñigo Muñoz ≠ INIGO MUNYOZ; Jose Garcia Lopez ≠ JOSE GARCIA LOP
Germany and Austria: Günther Groß = GUENTHER GROSS; Günther Groß = GUNTHER GROSS; Jörg Käßbohrer = JOERG KAESSBOHRER;
  Änne Überschär = AENNE UEBERSCHAER; Weiß = WEISS; Günther Groß ≠ GUNTHER GROS; Weiß ≠ WEIB
Denmark and Norway: Søren Ærø = SOEREN AEROE; Søren Ærø = SOREN AERO; Åse Bjørnstad = AASE BJOERNSTAD;
  Åse Bjørnstad = ASE BJORNSTAD; Ǿrsted = OERSTED
Sweden and Finland: Åke Sjögren = AAKE SJOEGREN; Päivi Mäkelä = PAEIVI MAEKELAE; Päivi Mäkelä = PAIVI MAKELA;
  Päivi Mäkelä ≠ PEIVI MEKELE
Turkey and Azerbaijan: İsmail Işık = ISMAIL ISIK; Çağrı Gökçe = CAGRI GOEKCE; Şükrü Yıldız = SUEKRUE YILDIZ;
  Əli Əliyev ≠ ALI ALIYEV; Şükrü Yıldız ≠ SHUKRU YILDIZ
Ireland and Britain: Sinéad O'Connor = SINEAD OCONNOR; Sinéad O’Connor = SINEAD O'CONNOR; Siân Gwŷr = SIAN GWYR;
  Seán Ó Briain ≠ JOHN OBRIEN
Ukraine, Bulgaria and Greece: Олена Коваль = ОЛЕНА КОВАЛЬ; Γιώργος Παπαδόπουλος = ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ;
  Олена Коваль ≠ OLENA KOVAL; Любов Шевченко ≠ LYUBOV SHEVCHENKO; Γιώργος Παπαδόπουλος ≠ GEORGIOS PAPADOPOULOS
Arabic and Hebrew: محمد علي = محمد علي; محمد علي ≠ MUHAMMAD ALI; דוד כהן ≠ DAVID COHEN
China, Japan and Korea: 王小明 = 王 小明; Lǚ Xiǎomíng = LU XIAOMING; Ōtani Shōhei = OTANI SHOHEI; 김민수 = 김 민수; 田中太郎 ≠ TANAKA TARO;
  Lǚ Xiǎomíng ≠ LYU XIAOMING
one name only: Sukarno = SUKARNO; Sukarno ≠ FNU SUKARNO; Sukarno ≠ SUKARNO XXX
spellings: Guenther Müller = GÜNTHER MULLER; Aase Ødegård = ÅSE ODEGAARD; Kjær = KJAER; STRAUẞ = Strauß; Ａｎｎａ = ANNA;
  Mu\u0308ller = MÜLLER; Renée O’Brien = RENEE O'BRIEN; Renée O´Brien = RENEE OBRIEN; O'Brien Renée = RENEE OBRIEN;
  Anna-Bella = ANNABELLA; Annabella = ANNA BELLA; van der Berg = VANDERBERG; Arthur Feggins ≠ ARTHUR FEGGINS JR
others: Eva Nora ≠ NORA AVE; J0hn ≠ JOHN; Samul ≠ SAMUEL; Manul ≠ MANUEL; राम ≠ रामी; ไทย ≠ ไทยี
`;
const PAIRS = COUNTRIES.trim()
	.replaceAll('\n  ', ' ')
	.split('\n')
	.flatMap((line) => {
		const [country, pairs] = line.split(': ');
		return pairs.split('; ').map((pair) => [country, ...pair.split(/ (?=[=≠])|(?<=[=≠]) /)]);
	});

test.each(PAIRS)('%s: %s %s %s', (_, name, sign, zone) => {
	const match = sign === '=' ? 'equal' : 'different';
	expect(namesMatch(name, whole(zone))).toBe(match);
	expect(namesMatch(zone, whole(name))).toBe(match);
});

test('of many words with many spellings each is spelled once', () => {
	const words = Array.from(
		{ length: 100 },
		(_, i) => `ÜÜÜÜÜÜ${'AB'[i % 2]}${String.fromCharCode(65 + (i >> 2))}`,
	);
	const letters = jest.spyOn(Object, 'hasOwn');
	namesMatch(words.join(' '), whole(words.reverse().join(' ')));
	expect(letters.mock.calls.length).toBeLessThan(10_000);
	letters.mockRestore();
});

test('each pair has a name, a sign and a zone', () => {
	expect(PAIRS.filter(([, , sign, zone]) => !/^[=≠]$/.test(sign) || !zone)).toEqual([]);
});

/** Returns a name in UTF-8 as read in Windows-1252 or Latin-1. */
const misread = (name: string, encoding: string) => new TextDecoder(encoding).decode(Buffer.from(name));

describe('a name that is sent', () => {
	const KEPT = `Jane Doe;Олена Коваль;Γιώργος Παπαδόπουλος;محمد علي;דָּוִד כֹּהֵן;王小明;Jackie 陳港生;김민수;น้ำผึ้ง คำภีร์;ນ້ຳ ຄຳ;မြင့်မြတ်;ნინო ბერიძე;Nguyễn Thị Ngọc Ánh;
		Anne-Marie O'Neill, Jr.;Henry Ford III;Иван IV;John Smith 3rd;KŘÍŽ;MATÚŠ ONDRÚŠ;JOSÉ–MARIA VOß–MEYER;Əli Əliyev;ɓaba ɗan Ƙano;
		Zack Test;Chris True;Na Li;Xx Li;Tom User;Jennifer Null;JENNIFER NULL;NAN GOLDIN;Nan Goldin;Ann NONE;Nil Armstrong;Anna Nullarbor`;
	test.each<[string, string?]>([
		...KEPT.split(';').map((name): [string] => [name.trim()]),
		['JOSÉ\u00a0\u00a0MARÍA MÄKELÄ\u00a0AINO', 'JOSÉ MARÍA MÄKELÄ AINO'],
		[' \n Jane Doe\u3000', 'Jane Doe'],
		['Jane \t\r\n Doe', 'Jane Doe'],
		['Jane\u200bDoe', 'Jane Doe'],
		['DAVÍÐ\u00a0JÓNSSON', 'DAVÍÐ JÓNSSON'],
		['Ja\u2060ne \u00adDoe\ufe0f\u0000', 'Jane Doe'],
		['Jane \u200b Doe', 'Jane Doe'],
		['Jose\u0301 Garci\u0301a', 'José García'],
		['Ｊｏｈｎ　Ｄｏｅ', 'John Doe'],
		['𝐉𝐨𝐡𝐧 𝓓𝓸𝓮', 'John Doe'],
		['Soﬁa Hoﬀ', 'Sofia Hoff'],
		['O`N O´N O‘N O’N OʹN OʼN O′N O＇N', "O'N O'N O'N O'N O'N O'N O'N O'N"],
	])('%s goes out', (value, sent = value) => {
		expect(checkedName(value)).toBe(sent);
		expect(isName(value)).toBe(true);
	});

	const refusal = (value: unknown) => thrownBy(() => checkedName(value));

	test.each([undefined, null, '', ' \n', '\u200b', 42, ['Jane Doe']])('%j is an empty name', (value) => {
		expect(refusal(value)).toMatchObject({ code: 'INVALID_NAME', message: 'Full Name is empty' });
	});

	/** A fault and names with it; names that an encoding spoiled are given intact. */
	const FAULTS = `
holds an expression as plain text: {{ $json.name }};$json.name;Jane {{ $json.last }};\${first} Doe;Jane }};｛｛ name ｝｝
its letters are damaged: Jos\ufffd Garc\ufffda;Jos%C3%A9;Jos\\u00e9;Se&aacute|n O&#39|Neill;O&#x27|Neill;Tom &amp| Jerry
its letters are damaged: #N/A;#REF!;#NAME?;#DIV/0!;#NV;#WERT!;Jane #N/A;####;#¡VALOR!;#¿NOMBRE?;Err:502;Err :508;O&#39Neill
it has fewer than two letters: ---;.;42;1990-09-04;x;J.;\u0301\u0302;王
it contains a sign that no name has: Jane ❓ Doe;Jane=Doe;DOE<<JANE;Jane\ue000 Doe;Jane \u0378 Doe;Jos? Garc?a;jane@doe.example
it contains marks through, around or piled on its letters: J\u0336a\u0336ne Doe;Jane\u20dd Doe;Иван\u0488;Ja\u0316\u0317\u0318ne Doe;Jo\u0338hn;Mu¨ller Jane;Jane \u0308Doe;J\u02d9ane Doe
it contains letters that only look like those of a name: Jɑne Doe;ᴊane Doe;Jane Doɘ;ꞁane
it contains a digit within a word: J0hn Doe;Jane D0e;Mar1a
it mixes letters of two alphabets: Jоhn Dоe;Јаne Doe;Jane Dое;Іvan Petrov;Νikos Papas;Јохн Doe;Jane Դoe;Ꭻane Doe;ꓙane Doe;Jane Иванова
it is a placeholder: null;NULL;Null Null;None None;NaN;undefined undefined;N/A;n.a.;n/a n/a;TBD;Test;Unknown;Test User;tester 2;First Last
it is a placeholder: Full Name;Sample;foo bar;asdf qwerty;Loading...;xxx;XXXXX;FNU LNU;Anonymous;(blank);first_name last_name;-- none --
which means that there is no value: null Doe;Jane null;Jane NULL;Jane nil;nan goldin;Jane NaN;None Doe;Jane none;Jane undefined;UNDEFINED DOE
which means that there is no value: Jane [object Object];[object Undefined];Jane-null
which means that a name is missing: FNU Sukarno;sukarno lnu;Jane Unknown;JANE XXX;NFN Singh;Jane NMN Doe`;
	const MISREAD = words(
		'Jos\u00e9 Łukasz Groß ÉLODIE Đặng Олена Γιώργος محمد 王小明 Çağrı Ştefan Agnė Šimon Niño O’Neill',
	);
	test.each<[string, string[]]>([
		...FAULTS.trim()
			.split('\n')
			.map((line) => line.split(': '))
			.map(([fault, names]): [string, string[]] => [
				fault,
				names.split(';').map((name) => name.replaceAll('|', ';')),
			]),
		['its letters are damaged', MISREAD.map((name) => misread(name, 'windows-1252'))],
		['its letters are damaged', [Buffer.from('José Núñez').toString('latin1'), '\x8aimon', 'O\x92Neill']],
		['its letters are damaged', [misread(misread('José', 'windows-1252'), 'windows-1252')]],
		['has more than 1000 characters', ['Jane '.repeat(201)]],
	])('%s: INVALID_NAME, and it is not repeated', (what, values) => {
		for (const value of values) {
			const { code, message, description } = refusal(value);
			expect([value, code, message]).toEqual([value, 'INVALID_NAME', expect.stringContaining(what)]);
			expect(description).not.toMatch(/Jane|Doe|Jos|Sukarno|42/);
			expect(isName(value)).toBe(false);
		}
	});

	test.each([
		['Jane null', 'write Null.', 'Jane Null'],
		['jane none', 'write NONE.', 'jane NONE'],
		['Jane NULL', 'write Null.', 'Jane Null'],
		['nan goldin', 'write Nan.', 'Nan goldin'],
		['FNU SUKARNO', 'Leave FNU out', 'SUKARNO'],
		['Sukarno Lnu', 'Leave Lnu out', 'Sukarno'],
	])('the remedy for %s, %s, lets the person through', (value, remedy, written) => {
		expect(refusal(value).description).toContain(remedy);
		expect(checkedName(written)).toBe(written);
	});

	test.each(words('N/A XX unknown'))('%s only fills the place of a value', (text) => {
		expect(isPlaceholder(text)).toBe(true);
	});
	test.each(['XX000000', 'Na Li', '', '-'])('%j does not', (text) => {
		expect(isPlaceholder(text)).toBe(false);
	});

	test('any text is accepted or refused, and an accepted one is accepted unchanged the second time', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const isTaken = isName(text);
				const name = isTaken ? checkedName(text) : refusal(text).code;
				expect(isTaken ? checkedName(name) : 'INVALID_NAME').toBe(name);
			}),
			cases(2000),
		);
	});
});
