/** Shorter secrets are not removed within words: ordinary words contain them. */
const MIN_WITHIN_WORDS = 4;

const REPLACEMENT = '***';

/**
 * Returns a function that replaces the secrets in a text by `***`, in upper or lower case. It removes a secret of four
 * characters or more everywhere, a shorter one only as a whole word. It works in one pass, the longest secret first, so that
 * no secret hides a part of another.
 */
export function secretsRemover(secrets: Iterable<string>): (text: string) => string {
	const known = [...new Set(secrets)].filter((secret) => secret.trim() !== '');
	if (known.length === 0) return (text) => text;
	const alternatives = known.sort((a, b) => b.length - a.length).map(patternOf);
	const pattern = new RegExp(alternatives.join('|'), 'giu');
	return (text) => text.replace(pattern, REPLACEMENT);
}

function patternOf(secret: string): string {
	const escaped = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	return secret.length < MIN_WITHIN_WORDS ? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])` : escaped;
}
