import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../../sandbox';

/** An answer as a client sees it. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The body as JSON; undefined where it is none. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

/** Sends a request to the sandbox; a path is under the API's base URL unless it starts with `/sandbox`. */
export async function send(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Answer> {
	const base = path.startsWith('/sandbox') ? sandbox.origin : sandbox.baseUrl;
	const response = await fetch(base + path, { redirect: 'manual', ...init });
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** A multipart form. */
export function form(fields: Record<string, string | File>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
}

/** Posts a form. */
export async function post(
	sandbox: Sandbox,
	path: string,
	fields: Record<string, string | File>,
	token?: string,
): Promise<Answer> {
	return await send(sandbox, path, { method: 'POST', body: form(fields), headers: bearer(token) });
}

/** Logs in as the sandbox's account. */
export async function login(sandbox: Sandbox): Promise<{ access: string; refresh: string }> {
	const { username, password } = sandbox;
	return (await post(sandbox, '/accounts/token/obtain/', { username, password })).json;
}

/** Headers with an access token. */
export function bearer(token?: string): Record<string, string> {
	return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** A small file that is no picture, for submits whose outcome is forced. */
export function anyFile(): File {
	return new File(['not a picture'], 'face.jpg', { type: 'image/jpeg' });
}

/** A bundled photo's bytes. */
export function photo(name: string): Buffer {
	return readFileSync(join(__dirname, '../../../photos', name));
}

/** Bytes as an upload. */
export function upload(bytes: Uint8Array, name = 'face.jpg'): File {
	return new File([new Uint8Array(bytes)], name);
}

/** Looks at a task once. */
export async function look(sandbox: Sandbox, taskId: string, token: string): Promise<Answer> {
	return await send(sandbox, `/services/task/?id=${taskId}`, { headers: bearer(token) });
}

/** Looks at a task until it has finished. */
export async function finished(sandbox: Sandbox, taskId: string, token: string): Promise<Answer> {
	for (;;) {
		const answer = await look(sandbox, taskId, token);
		if (['SUCCESS', 'FAILURE', 'REVOKED'].includes(answer.json?.status)) return answer;
		await new Promise((resolve) => setTimeout(resolve, 15));
	}
}

/** Submits a form to a service and waits for the outcome; gives a refusal as it is. */
export async function runForm(
	sandbox: Sandbox,
	token: string,
	service: string,
	fields: Record<string, string | File>,
): Promise<Answer> {
	const answer = await post(sandbox, `/services/${service}/`, fields, token);
	if (answer.status !== 200) return answer;
	return await finished(sandbox, answer.json.id, token);
}

/** Submits a photo to a face service, with further fields where it takes any, and waits for the outcome; gives a refusal as it is. */
export async function run(
	sandbox: Sandbox,
	token: string,
	service: string,
	image: File,
	fields: Record<string, string> = {},
): Promise<Answer> {
	return await runForm(sandbox, token, service, { image, extend_data: 'false', ...fields });
}

/** Submits to authenticate_face and waits for the outcome. */
export async function authenticate(
	sandbox: Sandbox,
	token: string,
	uuid: string,
	image = anyFile(),
): Promise<Answer> {
	return await run(sandbox, token, 'authenticate_face', image, { uuid });
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
