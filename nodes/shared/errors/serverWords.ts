import { withoutNumbers } from '../util/quote';

/*
 * Unicode's marks around an annotation. `quote` removes them from a server's text, so no answer can contain one, and no
 * message shows one.
 */
const MARK_START = '\ufff9';
const MARK_END = '\ufffb';
const MARKED = new RegExp(`${MARK_START}([^${MARK_START}${MARK_END}]*)${MARK_END}`, 'g');
/** The server's words at the end of a sentence, with what introduces them. */
const SAID = new RegExp(`(; [^;:]+)?: ${MARKED.source}$`);
const MARKS = new RegExp(`[${MARK_START}${MARK_END}]`, 'g');

/** Marks sanitized server text within a message, so that `hidingNumbers` can tell it from ours. */
export const serverWords = (words: string): string => `${MARK_START}${words.replace(MARKS, '')}${MARK_END}`;

/** Returns a message as it is shown, without the marks. */
export const unmarked = (message: string): string => message.replace(MARKS, '');

/** Removes the server's marked words from a message. */
export const withoutWords = (message: string): string =>
	message.replace(SAID, '').replace(MARKED, serverWords('…'));

/** Replaces each number in the server's marked words by an ellipsis. Our own numbers stay. */
export const hidingNumbers = (message: string): string =>
	message.replace(MARKED, (_, words: string) => serverWords(withoutNumbers(words)));

/** The numbers of our own sentences: an HTTP status, the seconds of a timeout, a version in a path. */
const OUR_NUMBERS = /(HTTP \d{3}\b|\bwithin \d+(?:\.\d+)? seconds?\b|\/v\d\b)/;

/**
 * The same for a message whose words may not be marked, such as one that n8n kept as plain text. Replaces every number but
 * those of our own sentences.
 */
export const hidingOtherNumbers = (message: string): string =>
	hidingNumbers(message)
		.split(OUR_NUMBERS)
		.map((part, i) => (i % 2 === 1 ? part : withoutNumbers(part)))
		.join('');

/** The remedy if an answer does not look like the Progeny API. */
export const CHECK_BASE_URL =
	"Check the Base URL in the Progeny credential; it should end in /api/v3, with Progeny's own host name.";

/** The HTTP status that led to an error, for its details. */
export const withStatus = (status: number): { status: number } => ({ status });

/** Returns sanitized server text as the end of a sentence, or an empty text. Hide Scores hides the numbers in it. */
export const saying = (words: string): string => (words === '' ? '' : `: ${serverWords(words)}`);

/** The remedy if a page came instead of JSON. */
export const ASK_WHO_IS_IN_FRONT =
	"It comes from something in front of Progeny: a firewall, a proxy or a bot check. Ask those who run it, or Progeny, to let your n8n's requests through.";

/** Introduces Progeny's words about an unfinished task. */
export const LAST_WORDS = 'Progeny said last: ';
