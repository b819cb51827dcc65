/** The words of a text, for lists that are longer than a line. */
export const words = (text: string): string[] => text.trim().split(/\s+/);
