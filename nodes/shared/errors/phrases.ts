import { serverWords } from './serverWords';

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
