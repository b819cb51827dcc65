import { faults } from './faults';
import { quote, shortened } from './quote';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Checks the UUID of a registered person and gives it without surrounding blanks. Any version is taken: the UUIDs of
 * Progeny's documentation are version 1. Throws INVALID_UUID.
 */
export function checkedUuid(value: unknown): string {
	const uuid = typeof value === 'string' ? value.trim() : '';
	if (UUID.test(uuid)) return uuid;
	const shown =
		value === undefined || value === null
			? ''
			: String(typeof value === 'object' ? JSON.stringify(value) : value);
	throw faults.invalidUuid(shortened(quote(shown), 60));
}
