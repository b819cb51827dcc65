const LONGEST = 300;
/** Text beyond this is not looked at: an answer may be of any size. */
const MOST_READ = 6_000;

/**
 * System error names that make n8n replace a whole message by a stock text wherever they occur in it
 * (n8n-workflow, NodeError.setDescriptiveErrorMessage).
 */
const STOCK_WORDS =
	/(E)(CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|RRADDRINUSE|ADDRNOTAVAIL|CONNABORTED|HOSTUNREACH|AI_AGAIN|NOENT|ISDIR|NOTDIR|ACCES|EXIST|PERM)|(GET)(ADDRINFO)/gi;

/** A run of characters that may encode 24 bytes or more: of a photo, a key, a token. */
const ENCODED = /[A-Za-z0-9+/_=-]{32,}/g;
/** Hex of fewer bytes than that; groups as in a UUID; words in capitals or small letters alone, such as an error code. */
const HARMLESS = /^([0-9a-f-]{1,47}|\w{1,16}(-\w{1,16}){3,5}|[A-Z_-]+|[a-z_-]+)$/;

/**
 * Makes text of the server's fit to be shown: one line, no control characters, at most 300 characters, without the
 * given secrets, long encoded data, and the words that n8n would answer with a stock text.
 */
export function quote(text: string, secrets: readonly string[] = []): string {
	const readable = withoutSecrets(text, secrets)
		.replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '***')
		.replace(ENCODED, (run) => (HARMLESS.test(run) ? run : '***'))
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(STOCK_WORDS, '$1$3 $2$4')
		.trim();
	return shortened(readable, LONGEST);
}

/** The text with an ellipsis in place of every number: for people who should not learn a score. */
export function withoutNumbers(text: string): string {
	return text.replace(/\d+([.,]\d+)*/g, '…');
}

/** The text, cut to at most `longest` characters with an ellipsis, never within a surrogate pair. */
export function shortened(text: string, longest: number): string {
	return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** The beginning of the text, more than is ever shown, without the secrets; nor a part of one, where the cut would leave it. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
	const known = secrets.filter((secret) => secret !== '');
	const beginning = text.slice(0, MOST_READ);
	const clean = known.reduce((safe, secret) => safe.replaceAll(secret, '***'), beginning);
	const tail = text.length > MOST_READ ? Math.max(0, ...known.map(({ length }) => length)) : 0;
	return clean.slice(0, clean.length - tail);
}

/**
 * Sanitizes the name of a field or of a file for display: one line, no control characters, at most 80 characters. Names are
 * shown as they are, so this is not for text that may hold a secret or a part of a photo.
 */
export function quoteName(name: string): string {
	const readable = name
		.slice(0, MOST_READ)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(STOCK_WORDS, '$1$3 $2$4')
		.trim();
	return shortened(readable, 80);
}
