import type { NameFault } from '../errors/inputMessages';
import { givenText } from '../errors/givenText';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { trimmed, withoutInvisible } from '../util/trimmed';

const MAX_INPUT_LENGTH = 1_000;
const FULL_NAME = 'Full Name';

/**
 * Returns a person's name as it is sent: in Unicode's NFKC, without invisible characters, with plain apostrophes and single
 * blanks. Throws INVALID_NAME, whose message does not repeat the name, if it is damaged, a placeholder, or written with
 * lookalike letters: no list has such a name, so its check would always be clear. `label` names the parameter.
 */
export function checkedName(value: unknown, label = FULL_NAME): string {
	const given = typeof value === 'string' ? value : '';
	givenText(given, { label, code: 'INVALID_NAME', maxLength: MAX_INPUT_LENGTH });
	const name = asSent(given);
	if (name === '') throw messages.noName(label);
	const refusal = refusalOf(given, name, label);
	if (refusal !== undefined) throw refusal;
	return name;
}

/** True if `checkedName` accepts a text, e.g. of a document. Never throws. */
export function isName(text: string): boolean {
	if (text.length > MAX_INPUT_LENGTH) return false;
	const name = asSent(text);
	return name !== '' && refusalOf(text, name, FULL_NAME) === undefined;
}

/** True if a text consists of placeholder words, such as `unknown`, `N/A` or `XXX`. */
export function isPlaceholder(text: string): boolean {
	const words = wordsIn(text.toLowerCase().replaceAll('n/a', 'na'));
	const isSpelledOut = words.every((word) => word.length === 1) && PLACEHOLDERS.has(words.join(''));
	return (
		words.length > 0 &&
		(isSpelledOut || words.every((word) => PLACEHOLDERS.has(word) || /^x{2,}$/.test(word)))
	);
}

const APOSTROPHES = /['`´‘’ʹʼ′＇]/gu;

/** NFKC splits the vowel AM of Thai and Lao, which lists never do, so it is joined again. */
const asSent = (given: string): string => {
	const spaced = given.replace(APOSTROPHES, "'").replace(/[\s\u200b\u2800]/gu, ' ');
	const name = withoutInvisible(spaced).normalize('NFKC').replaceAll('ํา', 'ำ').replaceAll('ໍາ', 'ຳ');
	return trimmed(name).replace(/ +/g, ' ');
};

/** Bytes 80 to BF (the second and later bytes of a UTF-8 character), read as Windows-1252 or Latin-1. */
const FOLLOWER = '\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
/** Characters of `FOLLOWER` that intact names contain, too: blanks, dashes, apostrophes, Czech and Slovak letters (KŘÍŽ, MATÚŠ). */
const IN_NAMES = '\\u00a0\\u00ad‘’–—ŠŽšžŒœŸªº·';

/** A UTF-8 character that was read as two to four characters. */
const MISREAD = new RegExp(
	[
		`[ÂÃÅ×][${FOLLOWER}]`,
		`[ÎÏÐÑØÙ](?![${IN_NAMES}])[${FOLLOWER}]`,
		`Ä(?!\\u00a0)[${FOLLOWER}]`,
		'È[˜™š›]',
		`[Æ-ß](?![${IN_NAMES}])[${FOLLOWER}]`,
		`[à-ï](?![${IN_NAMES}]{2})[${FOLLOWER}]{2}`,
		`[ð-ô][${FOLLOWER}]{3}`,
	].join('|'),
	'u',
);

/**
 * Unresolved expressions; then escapes, spreadsheet errors, and bytes 80 to 9F of Windows-1252 read as Latin-1 (`\x8aimon` for Šimon).
 * Both are searched for in the unchanged text.
 */
const NOT_RESOLVED = /\{\{|\}\}|\$json|\$\{/;
const ESCAPED =
	/[\x80-\x84\x86-\x9f\ufffd]|&#x?\d|&(?:#x[\da-f]{1,8}|[a-z][a-z\d]{1,31});|%[\da-f]{2}|\\|#[\p{L}#¡¿]|\p{L} ?:\d{3}/iu;

/** Latin letters of ordinary alphabets: up to Extended-B, Extended Additional, and the small letters of Extended-B's capitals. */
const ORDINARY_LATIN = /[A-\u024f\u1e00-\u1effɓɔɖɗəɛɠɣɨɩɯɲɵʀʉʊʋ]/u;

/** Alphabets with lookalike letters. */
const ALPHABETS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Coptic', 'Cherokee', 'Lisu', 'Georgian'].map(
	(script) => new RegExp(`(?=\\p{L})\\p{Script=${script}}`, 'u'),
);

/**
 * Overlays, rings around a letter, more than two accents on a letter (marks of other scripts are not counted), and a mark on none,
 * as NFKC makes of a free-standing accent (`Mu¨ller`).
 */
const MARKED = new RegExp(
	'[\\u0334-\\u0338\\u20d0-\\u20ff]|\\u0488|\\u0489|[\\u0300-\\u036f]{3}|(?<![\\p{L}\\p{M}\\p{N}])\\p{M}',
	'u',
);

/** Checked in this order, on the name as sent. */
const FAULTS: ReadonlyArray<readonly [NameFault, (name: string) => boolean]> = [
	['fewLetters', (name) => (name.match(/\p{L}/gu) ?? []).length < 2],
	['sign', (name) => /[\p{S}\p{Co}\p{Cn}\p{Cs}?@{}]/u.test(name)],
	['marks', (name) => MARKED.test(name)],
	[
		'letterForm',
		(name) => (name.match(/\p{Script=Latin}/gu) ?? []).some((letter) => !ORDINARY_LATIN.test(letter)),
	],
	['digit', (name) => /\p{L}\p{M}*\p{N}+\p{L}/u.test(name)],
	[
		'scripts',
		(name) => {
			const letters = wordsIn(name)
				.filter((word) => !/^[IVX]+$/.test(word))
				.join('');
			return ALPHABETS.filter((alphabet) => alphabet.test(letters)).length > 1;
		},
	],
	['onlyPlaceholders', (name) => isPlaceholder(name.replace(/\p{N}+/gu, ' '))],
];

/** Placeholders if a name has no other word, in upper or lower case: there are people called Zack Test and Na Li. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
	(
		'null none nil undefined nan na tbd unknown test testing tester user name first last full sample example dummy foo bar ' +
		'baz asdf qwerty xx xxx fnu lnu nfn nln nmn anonymous loading true false empty blank firstname lastname fullname username'
	).split(' '),
);

/** Texts that programs write for no value, with the spelling for a person with that name. */
const VALUELESS: Readonly<Record<string, string>> = {
	null: 'Null',
	nil: 'Nil',
	nan: 'Nan',
	NaN: 'Nan',
	none: 'NONE',
	None: 'NONE',
};

/** Texts that documents and forms have for a missing name. */
const FILLERS = /^(?:fnu|lnu|unknown)$/i;
const WRITTEN_FILLERS: ReadonlySet<string> = new Set(['XXX', 'NFN', 'NLN', 'NMN']);

const wordsIn = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

/** Returns the error for a rejected name; undefined if it is accepted. `given` is the unchanged text. */
function refusalOf(given: string, name: string, label: string): ProgenyError | undefined {
	if (NOT_RESOLVED.test(given) || NOT_RESOLVED.test(name))
		return messages.plainExpression(label, 'INVALID_NAME');
	if (given.includes('[object ')) return messages.valuelessName(label, 'an object', undefined);
	if (ESCAPED.test(given) || ESCAPED.test(name) || MISREAD.test(given))
		return messages.invalidName(label, 'damaged');
	const fault = FAULTS.find(([, isFaulty]) => isFaulty(name))?.[0];
	return fault === undefined ? refusedWord(name, label) : messages.invalidName(label, fault);
}

function refusedWord(name: string, label: string): ProgenyError | undefined {
	const hasSmallLetters = /\p{Ll}/u.test(name);
	for (const word of wordsIn(name)) {
		if (Object.hasOwn(VALUELESS, word)) return messages.valuelessName(label, word, VALUELESS[word]);
		if (word.toLowerCase() === 'undefined') return messages.valuelessName(label, word, undefined);
		if (word === 'NULL' && hasSmallLetters) return messages.valuelessName(label, word, 'Null');
		if (FILLERS.test(word) || WRITTEN_FILLERS.has(word)) return messages.fillerInName(label, word);
	}
	return undefined;
}
