import { randomBytes } from 'node:crypto';

// 100-nanosecond steps between the Gregorian calendar's start and the Unix epoch.
const gregorianOffset = 0x01b21dd213814000n;

let lastSteps = 0n;

/** Returns a new UUID of version 1 (time-based), as register_face does, with a random multicast node. */
export function uuidV1(): string {
	const now = BigInt(Date.now()) * 10_000n + gregorianOffset;
	lastSteps = now > lastSteps ? now : lastSteps + 1n;
	const time = lastSteps.toString(16).padStart(15, '0');
	const rest = randomBytes(8);
	rest[0] = (rest[0]! & 0x3f) | 0x80;
	rest[2] = rest[2]! | 0x01;
	const [clock, node] = [rest.subarray(0, 2).toString('hex'), rest.subarray(2).toString('hex')];
	return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${clock}-${node}`;
}

/**
 * Returns a UUID of any version in lower case with dashes; undefined if the text is not a UUID.
 * Accepts what Python's `UUID()` accepts, as Django's field does: dashes, braces and `urn:uuid:` are optional.
 */
export function readUuid(text: string): string | undefined {
	const hex = text
		.replace(/^urn:uuid:/i, '')
		.replace(/[{}-]/g, '')
		.toLowerCase();
	if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
