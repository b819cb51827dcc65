/** Blanks, control and format characters (zero-width space, byte order mark, directional marks) at either end of a text. */
const AT_THE_ENDS = /^[\p{Z}\p{C}\s]+|[\p{Z}\p{C}\s]+$/gu;

/** A text or a number without blanks and invisible characters at its ends; an empty text for anything else. */
export function trimmed(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).replace(AT_THE_ENDS, '') : '';
}
