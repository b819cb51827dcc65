import { withoutNumbers } from '../util/quote';

/*
 * Unicode's marks around an annotation. `quote` takes every such character out of a server's text, so that no answer can
 * carry one, and no message shows one.
 */
const BEGIN = '\ufff9';
const END = '\ufffb';
const MARKED = new RegExp(`${BEGIN}([^${BEGIN}${END}]*)${END}`, 'g');
const MARKS = new RegExp(`[${BEGIN}${END}]`, 'g');

/** Marks sanitized text as the server's own words within a message, so that `hidingNumbers` tells it from ours. */
export const serverWords = (words: string): string => `${BEGIN}${words.replace(MARKS, '')}${END}`;

/** A message as it is shown, without the marks. */
export const unmarked = (message: string): string => message.replace(MARKS, '');

/** A message with an ellipsis in place of each number in the server's words; our own numbers stay. */
export const hidingNumbers = (message: string): string =>
	message.replace(MARKED, (_, words: string) => serverWords(withoutNumbers(words)));
