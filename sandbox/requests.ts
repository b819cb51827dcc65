/** Kind of a request. `submit` is any service, `other` an unknown API path, `sandbox` everything else. */
export type Route = 'login' | 'refresh' | 'submit' | 'task' | 'sandbox' | 'other';

/** A received request: never with the picture, the password or a token. */
export interface SandboxRequest {
	/** Time of receipt, in ms since the epoch. */
	at: number;
	method: string;
	/** Without the query, at most 200 characters. */
	path: string;
	/** HTTP status of the answer; 0 before it, so forever after a reset or a hang. */
	status: number;
	route: Route;
	/** The task that was created or polled. */
	taskId?: string;
}

const remembered = 20_000;

/** The last requests, the oldest first. */
export class Requests {
	/** The same list throughout, so that its holder sees further requests. */
	readonly list: SandboxRequest[] = [];

	/** Records a request; the caller sets its status and task. */
	add(method: string, path: string, route: Route): SandboxRequest {
		const request: SandboxRequest = { at: Date.now(), method, path: path.slice(0, 200), status: 0, route };
		this.list.push(request);
		if (this.list.length > remembered) this.list.splice(0, remembered / 10);
		return request;
	}

	/** Removes them all. */
	clear(): void {
		this.list.length = 0;
	}
}
