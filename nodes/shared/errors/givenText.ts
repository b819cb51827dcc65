import { trimmed } from '../util/trimmed';
import type { ErrorCode } from './error';
import { inputMessages } from './inputMessages';

/** A text from the user: its label in messages, its error code, and its maximum length in characters. */
export interface GivenText {
	readonly label: string;
	readonly code: ErrorCode;
	readonly maxLength: number;
}

/** Typed braces: n8n resolves them only if the field is switched to Expression. */
const PLAIN_EXPRESSION = /\{\{|\$json/;

/**
 * Returns a text or a number without blanks at its ends, an empty text for anything else. Throws if it is too long or holds an
 * expression as plain text. The length is checked first, to bound all later work.
 */
export function givenText(value: unknown, { label, code, maxLength }: GivenText): string {
	if (typeof value === 'string' && value.length > maxLength)
		throw inputMessages.tooLong(label, code, maxLength);
	const text = trimmed(value);
	if (PLAIN_EXPRESSION.test(text)) throw inputMessages.plainExpression(label, code);
	return text;
}
