/** From this length on a secret is found within words as well; a shorter one would be found in ordinary words. */
const SHORTEST_WITHIN_WORDS = 4;

const REPLACEMENT = '***';

/**
 * Returns a function that takes the secrets out of a text, in any case, and puts `***` in their place. A secret of four characters or more is found everywhere. A shorter one is found as a word of its own, with no letter, digit or
 * underscore beside it: "a" is a part of most texts and tells nothing there. One pass, the longest secret first, so that no
 * secret hides a part of another.
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
	return secret.length < SHORTEST_WITHIN_WORDS
		? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`
		: escaped;
}
