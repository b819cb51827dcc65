/** What a request is about. `submit` is any of the services, `other` an API path that does not exist, `sandbox` all else. */
export type Route = 'login' | 'refresh' | 'submit' | 'task' | 'sandbox' | 'other';

/** A request that the sandbox got: never with the picture, the password or a token. */
export interface SandboxRequest {
	/** When it came in, in ms since the epoch. */
	at: number;
	method: string;
	/** Without the query, at most 200 characters. */
	path: string;
	/** HTTP status of the answer; 0 as long as there is none, so for ever after a reset or a hang. */
	status: number;
	route: Route;
	/** The task that was made or asked for. */
	taskId?: string;
}

const remembered = 20_000;

/** The last requests, the oldest first. */
export class Requests {
	/** Kept in place, so that a reader that holds it sees further requests. */
	readonly list: SandboxRequest[] = [];

	/** Notes a request that came in; its status and task are to be filled in. */
	add(method: string, path: string, route: Route): SandboxRequest {
		const request: SandboxRequest = { at: Date.now(), method, path: path.slice(0, 200), status: 0, route };
		this.list.push(request);
		if (this.list.length > remembered) this.list.splice(0, remembered / 10);
		return request;
	}

	/** Forgets them all. */
	clear(): void {
		this.list.length = 0;
	}
}
