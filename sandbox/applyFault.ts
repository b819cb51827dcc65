import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction } from './faults';

/** Returns a promise that never settles, so that the server sends no answer of its own. */
const never = () => new Promise<never>(() => undefined);

/** Sends the answer of a `status` fault. */
export function answerInstead(
	reply: FastifyReply,
	fault: { status: number; body?: unknown; headers?: object },
): FastifyReply {
	const { status, body = { detail: `Answered ${status} by a fault.` }, headers = {} } = fault;
	reply.code(status).headers(typeof body === 'string' ? { 'content-type': 'text/html' } : {});
	reply.headers(headers as Record<string, string>);
	if (typeof body === 'string') return reply.send(body);
	if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json');
	return reply.send(JSON.stringify(body));
}

/** Resets the connection, as a crashing server or a dropping network does. */
export function resetConnection(request: FastifyRequest): void {
	request.raw.socket.resetAndDestroy();
}

/**
 * Applies a fault to a complete answer. Resolves if the server should send it; otherwise stays pending.
 * Calls `sent` once the status line was sent.
 */
export async function applyFault(
	fault: FaultAction,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: string,
	sent: () => void,
): Promise<void> {
	if ('delay' in fault) {
		await sleep(fault.delay, undefined, { ref: false });
		return;
	}
	if ('hang' in fault) return await never();
	if ('reset' in fault && fault.reset === 'afterBody') {
		resetConnection(request);
		return await never();
	}
	const bytes = Buffer.from(payload);
	const { raw } = reply;
	raw.writeHead(reply.statusCode, { ...(reply.getHeaders() as object), 'content-length': bytes.length });
	raw.flushHeaders();
	sent();
	if ('reset' in fault || 'status' in fault) {
		raw.write('status' in fault ? bytes : bytes.subarray(0, Math.ceil(bytes.length / 2)));
		// A reset discards what the client has not read yet.
		await sleep(50, undefined, { ref: false });
		resetConnection(request);
	} else if ('drip' in fault) {
		for (const byte of bytes) {
			if (raw.destroyed) break;
			raw.write(Buffer.of(byte));
			await sleep(fault.drip, undefined, { ref: false });
		}
		raw.end();
	}
	return await never();
}
