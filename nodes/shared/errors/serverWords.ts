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
