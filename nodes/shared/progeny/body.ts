import { onAbort } from '../util/pause';
import { asRecord, isRecord } from '../util/values';
import { reasonOf } from './connection';
import type { Reply } from './reply';

/** The maximum size of an answer in bytes, after decompression. */
const MAX_BYTES = 10 * 1024 * 1024;

/** A body that has not been read. */
type Stream = AsyncIterable<Uint8Array> & { destroy(): void; on(event: 'error', listener: () => void): void };

const isStream = (body: unknown): body is Stream =>
	isRecord(body) && Symbol.asyncIterator in body && typeof body.destroy === 'function';

/** Closes a body that will not be read. */
export function dropBody(body: unknown): void {
	if (isStream(body)) closed(body).destroy();
}

/** A stream that is closed early may emit an error, which ends the process if it has no listener. */
function closed(stream: Stream): Stream {
	stream.on('error', () => {});
	return stream;
}

/**
 * Reads the body of a reply to its end: parsed JSON, else text. Returns `noAnswer` if the body breaks off, and `badBody` if it
 * has more than 10 MB, whose connection it closes. `signal` ends the reading.
 */
export async function withWholeBody(reply: Reply, signal: AbortSignal): Promise<Reply> {
	if (reply.kind !== 'answer' || !isStream(reply.body)) return reply;
	const stream = closed(reply.body);
	const leave = onAbort(signal, () => stream.destroy());
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of stream) {
			length += chunk.length;
			if (length > MAX_BYTES) return { kind: 'badBody', status: reply.status, reason: 'more than 10 MB' };
			chunks.push(chunk);
		}
	} catch (error) {
		const failure = asRecord(error);
		return {
			kind: 'noAnswer',
			sent: true,
			...reasonOf({ code: String(failure.code ?? ''), failure, cause: {} }),
		};
	} finally {
		leave();
	}
	return { ...reply, body: parsed(Buffer.concat(chunks).toString('utf8')) };
}

function parsed(text: string): unknown {
	const json = text.startsWith('\ufeff') ? text.slice(1) : text;
	try {
		return JSON.parse(json) as unknown;
	} catch {
		return json;
	}
}
