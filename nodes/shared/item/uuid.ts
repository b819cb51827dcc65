import { givenText } from '../errors/givenText';
import { messages } from '../errors/messages';
import { quoteName } from '../util/quote';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, of any version: those of Progeny's documentation are version 1. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/**
 * The UUID of a registered person in lower case, the one spelling that is sent, bound to a receipt and put out, without blanks and
 * invisible characters around it. Throws INVALID_UUID.
 */
export function checkedUuid(value: unknown): string {
	if (typeof value === 'string' && value.length > LONGEST) throw messages.invalidUuid(quoteName(value));
	const uuid = givenText(value, { label: 'UUID', code: 'INVALID_UUID', longest: LONGEST });
	if (isUuid(uuid)) return uuid.toLowerCase();
	const isOther = uuid === '' && value !== undefined && value !== null && typeof value !== 'string';
	throw messages.invalidUuid(quoteName(isOther ? String(JSON.stringify(value)) : uuid));
}

/** A longer text, in characters, is only quoted. */
const LONGEST = 100;
