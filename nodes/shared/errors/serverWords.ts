import { withoutNumbers } from '../util/quote';

/*
 * Unicode's marks around an annotation. `quote` takes every such character out of a server's text, so that no answer can
 * carry one, and no message shows one.
 */
const BEGIN = '\ufff9';
const END = '\ufffb';
const MARKED = new RegExp(`${BEGIN}([^${BEGIN}${END}]*)${END}`, 'g');
/** The words at the end of a sentence, with what leads to them. */
const SAID = new RegExp(`(; [^;:]+)?: ${MARKED.source}$`);
const MARKS = new RegExp(`[${BEGIN}${END}]`, 'g');

/** Marks sanitized text as the server's own words within a message, so that `hidingNumbers` tells it from ours. */
export const serverWords = (words: string): string => `${BEGIN}${words.replace(MARKS, '')}${END}`;

/** A message as it is shown, without the marks. */
export const unmarked = (message: string): string => message.replace(MARKS, '');

/** A message without the server's marked words. */
export const withoutWords = (message: string): string =>
	message.replace(SAID, '').replace(MARKED, serverWords('…'));

/** A message with an ellipsis in place of each number in the server's marked words; our own numbers stay. */
export const hidingNumbers = (message: string): string =>
	message.replace(MARKED, (_, words: string) => serverWords(withoutNumbers(words)));

/** The numbers that our own sentences hold: an HTTP status, the seconds of a timeout, a version in a path. */
const OUR_NUMBERS = /(HTTP \d{3}\b|\bwithin \d+(?:\.\d+)? seconds?\b|\/v\d\b)/;

/**
 * The same for a message whose words may not be marked, such as one that n8n kept as plain text: each number goes that our
 * own sentences do not hold.
 */
export const hidingOtherNumbers = (message: string): string =>
	hidingNumbers(message)
		.split(OUR_NUMBERS)
		.map((part, i) => (i % 2 === 1 ? part : withoutNumbers(part)))
		.join('');

/** The remedy where an answer does not look like the Progeny API. */
export const CHECK_BASE_URL =
	"Check the Base URL in the Progeny credential; it should end in /api/v3, with Progeny's own host name.";

/** The HTTP status that led to an error, for its details. */
export const withStatus = (status: number): { status: number } => ({ status });

/** Sanitized server text as the end of a sentence; nothing where there is none. Hide Scores takes the numbers out of it. */
export const saying = (words: string): string => (words === '' ? '' : `: ${serverWords(words)}`);

/** Whom to ask where a page came instead of an answer in JSON. */
export const ASK_WHO_IS_IN_FRONT =
	"It comes from something in front of Progeny: a firewall, a proxy or a bot check. Ask those who run it, or Progeny, to let your n8n's requests through.";

/** What precedes Progeny's words of a task that had not ended. */
export const LAST_WORDS = 'Progeny said last: ';
