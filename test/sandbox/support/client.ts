import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { useOpened } from '../../support/opened';

/** An answer as a client sees it. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The body as JSON; undefined if it is not JSON. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

/** The ID of no task. */
export const NO_TASK = '98008e56-cd6f-410c-9d8d-f9e620661395';

/** Fields of a form. */
export type Fields = Record<string, string | File>;

/** A client of one sandbox, logged in. */
export type Client = Awaited<ReturnType<typeof clientOf>>;

/** Logs in at a sandbox. */
export async function clientOf(sandbox: Sandbox) {
	let token = '';

	/** Sends a request without a token; a path is under the API's base URL unless it starts with `/sandbox`. */
	async function send(path: string, init: RequestInit = {}): Promise<Answer> {
		const base = path.startsWith('/sandbox') ? sandbox.origin : sandbox.baseUrl;
		const response = await fetch(base + path, { redirect: 'manual', ...init });
		const text = await response.text();
		return { status: response.status, headers: response.headers, text, json: parsed(text) };
	}

	/** Posts a form. */
	const post = (path: string, fields: Fields) =>
		send(path, { method: 'POST', body: form(fields), headers: bearer(token) });

	/** Logs in as the sandbox's account. */
	async function login(): Promise<{ access: string; refresh: string }> {
		const { username, password } = sandbox;
		return (await post('/accounts/token/obtain/', { username, password })).json;
	}

	/** Polls a task once. */
	const look = (taskId: string, by = token) => send(`/services/task/?id=${taskId}`, { headers: bearer(by) });

	/** Polls a task until it has finished. Throws after about a minute. */
	async function finished(taskId: string): Promise<Answer> {
		for (let polls = 0; polls < 4_000; polls++) {
			const answer = await look(taskId);
			const { status, background_check: bare } = answer.json ?? {};
			if (['SUCCESS', 'FAILURE', 'REVOKED'].includes(status) || bare) return answer;
			await new Promise((resolve) => setTimeout(resolve, 15));
		}
		throw new Error(`The task ${taskId} does not finish`);
	}

	/** Submits a form to a service. */
	const submit = (service: string, fields: Fields) => post(`/services/${service}/`, fields);

	/** Submits a form to a service and waits for the finished task; returns a refusal as it is. */
	async function run(service: string, fields: Fields): Promise<Answer> {
		const answer = await submit(service, fields);
		return answer.status === 200 ? finished(answer.json.id) : answer;
	}

	/** Submits to authenticate_face and waits for the finished task. */
	const authenticate = (uuid: string, image = anyFile()) =>
		run('authenticate_face', { image, uuid, extend_data: 'false' });

	token = (await login()).access;
	const close = () => sandbox.close();
	return { sandbox, token, send, post, login, look, finished, submit, run, authenticate, close };
}

/** Starts a sandbox before the tests of a file, and closes it after them. The client can be used in tests and later hooks only. */
export const sandboxForFile = (options: SandboxOptions = {}): Client =>
	useOpened(async () => clientOf(await startSandbox({ taskTime: 0, ...options })));

/** Returns a multipart form. */
export function form(fields: Fields): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
}

/** Headers with an access token. */
export function bearer(token: string): Record<string, string> {
	return { authorization: `Bearer ${token}` };
}

/** Returns a small file that is not a picture, for submits whose outcome is forced. */
export function anyFile(): File {
	return new File(['not a picture'], 'face.jpg', { type: 'image/jpeg' });
}

/** Returns a bundled photo's bytes. */
export function photo(name: string): Buffer {
	return readFileSync(join(__dirname, '../../../photos', name));
}

/** Bytes as an upload. */
export function upload(bytes: Uint8Array, name = 'face.jpg'): File {
	return new File([new Uint8Array(bytes)], name);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
