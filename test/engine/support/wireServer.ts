import { randomUUID } from 'node:crypto';
import dns from 'node:dns';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { NOT_FOUND, PASSED, jwt, taskId } from './answers';
import { NODE_ROWS } from './services';
import { holdConnection } from './virtualTime';

/** The three requests that a node makes to Progeny; `other` is any other request. */
export type Route = 'login' | 'submit' | 'poll' | 'other';

/** The server's act on one request, good or bad. */
export type Act =
	/** Answers. A text or bytes go out as they are, anything else as JSON. */
	| { do: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
	/** The host name cannot be looked up; `code` is what the resolver says. */
	| { do: 'unresolved'; code: 'ENOTFOUND' | 'EAI_AGAIN' }
	/** No server listens on the port. */
	| { do: 'refuse' }
	/** Resets the connection before a byte of the request is read. */
	| { do: 'resetOnConnect' }
	/** Resets it when the whole request has been read. */
	| { do: 'resetAfterBody' }
	/** Sends half of the good answer, then resets, or closes the connection in order. */
	| { do: 'cutMidAnswer'; by: 'reset' | 'close' }
	/** Reads the request and never answers. */
	| { do: 'silence' }
	/** Sends the good answer one byte at a time. */
	| { do: 'drip'; everyMs: number }
	/** The good answer, after a while. */
	| { do: 'late'; ms: number }
	/** Anything else. */
	| { do: 'own'; answer: (response: ServerResponse) => void };

/** Returns an act that answers. */
export const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
	({ do: 'answer', status, body, headers }) as const;

/** One request as the server saw it. Times in ms since the server began. */
export interface Seen {
	route: Route;
	url: string;
	authorization: string;
	cacheControl: string;
	/** When its answer had been sent in full. */
	answeredAt?: number;
	body: Buffer;
	/** True if the server accepted the upload: it read it whole and did not refuse it. */
	accepted: boolean;
}

/**
 * The act for the n-th request (from 0) of each kind; the documented answer by default. `seen` is absent
 * if the decision falls before the request is read.
 */
type Decide = (n: number, seen?: Seen) => Act | undefined;
export type Script = Partial<Record<Route, Decide>>;

export interface WireOptions {
	/** Serve https with this key and certificate. */
	tls?: { key: string; cert: string };
}

const BASE = '/api/v3';
/** The final answer of each service's tasks, by the URL of its uploads. */
const successes = new Map(NODE_ROWS.map(([, { path, good }]) => [`${BASE}${path}`, good.answer]));
const hosts = new Map<string, WireServer>();

/**
 * A Progeny on 127.0.0.1 that misbehaves on the wire: it can refuse, reset, cut, hang and drip at each step, which a mock
 * above the socket cannot. It answers under a host name of its own, so that name resolution can go wrong as well.
 * One run at a time: the answers so far tell which request the next connection brings.
 */
export class WireServer {
	readonly seen: Seen[] = [];
	/** When its name was looked up: a client does so for each request, before it connects. */
	readonly lookups: number[] = [];
	/** The access and refresh tokens that it issued. */
	readonly tokens: string[] = [];
	private readonly began = performance.now();
	private readonly server: http.Server;
	private readonly sockets = new Set<Socket>();
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly counts: Record<Route, number> = { login: 0, submit: 0, poll: 0, other: 0 };
	private next: Route = 'login';
	private tasks = 0;
	private success: unknown = PASSED;
	private port = 0;

	private constructor(
		private readonly script: Script,
		private readonly options: WireOptions,
	) {
		const listener = (request: IncomingMessage, response: ServerResponse) => this.serve(request, response);
		this.server =
			options.tls === undefined ? http.createServer(listener) : https.createServer(options.tls, listener);
		this.server.keepAliveTimeout = 0;
		this.server.requestTimeout = 0;
		this.server.on('connection', (socket: Socket) => this.connected(socket));
	}

	/** Starts one on a free port. */
	static async start(script: Script = {}, options: WireOptions = {}): Promise<WireServer> {
		const server = new WireServer(script, options);
		await server.listen();
		hosts.set(server.host, server);
		return server;
	}

	/** Its name, which `useFakeResolver` makes known to this process. */
	get host(): string {
		return `wire-${this.port}.internal`;
	}

	/** A credential's Base URL for it, by name. */
	get baseUrl(): string {
		return `${this.scheme}://${this.host}:${this.port}${BASE}`;
	}

	/** The same by address, for processes that do not know the name. */
	get addressUrl(): string {
		return `${this.scheme}://127.0.0.1:${this.port}${BASE}`;
	}

	/** Returns the number of requests of each kind that arrived, as far as they could be read. */
	count(route: Route): number {
		return this.seen.filter((request) => request.route === route).length;
	}

	/** The number of uploads that the server accepted. Never more than one per face. */
	get accepted(): number {
		return this.seen.filter(({ accepted }) => accepted).length;
	}

	/** The number of timers of its own that are still to go off. */
	get timersLeft(): number {
		return this.timers.size;
	}

	/** ms since the server began, the clock of `seen`. */
	now(): number {
		return performance.now() - this.began;
	}

	/** Ends it and every connection. */
	async close(): Promise<void> {
		hosts.delete(this.host);
		for (const timer of this.timers) clearTimeout(timer);
		for (const socket of this.sockets) socket.destroy();
		if (this.server.listening) await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	/** Decides the resolver's answer for this host, and whether a server listens, just before a connection is made. */
	async beforeLookup(): Promise<NodeJS.ErrnoException | undefined> {
		this.lookups.push(this.now());
		const act = this.planned();
		if (act?.do === 'unresolved') {
			this.counts[this.next]++;
			const { code } = act;
			return Object.assign(new Error(`getaddrinfo ${code} ${this.host}`), { code, syscall: 'getaddrinfo' });
		}
		if (act?.do === 'refuse') {
			this.counts[this.next]++;
			if (this.server.listening) this.server.close();
		} else if (!this.server.listening) {
			await this.listen();
		}
		return undefined;
	}

	private get scheme(): string {
		return this.options.tls === undefined ? 'http' : 'https';
	}

	private async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
		this.port = (this.server.address() as AddressInfo).port;
	}

	/** Returns the act that is planned for the next request. */
	private planned(): Act | undefined {
		return this.script[this.next]?.(this.counts[this.next]);
	}

	private connected(socket: Socket): void {
		this.sockets.add(socket);
		socket.on('close', () => this.sockets.delete(socket));
		socket.on('error', () => {});
		if (this.planned()?.do === 'resetOnConnect') {
			this.seen.push(nothingRead(this.next));
			this.counts[this.next]++;
			socket.resetAndDestroy();
		}
	}

	private serve(request: IncomingMessage, response: ServerResponse): void {
		const route = routeOf(request);
		const n = this.counts[route]++;
		const seen: Seen = {
			...nothingRead(route),
			url: request.url ?? '',
			authorization: request.headers.authorization ?? '',
			cacheControl: request.headers['cache-control'] ?? '',
		};
		this.seen.push(seen);
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('error', () => {});
		response.on('finish', () => (seen.answeredAt = this.now()));
		request.on('end', () => {
			seen.body = Buffer.concat(chunks);
			const act = this.script[route]?.(n, seen) ?? this.documented(route);
			seen.accepted = route === 'submit' && isAccepting(act);
			if (route === 'submit') this.success = successes.get(seen.url);
			this.expectNext(route, act);
			this.act(act, route, response);
		});
	}

	/** Predicts the request of the next connection. */
	private expectNext(route: Route, act: Act): void {
		const went = act.do === 'late' || (act.do === 'answer' && act.status === 200);
		const refused = act.do === 'answer' && act.status === 401;
		if (route === 'login' && went) this.next = this.tasks > 0 ? 'poll' : 'submit';
		if (route === 'submit' && went) {
			this.tasks++;
			this.next = 'poll';
		}
		if (route !== 'login' && refused) this.next = 'login';
	}

	private act(act: Act, route: Route, response: ServerResponse): void {
		const socket = response.socket!;
		switch (act.do) {
			case 'answer':
				return send(response, act);
			case 'own':
				return act.answer(response);
			case 'late':
				return this.after(act.ms, socket, () => send(response, this.documented(route)));
			case 'resetAfterBody':
			case 'resetOnConnect':
				socket.resetAndDestroy();
				return;
			case 'silence':
				holdConnection(socket);
				return;
			case 'cutMidAnswer':
			case 'drip': {
				const good = Buffer.from(JSON.stringify(this.documented(route).body));
				response.writeHead(200, { 'content-type': 'application/json', 'content-length': good.length });
				if (act.do === 'drip') return this.drip(response, good, act.everyMs);
				response.write(good.subarray(0, good.length / 2), () =>
					act.by === 'reset' ? this.after(5, socket, () => socket.resetAndDestroy()) : socket.end(),
				);
				return;
			}
			default:
				throw new Error(`${act.do} has to be decided before the connection`);
		}
	}

	private drip(response: ServerResponse, bytes: Buffer, everyMs: number): void {
		if (response.destroyed) return;
		response.write(bytes.subarray(0, 1));
		if (bytes.length === 1) response.end();
		else this.after(everyMs, response.socket!, () => this.drip(response, bytes.subarray(1), everyMs));
	}

	/** Does something about a connection later. */
	private after(ms: number, socket: Socket, what: () => void): void {
		const release = holdConnection(socket);
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			release();
			what();
		}, ms);
		timer.unref();
		this.timers.add(timer);
	}

	private documented(route: Route): Extract<Act, { do: 'answer' }> {
		if (route === 'login') {
			const [refresh, access] = [jwt(1_209_600, randomUUID()), jwt(300, randomUUID())];
			this.tokens.push(access, refresh);
			return answer(200, { refresh, access });
		}
		if (route === 'submit') return answer(200, { id: taskId(this.counts.submit - 1) });
		return route === 'poll' ? answer(200, this.success) : answer(404, NOT_FOUND);
	}
}

/**
 * Lets the process find the wire servers by their names while the tests of a file run; every other name is looked up as usual. Only
 * the resolver is not real.
 */
export function useFakeResolver(): void {
	const real = dns.lookup as (...args: unknown[]) => void;
	const played = (
		hostname: string,
		options: dns.LookupOptions,
		done: (...answer: unknown[]) => void,
	): void => {
		const server = hosts.get(hostname);
		if (server === undefined) return real(hostname, options, done);
		void server.beforeLookup().then((failure) => {
			if (failure !== undefined) done(failure);
			else if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
			else done(null, '127.0.0.1', 4);
		});
	};
	beforeAll(() => void Object.assign(dns, { lookup: played }));
	afterAll(() => void Object.assign(dns, { lookup: real }));
}

const nothingRead = (route: Route): Seen => ({
	route,
	url: '',
	authorization: '',
	cacheControl: '',
	body: Buffer.alloc(0),
	accepted: false,
});

function routeOf({ url = '', method }: IncomingMessage): Route {
	if (method === 'POST' && url === `${BASE}/accounts/token/obtain/`) return 'login';
	if (method === 'POST' && successes.has(url)) return 'submit';
	return method === 'GET' && url.startsWith(`${BASE}/services/task/?`) ? 'poll' : 'other';
}

/** A server that has read an upload has accepted it, unless it says that it has not: 3xx, 4xx, 503, and a CDN's 52x. */
function isAccepting(act: Act): boolean {
	if (act.do !== 'answer') return true;
	return act.status < 300 || (act.status >= 500 && ![503, 521, 523, 525, 526].includes(act.status));
}

function send(response: ServerResponse, { status, body, headers }: Extract<Act, { do: 'answer' }>): void {
	const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
	const bytes = body === undefined ? '' : isRaw ? body : JSON.stringify(body);
	const type = isRaw ? 'text/html' : 'application/json';
	response.writeHead(status, { 'content-type': type, connection: 'close', ...headers });
	response.end(bytes);
}
