/** A run of this length may be a part of a photo, a key or a token: 24 bytes in base64. */
const MIN_RUN = 32;
/** The fewest characters of a line of encoded data; the last line may have fewer. */
const MIN_LINE = 4;
/** Shorter lines count only in a long row: a short row of them may be codes or numbers. */
const SHORT_LINE = 10;
const MIN_ROW_OF_SHORT_LINES = 96;
/** Hex of at most this length is a hash or an ID: fewer than 24 bytes. */
const MAX_HEX = 47;

/** Bytes written one by one: hex pairs, decimal numbers. */
const BYTE_LISTS = [
	/\b(?:0x)?[0-9a-f]{2}(?:[\s,:-]+(?:0x)?[0-9a-f]{2}\b){15,}/gi,
	/\b\d{1,5}(?:[\s,]+\d{1,5}\b){23,}/g,
];
/** Bytes written as escapes, with plain characters among them. Fewer than eight escapes do not count. */
const ESCAPES = /(?:\\(?:x|u00)[0-9a-f]{2}[^\\\s]{0,8})+/gi;
const MIN_ESCAPES = 8;
const DATA_URI = /(\bdata:(?:[\w.+-]+\/[\w.+-]+(?:;[\w.=-]+)*|(?:;[\w.=-]+)+),)[^\s"'<>]+/gi;

/** Base64, base64url, hex, percent-encoding. */
const RUN = /[A-Za-z0-9+/_%-]+={0,2}/g;
/** Separators of lines: line breaks, also escaped as in JSON, or punctuation. */
const BETWEEN_LINES = /^(?:[\s"',;:|()[\]{}]|\\[nr]?){0,8}$/;

/** Replaces encoded data of 24 bytes or more by `***`, in one run or in lines. Words, codes, UUIDs and hashes stay. */
export function withoutEncoded(text: string): string {
	const clean = BYTE_LISTS.reduce(
		(safe, pattern) => safe.replace(pattern, (bytes) => (/\d/.test(bytes) ? '***' : bytes)),
		text,
	);
	const unescaped = clean.replace(ESCAPES, (bytes) =>
		bytes.split('\\').length > MIN_ESCAPES ? '***' : bytes,
	);
	return withoutRuns(unescaped).replace(DATA_URI, '$1***');
}

/** True if `withoutEncoded` would change the text. */
export const hasEncoded = (text: string): boolean => withoutEncoded(text) !== text;

/** True if texts together hold encoded data that none of them shows alone: lines of four characters or more. */
export const hasEncodedTogether = (texts: readonly string[]): boolean =>
	withoutEncoded(texts.join('\n')) !== texts.map(withoutEncoded).join('\n');

/** Replaces each line of ten characters or more by `***` in texts that hold encoded data together. */
export const withoutEncodedTogether = (texts: readonly string[]): readonly string[] =>
	hasEncodedTogether(texts)
		? texts.map((text) => text.replace(RUN, (run) => (isLine(run) ? '***' : run)))
		: texts;

const isLine = (run: string): boolean => run.length >= SHORT_LINE && !isReadable(run);

/** True if a text may be a line of encoded data: ten characters or more, no words and no blanks. */
export const isEncodedLine = (text: string): boolean => ONE_RUN.test(text) && isLine(text);
const ONE_RUN = /^[A-Za-z0-9+/_%-]+={0,2}$/;

interface Span {
	start: number;
	end: number;
	/** The characters of the runs, without separators. */
	characters: number;
	/** The number of runs that are nothing but hex. */
	hex: number;
	runs: number;
	/** True if a run before the last is a short line. */
	hasShortLines: boolean;
}

function withoutRuns(text: string): string {
	const spans: Span[] = [];
	let isOpen = false;
	let isShort = false;
	for (const { 0: run, index } of text.matchAll(RUN)) {
		const last = spans.at(-1);
		const follows = isOpen && last !== undefined && BETWEEN_LINES.test(text.slice(last.end, index));
		isOpen = !isReadable(run);
		if (!isOpen) continue;
		const hex = isHex(run) ? 1 : 0;
		const end = index + run.length;
		if (follows) {
			last.hasShortLines ||= isShort;
			last.end = end;
			last.characters += run.length;
			last.hex += hex;
			last.runs++;
		} else {
			spans.push({ start: index, end, characters: run.length, hex, runs: 1, hasShortLines: false });
		}
		isShort = run.length < SHORT_LINE;
		isOpen = run.length >= MIN_LINE;
	}
	let shown = '';
	let at = 0;
	for (const span of spans.filter(isEncoded)) {
		shown += `${text.slice(at, span.start)}***`;
		at = span.end;
	}
	return shown + text.slice(at);
}

const isEncoded = ({ characters, hex, runs, hasShortLines }: Span): boolean =>
	characters >= (hasShortLines ? MIN_ROW_OF_SHORT_LINES : MIN_RUN) &&
	!(runs === 1 && hex === 1 && characters <= MAX_HEX);

/** A word, a number, or a code such as `AML1234567`. */
const PLAIN_WORD = /^([A-Z]?[a-z]+([_-][a-z]+)*|[A-Z]{1,16}|\d{1,24}|[A-Z]{2,8}\d{1,10})$/;
/** A date, or a telephone number. */
const PLAIN_NUMBER = /^(\d{4}-\d\d?-\d\d?(T\d\d)?|\+\d{6,15})$/;
const JOINED_WORD = '\\d{0,3}([A-Z]?[a-z]{1,24}|[A-Z]{1,24})\\d{0,4}';
/** Three words or more in snake or kebab case, such as `error_2FA_required`; the last may be a number. */
const JOINED_WORDS = new RegExp(`^(${JOINED_WORD}[_-]+){2,}(${JOINED_WORD}|\\d{1,4})[_-]*$`);
/** A UUID, also a mistyped one: letters and digits in groups of about the right length. */
const UUID_LIKE = /\b[0-9a-z]{7,9}(-[0-9a-z]{3,5}){3}-[0-9a-z]{11,13}\b/gi;

const isHex = (text: string): boolean => /^([0-9a-f-]+|[0-9A-F-]+)$/.test(text) && /\d/.test(text);

/** True if a run of letters, digits and signs is made of words, as names and codes of every style are. Random data is not. */
function isReadable(run: string): boolean {
	if (PLAIN_WORD.test(run) || PLAIN_NUMBER.test(run) || JOINED_WORDS.test(run)) return true;
	const text = run.replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '');
	if ((text.match(/%[0-9a-f]{2}/gi)?.length ?? 0) >= 4) return false;
	if (/[+/]/.test(text) && !/[a-z]{3}/.test(text)) return false;
	const named = text.replace(UUID_LIKE, '').split(/[^A-Za-z0-9]+/);
	const ids = named.filter(isHex);
	const rest = named.filter((part) => part !== '' && !isHex(part));
	if (ids.join('').length > MAX_HEX) return false;
	return rest.length > 0 ? isMadeOfWords(rest.join('_')) : ids.length === 0;
}

/** A word: capitals, small letters with an optional capital first, or digits. */
const WORD = /(?:[A-Z](?![a-z]))+|[A-Z]?[a-z]+|\d+/g;
const MAX_WORD = 24;
/** The fewest different letters of a longer word: Malagasy and Hawaiian names have them, base64 of repeated bytes does not. */
const MIN_LETTERS = 8;

/**
 * Most English words have three small letters and a vowel; random base64 rarely does. Measured on 20,000 random runs of 32
 * characters: none passes, 1 has 75 % of its characters in plain words, and none has words of 4 characters on average
 * (test/unit/secrets.test.ts).
 */
function isMadeOfWords(text: string): boolean {
	if (/([A-Za-z])\1{3}/.test(text)) return false;
	const words = text.match(WORD) ?? [];
	const length = words.join('').length;
	const odd = words.filter(isOdd).length / words.length;
	if (!/[a-z]/.test(text)) {
		const digits = text.replace(/\D/g, '').length;
		return length / words.length >= 3 && odd < 0.34 && digits / length < 0.4;
	}
	return charactersIn(words, /[a-z]{3}/) / length >= 0.75 && length / words.length >= 4 && odd <= 0.2;
}

const MAX_FIELD_NAME = 60;

/** True for a key that consists mostly of words of three letters or more, as programs name fields: `boundingBoxX1`. */
export function isFieldName(key: string): boolean {
	if (key.length > MAX_FIELD_NAME) return false;
	return charactersIn(key.match(WORD) ?? [], /^[A-Za-z][a-z]{2}/) >= 0.7 * key.length;
}

/** Returns the number of characters in those of the words that have the form of a plain word, and a vowel. */
const charactersIn = (words: readonly string[], plain: RegExp): number =>
	words.filter((word) => plain.test(word) && /[aeiouy]/i.test(word)).join('').length;

const isOdd = (word: string): boolean =>
	(word.length > MAX_WORD && new Set(word).size < MIN_LETTERS) ||
	(/^\d/.test(word)
		? word.length > 8
		: (word.length >= 3 && !/[aeiouy]/i.test(word)) || /[^aeiouy]{6,}/i.test(word));
