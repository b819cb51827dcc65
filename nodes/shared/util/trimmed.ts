/** Blanks, control and format characters, what Unicode ignores by default (joiners, fillers, variation selectors), Braille's blank. */
const INVISIBLE_ENDS = /^[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]+|[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]+$/gu;

/** The text without control and format characters and what Unicode ignores by default, wherever they stand. */
export const withoutInvisible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{DI}]+/gu, '');

/**
 * A text or a number without blanks and other invisible characters at its ends, which come along when a text is pasted; an empty
 * text for anything else.
 */
export function trimmed(value: unknown): string {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	return text.replace(INVISIBLE_ENDS, '');
}
