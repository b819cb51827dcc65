import { hasEncoded, withoutEncoded } from './encoded';

const MAX_QUOTE = 300;
const MAX_NAME = 60;
const MAX_CODE = 60;
/** Later characters are not read: an answer may be of any size. */
const MAX_READ = 6_000;

/**
 * System error names. n8n replaces a whole message that holds one by a stock text (n8n-workflow,
 * NodeError.setDescriptiveErrorMessage).
 */
const STOCK_WORDS =
	/(E)(CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|RRADDRINUSE|ADDRNOTAVAIL|CONNABORTED|HOSTUNREACH|AI_AGAIN|NOENT|ISDIR|NOTDIR|ACCES|EXIST|PERM)|(GET)(ADDRINFO)/gi;

/** A JSON Web Token, as Progeny's tokens are. Each run of its characters is searched once, from its start, for linear time. */
const JSON_WEB_TOKEN = /(?<![\w-])(?=[\w-]+\.[\w-])([\w-]*?\b)eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;

/**
 * Sanitizes a server's sentence for display: one line of at most 300 characters, without control characters, tokens, encoded
 * data, and the words of `STOCK_WORDS`. The caller has removed the run's secrets before (`redactorOf`).
 */
export function quote(text: string): string {
	return shortened(withoutStockWords(withoutEncoded(oneLine(text))), MAX_QUOTE);
}

/**
 * Sanitizes a name for display: of a form field, a binary field or a file, or a typed UUID or ID. Returns one line of at most
 * 60 characters without tokens. A name of up to that length may look random; only with signs of base64 in it is encoded data removed.
 * A caller may choose the name, and n8n shows an error's description as HTML, so angle brackets are replaced by ‹ and ›.
 */
export function quoteName(text: string): string {
	const line = oneLine(text).replaceAll('<', '‹').replaceAll('>', '›');
	const isName = line.length <= MAX_NAME && !/[+/]|=$/.test(line);
	return shortened(withoutStockWords(isName ? line : withoutEncoded(line)), MAX_NAME);
}

/**
 * Returns Progeny's or a provider's code as a text: an identifier of at most 60 characters that is not encoded data, an integer,
 * or one of the phrases that v2 of the API documents. Returns undefined for anything else, such as a sentence.
 */
export function codeOf(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	const isCode = typeof value === 'string' && value.length <= MAX_CODE && CODE.test(value);
	return isCode && !hasEncoded(value) ? value : undefined;
}

const CODE = /^([A-Za-z][A-Za-z0-9_.-]*|-?\d+|Bad (POST|params|face))$/;

/** Replaces every number by an ellipsis, to hide scores. */
export function withoutNumbers(text: string): string {
	return text.replace(/\p{N}+([.,٫]\p{N}+)*/gu, '…');
}

/** Cuts the text to at most `maxLength` characters, with an ellipsis, never within a surrogate pair. */
export function shortened(text: string, maxLength: number): string {
	return text.length > maxLength ? `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const withoutStockWords = (text: string): string => text.replace(STOCK_WORDS, '$1$3 $2$4').trim();

/** Returns the start of the text, longer than is ever shown, as one line without tokens. */
function oneLine(text: string): string {
	return text
		.slice(0, MAX_READ)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(JSON_WEB_TOKEN, '$1***')
		.trim();
}
