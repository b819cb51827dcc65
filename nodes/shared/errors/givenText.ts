import { trimmed } from '../util/trimmed';
import type { ErrorCode } from './error';
import { inputMessages } from './inputMessages';

/** A text that the user gives: how messages name it, the code that refuses it, and how many characters it may have. */
export interface GivenText {
	readonly label: string;
	readonly code: ErrorCode;
	readonly longest: number;
}

/** What n8n takes for an expression only if the field is switched to one: braces that were typed, not dragged. */
const PLAIN_EXPRESSION = /\{\{|\$json/;

/**
 * A text or a number without blanks at its ends; an empty text for anything else. Throws if it is longer than it may be, before
 * anything else looks at it, and if it holds an expression as plain text.
 */
export function givenText(value: unknown, { label, code, longest }: GivenText): string {
	if (typeof value === 'string' && value.length > longest) throw inputMessages.tooLong(label, code, longest);
	const text = trimmed(value);
	if (PLAIN_EXPRESSION.test(text)) throw inputMessages.plainExpression(label, code);
	return text;
}
