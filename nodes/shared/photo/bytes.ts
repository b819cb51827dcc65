/** Whether the buffer begins with these bytes. */
export const startsWith = (bytes: Buffer, ...signature: number[]): boolean =>
	bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte);

/** A big-endian 16-bit number, or undefined where it does not fit into the buffer. */
export const u16 = (bytes: Buffer, at: number): number | undefined =>
	at >= 0 && at + 2 <= bytes.length ? bytes.readUInt16BE(at) : undefined;

/** A big-endian 32-bit number, or undefined where it does not fit into the buffer. */
export const u32 = (bytes: Buffer, at: number): number | undefined =>
	at >= 0 && at + 4 <= bytes.length ? bytes.readUInt32BE(at) : undefined;

/** The bytes from `start` to before `end`, one character each. */
export const latin = (bytes: Buffer, start: number, end: number): string =>
	bytes.toString('latin1', start, Math.max(start, Math.min(end, bytes.length)));
