/** Blanks, control and format characters, what Unicode ignores by default (joiners, fillers, variation selectors), Braille's blank. */
const INVISIBLE = /[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]/u;
/** Longer than any text that a parameter takes, so one of more characters is refused anyway. */
const LONGEST_TRIMMED = 10_000;

/** The text without control and format characters and what Unicode ignores by default, wherever they stand. */
export const withoutInvisible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{DI}]+/gu, '');

/**
 * A text or a number without blanks and other invisible characters at its ends, which come along when a text is pasted; an empty
 * text for anything else. Returns a text of more than 10,000 characters as it is. Walks the text once: anybody may choose it.
 */
export function trimmed(value: unknown): string {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	if (text.length > LONGEST_TRIMMED) return text;
	const characters = [...text];
	const first = characters.findIndex(isVisible);
	return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isVisible) + 1).join('');
}

const isVisible = (character: string): boolean => !INVISIBLE.test(character);
