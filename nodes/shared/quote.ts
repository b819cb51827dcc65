import { isRecord } from './values';

const LONGEST = 300;
/** Text beyond this is not looked at: an answer may be of any size. */
const MOST_READ = 6_000;

/**
 * System error names that make n8n replace a whole message by a stock text wherever they occur in it
 * (n8n-workflow, NodeError.setDescriptiveErrorMessage).
 */
const STOCK_WORDS =
	/(E)(CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|RRADDRINUSE|ADDRNOTAVAIL|CONNABORTED|HOSTUNREACH|AI_AGAIN|NOENT|ISDIR|NOTDIR|ACCES|EXIST|PERM)|(GET)(ADDRINFO)/gi;

/**
 * Makes text of the server's fit to be shown: one line, no control characters, at most 300 characters, without the
 * given secrets, and without the words that n8n would answer with a stock text.
 */
export function quote(text: string, secrets: readonly string[] = []): string {
	const readable = withoutSecrets(text, secrets)
		.replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '***')
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(STOCK_WORDS, '$1$3 $2$4')
		.trim();
	return shortened(readable, LONGEST);
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
 * What a Progeny answer says in words: Django REST Framework's `detail`, or its messages per field ("uuid: This field is
 * required."). Made safe by `quote`. Empty where the body says nothing readable (HTML, another shape).
 */
export function wordsOf(body: unknown, secrets: readonly string[] = []): string {
	return quote(plainWords(body), secrets);
}

function plainWords(body: unknown): string {
	if (!isRecord(body)) return '';
	for (const key of ['detail', 'message', 'error']) {
		const text = body[key];
		if (typeof text === 'string') return text;
	}
	return Object.entries(body)
		.map(
			([field, messages]) =>
				[field, [messages].flat().filter((message) => typeof message === 'string')] as const,
		)
		.filter(([, messages]) => messages.length > 0)
		.map(([field, messages]) => `${field}: ${messages.join(' ')}`)
		.join('; ');
}

/** Names the kind of an unexpected body, for a message: "an HTML page", "an empty answer", "a list", ... */
export function kindOf(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty answer';
	if (typeof body === 'string')
		return /^\s*<(!doctype|html|\?xml|head|body)/i.test(body) ? 'an HTML page' : 'a text';
	if (Array.isArray(body)) return 'a list';
	return typeof body === 'object' ? 'JSON of another form' : `a ${typeof body}`;
}
