/** Blanks, control and format characters, what Unicode ignores by default (joiners, fillers, variation selectors), Braille's blank. */
const INVISIBLE_ENDS = /^[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]+|[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]+$/gu;

/** The text without blanks and other invisible characters at its ends, which come along when a text is pasted. */
export const trimmed = (text: string): string => text.replace(INVISIBLE_ENDS, '');
