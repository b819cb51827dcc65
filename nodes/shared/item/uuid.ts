import { messages } from '../errors/messages';
import { quoteName } from '../util/quote';
import { trimmed } from '../util/trimmed';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, of any version: those of Progeny's documentation are version 1. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** Checks the UUID of a registered person and gives it without surrounding blanks and invisible characters. Throws INVALID_UUID. */
export function checkedUuid(value: unknown): string {
	const uuid = trimmed(value);
	if (isUuid(uuid)) return uuid;
	const shown =
		value === undefined || value === null
			? ''
			: String(typeof value === 'object' ? JSON.stringify(value) : value);
	throw messages.invalidUuid(quoteName(shown));
}
