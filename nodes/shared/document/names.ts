import { withoutInvisible } from '../util/trimmed';

/** A person's name as a document gives it: whole, in parts or both; null where it gives none. */
export interface DocumentName {
	fullName: string | null;
	/** The given names, in a row. */
	firstName: string | null;
	lastName: string | null;
}

/** Whether two names are the same; unknown where there is nothing to compare. */
export type NameMatch = 'equal' | 'different' | 'unknown';

/**
 * Compares a name that is expected with that of a document. They are equal with the same words in any order, with the same
 * letters without spaces, or where only given names after the first are missing from the expected one. A document that gives
 * its name both whole and in parts has to match in both. Nothing is transliterated, and no other spelling is taken.
 */
export function namesMatch(expected: unknown, { fullName, firstName, lastName }: DocumentName): NameMatch {
	const texts = [expected, fullName, firstName, lastName];
	if (texts.some((text) => typeof text === 'string' && text.length > LONGEST_NAME)) return 'different';
	const [wanted, whole, given, family] = texts.map(wordsOf) as [string[], string[], string[], string[]];
	const parts = [...given, ...family];
	if (wanted.length === 0 || whole.length + parts.length === 0) return 'unknown';
	// Whoever has one name only has it in both fields.
	const single = isSame(given, family) ? [family] : [];
	const isSameAsParts = [parts, [...family, ...given], ...single].some((words) => isSame(wanted, words));
	const matchesParts = parts.length === 0 || isSameAsParts || omitsGivenNames(wanted, given, family);
	const matchesWhole = whole.length === 0 || [wanted, parts, ...single].some((words) => isSame(words, whole));
	return matchesParts && matchesWhole ? 'equal' : 'different';
}

/** No name is longer. */
const LONGEST_NAME = 1_000;

/** Apostrophes, accents that stand in the place of one, and the point of Catalan's l·l: ICAO 9303-3 leaves them out. */
const APOSTROPHES = /['`´‘’‛ʹʻʼʽˈ′＇·]/gu;
/** Combining accents of Latin, Greek and Cyrillic letters; the vowel signs of other scripts are none. */
const ACCENTS = /[\u0300-\u036f]/gu;
const NO_LETTERS = /[^\p{L}\p{M}\p{N}]+/gu;

/** Letters that are written in several ways where only A to Z can be (ICAO 9303-3, section 6, table A). */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
	Ä: ['A', 'AE'],
	Ö: ['O', 'OE'],
	Ü: ['U', 'UE', 'UXX'],
	Å: ['A', 'AA'],
	Ø: ['O', 'OE'],
	Ñ: ['N', 'NXX'],
};

/** Letters that are written in one way there, and that Unicode does not decompose. */
const LETTERS: Readonly<Record<string, string>> = {
	ẞ: 'SS',
	Æ: 'AE',
	Œ: 'OE',
	Þ: 'TH',
	Ð: 'D',
	Đ: 'D',
	Ħ: 'H',
	Ł: 'L',
	Ŋ: 'N',
	Ŧ: 'T',
};

const HAS_SPELLINGS = new RegExp(`[${Object.keys(SPELLINGS).join('')}]`);

/** The words of a name in upper case, without accents and apostrophes; only the letters of `SPELLINGS` keep theirs. */
function wordsOf(name: unknown): string[] {
	if (typeof name !== 'string') return [];
	const letters = withoutInvisible(name.replace(/\s/gu, ' '))
		.replace(APOSTROPHES, '')
		.normalize('NFKC')
		.replace(APOSTROPHES, '')
		.toUpperCase()
		.normalize('NFC');
	const plain = [...letters].map((letter) =>
		Object.hasOwn(SPELLINGS, letter) ? letter : letter.normalize('NFKD').replace(ACCENTS, ''),
	);
	return plain
		.map((letter) => LETTERS[letter] ?? letter)
		.join('')
		.split(NO_LETTERS)
		.filter((word) => word !== '');
}

/** Whether the names have the same words in any order, or the same letters in the same order. */
const isSame = (one: readonly string[], other: readonly string[]): boolean =>
	(one.length === other.length && without(one, other) !== undefined) ||
	isSameWord(one.join(''), other.join(''));

/** Whether a name has the first of the given names and the whole family name, and lacks none but later given names. */
function omitsGivenNames(
	name: readonly string[],
	given: readonly string[],
	family: readonly string[],
): boolean {
	const [first, ...later] = given;
	if (first === undefined || family.length === 0) return false;
	const others = without(name, [first, ...family]);
	return others !== undefined && without(later, others) !== undefined;
}

/** The words that are left once each of `taken` is taken out; undefined where one of these is not there. */
function without(words: readonly string[], taken: readonly string[]): string[] | undefined {
	const left = [...words];
	for (const word of taken) {
		const index = left.findIndex((each) => isSameWord(each, word));
		if (index < 0) return undefined;
		left.splice(index, 1);
	}
	return left;
}

function isSameWord(one: string, other: string): boolean {
	if (one === other || !HAS_SPELLINGS.test(one + other)) return one === other;
	const spellings = new Set(spellingsOf(one));
	return spellingsOf(other).some((spelling) => spellings.has(spelling));
}

/** Up to this many letters with several spellings are combined in every way; beyond it all have the same way. */
const MOST_COMBINED = 6;

function spellingsOf(word: string): string[] {
	const letters = [...word].map((letter) =>
		Object.hasOwn(SPELLINGS, letter) ? SPELLINGS[letter]! : [letter],
	);
	const isMany = letters.filter((ways) => ways.length > 1).length > MOST_COMBINED;
	if (isMany) return [0, 1, 2].map((way) => letters.map((ways) => ways[way] ?? ways.at(-1)!).join(''));
	return letters.reduce<string[]>(
		(begun, ways) => ways.flatMap((end) => begun.map((text) => text + end)),
		[''],
	);
}
