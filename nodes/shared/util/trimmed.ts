/** Blanks, control and format characters, Unicode's default ignorables (joiners, fillers, variation selectors), Braille's blank. */
const INVISIBLE = /[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]/u;
/** More than any parameter accepts: a longer text is refused later. */
const MAX_TRIMMED = 10_000;

/** Removes control characters, format characters and Unicode's default ignorables everywhere in the text. */
export const withoutInvisible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{DI}]+/gu, '');

/**
 * Removes blanks and other invisible characters, which a pasted text may have, from both ends of a text or a number. Returns an
 * empty text for anything else, and a text of more than 10,000 characters unchanged. Linear time: the text may be hostile.
 */
export function trimmed(value: unknown): string {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	if (text.length > MAX_TRIMMED) return text;
	const characters = [...text];
	const first = characters.findIndex(isVisible);
	return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isVisible) + 1).join('');
}

const isVisible = (character: string): boolean => !INVISIBLE.test(character);
