import { hasEncoded, withoutEncoded } from './encoded';

const LONGEST = 300;
const LONGEST_NAME = 60;
const LONGEST_CODE = 60;
/** Text beyond this is not looked at: an answer may be of any size. */
const MOST_READ = 6_000;

/**
 * System error names that make n8n replace a whole message by a stock text wherever they occur in it
 * (n8n-workflow, NodeError.setDescriptiveErrorMessage).
 */
const STOCK_WORDS =
	/(E)(CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|RRADDRINUSE|ADDRNOTAVAIL|CONNABORTED|HOSTUNREACH|AI_AGAIN|NOENT|ISDIR|NOTDIR|ACCES|EXIST|PERM)|(GET)(ADDRINFO)/gi;

/** A JSON Web Token, as Progeny's tokens are. */
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;

/**
 * Sanitizes a sentence of the server's for display: one line, no control characters, at most 300 characters, without tokens,
 * encoded data, and the words that n8n would answer with a stock text. Secrets of the run are gone already (`redactorOf`).
 */
export function quote(text: string): string {
	return shortened(withoutStockWords(withoutEncoded(oneLine(text))), LONGEST);
}

/**
 * Sanitizes a name for display: of a form field, a binary field or a file, or a UUID or an ID that was typed in. One line and
 * at most 60 characters; up to that length it comes as it is, whatever its letters look like. Without tokens, and without what
 * only encoded data has.
 */
export function quoteName(text: string): string {
	const line = oneLine(text);
	const isName = line.length <= LONGEST_NAME && !/[+/]|=$/.test(line);
	return shortened(withoutStockWords(isName ? line : withoutEncoded(line)), LONGEST_NAME);
}

/**
 * Progeny's or a provider's own code as a text, as it comes: an identifier of at most 60 characters that is not encoded data, an
 * integer, or one of the phrases that v2 of the API documents. Undefined for anything else, which is a sentence or no code at all.
 */
export function codeOf(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	const isCode = typeof value === 'string' && value.length <= LONGEST_CODE && CODE.test(value);
	return isCode && !hasEncoded(value) ? value : undefined;
}

const CODE = /^([A-Za-z][A-Za-z0-9_.-]*|-?\d+|Bad (POST|params|face))$/;

/** The text with an ellipsis in place of every number: for people who should not learn a score. */
export function withoutNumbers(text: string): string {
	return text.replace(/\p{N}+([.,٫]\p{N}+)*/gu, '…');
}

/** The text, cut to at most `longest` characters with an ellipsis, never within a surrogate pair. */
export function shortened(text: string, longest: number): string {
	return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const withoutStockWords = (text: string): string => text.replace(STOCK_WORDS, '$1$3 $2$4').trim();

/** The beginning of the text, more than is ever shown, as one line without tokens. */
function oneLine(text: string): string {
	return text
		.slice(0, MOST_READ)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(JSON_WEB_TOKEN, '***')
		.trim();
}
