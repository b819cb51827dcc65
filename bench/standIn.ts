import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AUTHENTICATED } from '../test/unit/documented';

/** The traffic of one job, as seen by the stand-in. Times in ms. */
export interface Traffic {
	logins: number;
	submits: number;
	polls: number;
	requests: number;
	connections: number;
	/** Of each finished task: its time, and the time from its end to the poll that found it. */
	faces: Array<{ face: number; taskMs: number; lagMs: number; polls: number }>;
}

interface Task {
	face: number;
	taskMs: number;
	readyAt: number;
	polls: number;
	isFound: boolean;
}

/** A network. Times in ms, beside those of the loopback. */
export interface Network {
	roundTripMs: number;
	/** Time of a new connection before its first request: round trips of TCP and TLS 1.3. */
	connectMs: number;
	/** Encrypts the requests; plain HTTP if absent. */
	certificate?: { key: string; cert: string };
}

/** A data center nearby. New connections cost no time. */
export const NEAR: Network = { roundTripMs: 20, connectMs: 0 };
/** The documented life of an access token. */
const TOKEN_LIFE_S = 300;

/**
 * Starts a stand-in for Progeny that only keeps time: logins, uploads that become tasks, polls. It holds any number of tasks at
 * once. A job's base URL is `/<job>/api/v3`; its faces are numbered in the UUID's last part, and `taskMs` returns the time of each.
 */
export async function startStandIn(taskMs: (face: number) => number, network: Network = NEAR) {
	const wayMs = network.roundTripMs / 2;
	const jobs = new Map<string, Traffic & { tasks: Map<string, Task>; sockets: WeakSet<object> }>();
	const jobOf = (name: string) => {
		let job = jobs.get(name);
		if (job === undefined) {
			job = {
				logins: 0,
				submits: 0,
				polls: 0,
				requests: 0,
				connections: 0,
				faces: [],
				tasks: new Map(),
				sockets: new WeakSet(),
			};
			jobs.set(name, job);
		}
		return job;
	};

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? '/', 'http://stand-in');
		const [, name = '', ...rest] = url.pathname.split('/');
		const path = rest.join('/');
		const job = jobOf(name);
		job.requests++;
		const isNew = !job.sockets.has(request.socket);
		if (isNew) {
			job.sockets.add(request.socket);
			job.connections++;
		}
		const uuid = await readUuid(request);
		await sleep(wayMs + (isNew ? network.connectMs : 0));
		const answer = (status: number, body: object) =>
			void sleep(wayMs).then(() =>
				response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body)),
			);
		if (path === 'api/v3/accounts/token/obtain/') {
			job.logins++;
			return answer(200, { refresh: 'r', access: token() });
		}
		if (!/^Bearer \S+/.test(request.headers.authorization ?? '')) return answer(401, { detail: 'No token' });
		if (path === 'api/v3/services/authenticate_face/' && uuid !== undefined) {
			job.submits++;
			const id = `task-${job.submits}`;
			const face = Number(uuid.slice(-12));
			const ms = taskMs(face);
			job.tasks.set(id, { face, taskMs: ms, readyAt: performance.now() + ms, polls: 0, isFound: false });
			return answer(200, { id });
		}
		const task = job.tasks.get(url.searchParams.get('id') ?? '');
		if (path !== 'api/v3/services/task/' || task === undefined) return answer(404, { detail: 'Not found.' });
		job.polls++;
		task.polls++;
		const lagMs = performance.now() - task.readyAt;
		if (lagMs < 0) return answer(200, { id: 1, status: 'PENDING', result: null });
		if (!task.isFound) job.faces.push({ face: task.face, taskMs: task.taskMs, lagMs, polls: task.polls });
		task.isFound = true;
		return answer(200, AUTHENTICATED);
	};

	const onRequest = (request: IncomingMessage, response: ServerResponse) =>
		void handle(request, response).catch(() => response.destroy());
	const { certificate } = network;
	const server = certificate ? createTlsServer(certificate, onRequest) : createServer(onRequest);
	server.listen(0, '127.0.0.1', 4_096);
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: (job: string) =>
			`${certificate ? 'https://localhost' : 'http://127.0.0.1'}:${port}/${job}/api/v3`,
		traffic: (job: string): Traffic => jobOf(job),
		close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
	};
}

/** Reads the whole body and returns the form's UUID; discards the photo while reading. */
async function readUuid(request: IncomingMessage): Promise<string | undefined> {
	let uuid: string | undefined;
	let end = '';
	for await (const chunk of request) {
		const text = end + (chunk as Buffer).toString('latin1');
		uuid ??= /name="uuid"\r\n\r\n([0-9a-f-]{36})/.exec(text)?.[1];
		end = text.slice(-200);
	}
	return uuid;
}

function token(): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const exp = Math.floor(Date.now() / 1000) + TOKEN_LIFE_S;
	return `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ token_type: 'access', exp })}.c2lnbmF0dXJl`;
}
