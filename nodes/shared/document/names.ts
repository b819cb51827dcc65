import { withoutInvisible } from '../util/trimmed';

/** A person's name in a document: whole, in parts or both; null if missing. */
export interface DocumentName {
	fullName: string | null;
	/** All given names. */
	firstName: string | null;
	lastName: string | null;
}

/** The result of a comparison; unknown if there is nothing to compare. */
export type NameMatch = 'equal' | 'different' | 'unknown';

/**
 * Compares an expected name with a document's name. They are equal if they have the same words in any order, or the same letters
 * without spaces, or if the expected name only lacks given names after the first. A name both whole and in parts must match
 * in both. Letters may be spelled as ICAO 9303-3 allows; other scripts are not transliterated.
 */
export function namesMatch(expected: unknown, { fullName, firstName, lastName }: DocumentName): NameMatch {
	const texts = [expected, fullName, firstName, lastName];
	if (texts.some((text) => typeof text === 'string' && text.length > MAX_COMPARED_LENGTH)) return 'different';
	const [wanted, whole, given, family] = texts.map(nameWords) as [Word[], Word[], Word[], Word[]];
	const parts = [...given, ...family];
	if (wanted.length === 0 || whole.length + parts.length === 0) return 'unknown';
	// A person with a single name has it in both fields.
	const single = isSameName(given, family) ? [family] : [];
	const isSameAsParts = [parts, [...family, ...given], ...single].some((words) => isSameName(wanted, words));
	const matchesParts = parts.length === 0 || isSameAsParts || omitsGivenNames(wanted, given, family);
	const matchesWhole =
		whole.length === 0 || [wanted, parts, ...single].some((words) => isSameName(words, whole));
	return matchesParts && matchesWhole ? 'equal' : 'different';
}

/** In characters; longer names are never equal. */
const MAX_COMPARED_LENGTH = 1_000;

/** Apostrophes, accents used as one, and the point of Catalan's l·l: ICAO 9303-3 omits them. */
const OMITTED_SIGNS = /['`´‘’‛ʹʻʼʽˈ′＇·]/gu;
/** Combining accents of Latin, Greek and Cyrillic letters, without the vowel signs of other scripts. */
const ACCENTS = /[\u0300-\u036f]/gu;
const NO_LETTERS = /[^\p{L}\p{M}\p{N}]+/gu;

/** Letters with several transliterations to A-Z (ICAO 9303-3, section 6, table A). */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
	Ä: ['A', 'AE'],
	Ö: ['O', 'OE'],
	Ü: ['U', 'UE', 'UXX'],
	Å: ['A', 'AA'],
	Ø: ['O', 'OE'],
	Ñ: ['N', 'NXX'],
};

/** Letters with one transliteration there, which Unicode does not decompose. */
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

/** A word in upper case. Its spellings are combined once: each word of a name is compared with each of the other. */
class Word {
	private combined: ReadonlySet<string> | undefined;

	constructor(readonly text: string) {}

	isSameAs(other: Word): boolean {
		if (this.text === other.text || !HAS_SPELLINGS.test(this.text + other.text))
			return this.text === other.text;
		for (const spelling of other.spellings) if (this.spellings.has(spelling)) return true;
		return false;
	}

	private get spellings(): ReadonlySet<string> {
		return (this.combined ??= new Set(transliterations(this.text)));
	}
}

const joined = (words: readonly Word[]): Word => new Word(words.map(({ text }) => text).join(''));

/** Returns the words of a name in upper case, without apostrophes and accents; letters of `SPELLINGS` keep their accents. */
function nameWords(name: unknown): Word[] {
	if (typeof name !== 'string') return [];
	const letters = withoutInvisible(name.replace(/\s/gu, ' '))
		.replace(OMITTED_SIGNS, '')
		.normalize('NFKC')
		.replace(OMITTED_SIGNS, '')
		.toUpperCase()
		.normalize('NFC');
	const plain = [...letters].map((letter) =>
		Object.hasOwn(SPELLINGS, letter) ? letter : letter.normalize('NFKD').replace(ACCENTS, ''),
	);
	return plain
		.map((letter) => LETTERS[letter] ?? letter)
		.join('')
		.split(NO_LETTERS)
		.filter((word) => word !== '')
		.map((word) => new Word(word));
}

/** True if two names have the same words in any order, or the same letters in the same order. */
const isSameName = (one: readonly Word[], other: readonly Word[]): boolean =>
	(one.length === other.length && without(one, other) !== undefined) || joined(one).isSameAs(joined(other));

/** True if a name has the first given name and the whole family name, and lacks only later given names. */
function omitsGivenNames(name: readonly Word[], given: readonly Word[], family: readonly Word[]): boolean {
	const [first, ...later] = given;
	if (first === undefined || family.length === 0) return false;
	const others = without(name, [first, ...family]);
	return others !== undefined && without(later, others) !== undefined;
}

/** Returns the words without those of `taken`; undefined if one of these is missing. */
function without(words: readonly Word[], taken: readonly Word[]): Word[] | undefined {
	const left = [...words];
	for (const word of taken) {
		const index = left.findIndex((each) => each.isSameAs(word));
		if (index < 0) return undefined;
		left.splice(index, 1);
	}
	return left;
}

/** A word with more letters of `SPELLINGS` is not combined in every way: that would be more than 3 ** 6 spellings. */
const MAX_COMBINED = 6;

function transliterations(word: string): string[] {
	const letters = [...word].map((letter) =>
		Object.hasOwn(SPELLINGS, letter) ? SPELLINGS[letter]! : [letter],
	);
	const ambiguous = letters.filter((spellings) => spellings.length > 1).length;
	return ambiguous > MAX_COMBINED ? uniformSpellings(letters) : allCombinations(letters);
}

/** Spells all letters in the same way: all by their first spelling, all by their second, all by their third. */
const uniformSpellings = (letters: ReadonlyArray<readonly string[]>): string[] =>
	[0, 1, 2].map((way) => letters.map((spellings) => spellings[way] ?? spellings.at(-1)!).join(''));

function allCombinations(letters: ReadonlyArray<readonly string[]>): string[] {
	let words = [''];
	for (const spellings of letters) {
		words = words.flatMap((start) => spellings.map((spelling) => start + spelling));
	}
	return words;
}
