import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { serviceOf, services } from './api/paths';
import type { Route } from './requests';

const ms = z
	.number()
	.min(0)
	.max(24 * 3600 * 1000);

const actionSchema = z.union([
	/** This answer in place of the real one. A text is sent as HTML, anything else as JSON. */
	z
		.object({
			status: z.number().int().min(200).max(599),
			body: z.unknown().optional(),
			/** True if sent before the body is read, with a reset of the connection after it, as by gunicorn after a 401 or 429. */
			unread: z.boolean().optional(),
			headers: z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[\x20-\x7e]*$/)).optional(),
		})
		.strict(),
	/** The connection is reset: before the body is read, after the request's work, or in the middle of the answer. */
	z.object({ reset: z.enum(['before', 'afterBody', 'midAnswer']) }).strict(),
	/** The answer comes this many ms late. */
	z.object({ delay: ms }).strict(),
	/** The answer never comes. */
	z.object({ hang: z.literal(true) }).strict(),
	/** The answer's body comes byte by byte, this many ms apart. */
	z.object({ drip: ms }).strict(),
]);

const faultSchema = z
	.object({
		/** `submit` is an upload to any service, a service's name an upload to that one; `any` is any request to the API, even of an unknown path. */
		on: z.enum(['login', 'refresh', 'submit', ...services, 'task', 'any']),
		/** The number of requests that it hits; all if absent. */
		times: z.number().int().min(1).optional(),
		/** The number of requests that it skips first. */
		after: z.number().int().min(0).optional(),
		do: actionSchema,
	})
	.strict();

/** A fault's effect. Except for `status` and `reset: 'before'`, the sandbox does the request's work first: a submit creates its task. */
export type FaultAction = z.infer<typeof actionSchema>;

/** A fault and the requests that it hits. */
export type Fault = z.infer<typeof faultSchema>;

/** An active fault with its ID and its counters. */
export interface ActiveFault extends Fault {
	id: string;
	/** The number of requests that it has hit. */
	hits: number;
}

/** The faults that are active. */
export class Faults {
	private readonly active: (ActiveFault & { seen: number })[] = [];

	/** Adds a fault and returns a function that removes it. Throws ZodError if it is malformed. */
	add(fault: Fault): () => void {
		const { id } = this.addNamed(fault);
		return () => this.remove(id);
	}

	/** Adds a fault from outside. Throws ZodError if it is malformed. */
	addNamed(fault: unknown): ActiveFault {
		const entry = { ...faultSchema.parse(fault), id: randomUUID(), hits: 0, seen: 0 };
		this.active.push(entry);
		return publicFault(entry);
	}

	/** Removes a fault, if it is active. */
	remove(id: string): void {
		const index = this.active.findIndex((fault) => fault.id === id);
		if (index >= 0) this.active.splice(index, 1);
	}

	/** Removes all faults. */
	clear(): void {
		this.active.length = 0;
	}

	/** Returns the active faults, the oldest first. */
	list(): ActiveFault[] {
		return this.active.map(publicFault);
	}

	/** Returns the effect of the oldest fault that hits a request to this path, if any, and counts it. */
	take(route: Route, path: string): FaultAction | undefined {
		if (route === 'sandbox') return undefined;
		const kinds: (string | undefined)[] = ['any', route, serviceOf(path)];
		for (const fault of this.active) {
			if (!kinds.includes(fault.on)) continue;
			fault.seen += 1;
			if (fault.seen <= (fault.after ?? 0)) continue;
			fault.hits += 1;
			if (fault.hits === fault.times) this.remove(fault.id);
			return fault.do;
		}
		return undefined;
	}
}

function publicFault({ id, on, times, after, do: action, hits }: ActiveFault): ActiveFault {
	return { id, on, ...(times && { times }), ...(after && { after }), do: action, hits };
}
