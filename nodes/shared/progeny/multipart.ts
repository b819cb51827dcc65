import { randomUUID } from 'node:crypto';

/** A part of a multipart form: a text, or a file with its name and type. */
export type Part = string | { bytes: Buffer; fileName: string; mimeType: string };

/** An encoded multipart form. It may be sent more than once. */
export interface Multipart {
	contentType: string;
	body: Buffer;
}

/**
 * Encodes a form (RFC 7578) as one Buffer. Names and file names must not contain quotes or line breaks. Do not use FormData with Blobs:
 * V8 does not count their memory, so the photos of a large batch would pile up.
 */
export function encodeMultipart(parts: Record<string, Part>): Multipart {
	const boundary = `progeny-${randomUUID()}`;
	const chunks = Object.entries(parts).flatMap(([name, part]) => [
		Buffer.from(`--${boundary}\r\n${headersOf(name, part)}\r\n\r\n`),
		typeof part === 'string' ? Buffer.from(part) : part.bytes,
		Buffer.from('\r\n'),
	]);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
	};
}

function headersOf(name: string, part: Part): string {
	const disposition = `Content-Disposition: form-data; name="${name}"`;
	if (typeof part === 'string') return disposition;
	return `${disposition}; filename="${part.fileName}"\r\nContent-Type: ${part.mimeType}`;
}
