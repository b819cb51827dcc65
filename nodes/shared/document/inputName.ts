import { messages } from '../errors/messages';
import { trimmed, withoutInvisible } from '../util/trimmed';

/** What expressions give in place of a value that is not there, alone or in a row. */
const UNRESOLVED = /\bundefined\b|\[object |^(?:(?:null|NaN|None) ?)+$/;

/** Of characters. No name is longer. */
const LONGEST_NAME = 1_000;

/**
 * A person's name as it is sent: without invisible characters, which would keep a list from having it, each run of blanks as one.
 * Throws INVALID_NAME, which does not repeat it, where it is longer than 1,000 characters, has no letter or is what an expression gives for no value: nobody has
 * anything against such a name.
 */
export function checkedName(value: unknown): string {
	const text = typeof value === 'string' ? value : '';
	if (text.length > LONGEST_NAME) throw messages.invalidName();
	const name = trimmed(withoutInvisible(text.replace(/\s+/gu, ' '))).replace(/ +/g, ' ');
	if (name === '') throw messages.noName();
	if (!/\p{L}/u.test(name) || UNRESOLVED.test(name)) throw messages.invalidName();
	return name;
}
