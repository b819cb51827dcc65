import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { metadataFor } from '../../../nodes/shared/progeny/token';
import { PASSED, jwt, taskId } from './answers';
import { CONTINUE } from './check';
import { runNode, type Ran, type Setup } from './engine';
import { photos } from './items';
import { NODE_ROWS, SERVICES } from './services';
import { useVirtualTime } from './virtualTime';

/** Progeny as its documentation shows it, for nock: the paths, the sample tokens' shape, and the documented answers. */
export const ORIGIN = 'https://be.progeny.tech';
export const BASE = '/api/v3';
export const ACCOUNT = {
	baseUrl: `${ORIGIN}${BASE}`,
	username: 'kyc-bot',
	password: 'correct horse battery staple',
	accessToken: '',
	tokenMetadata: '',
};
export const TASK_ID = 'd48eac86-228e-4933-a01d-279886a9c6b5';

let storedTokens = 0;
/** Returns the account as another process stored it, with a token that lasts so long still and that this process has not seen served. */
export const storedAccount = (restMs: number) => ({
	...ACCOUNT,
	receiptKey: 'key',
	accessToken: jwt(300, `stored${storedTokens++}`),
	tokenMetadata: JSON.stringify(metadataFor(ACCOUNT, 300_000, Date.now() - 300_000 + restMs)),
});

// nock takes over the network of the process as soon as it is imported; only useProgeny should do that, and undo it.
nock.restore();

/** Runs a test file on virtual time, with nock in place of the network. */
export function useProgeny(): void {
	beforeAll(() => {
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
		nock.enableNetConnect('127.0.0.1');
	});
	afterEach(() => nock.cleanAll());
	afterAll(() => {
		nock.enableNetConnect();
		nock.restore();
	});
	useVirtualTime();
}

/** A run; by default with the node's own inputs, one photo and `ACCOUNT`. */
export interface Check extends Partial<Setup> {
	operation?: string;
	options?: unknown;
}

/** Runs a node. */
export const check = ({
	node = 'authenticateFace',
	operation,
	options,
	parameters,
	...setup
}: Check = {}): Promise<Ran> =>
	runNode({
		node,
		account: ACCOUNT,
		items: photos(1),
		...setup,
		parameters: {
			...SERVICES[node].inputs,
			...(operation !== undefined && { operation }),
			...(options !== undefined && { options: options as IDataObject }),
			...parameters,
		},
	});

/** Gets the result for a receipt or a task ID. Items that fail say so. */
export const fetchResult = (receipt: unknown, { parameters, ...setup }: Check = {}): Promise<Ran> =>
	check({
		items: [{ json: {} }],
		operation: 'getResult',
		settings: CONTINUE,
		...setup,
		parameters: { receipt: receipt as string, ...parameters },
	});

/** The requests that reached the stand-in, and their counts. */
export interface Traffic {
	logins: Array<{ type: string; body: string }>;
	submits: Array<{ path: string; authorization: string; type: string; body: Buffer }>;
	polls: Array<{ id: string; authorization: string }>;
}

/** Returns a multipart body as a server reads it. */
export const formOf = ({ body, type }: { body: Buffer | string; type: string }): Promise<FormData> =>
	new Response(Buffer.from(body as string, 'latin1'), { headers: { 'content-type': type } }).formData();

export type Answer = [status: number, body?: unknown, headers?: Record<string, string>];

/**
 * Plays Progeny under the real engine, in place of the one before unless it has another origin. By default a login succeeds,
 * an upload to any of the services is accepted, and its task ends with that service's documented success. Each handler returns
 * an answer and gets the number of the request of its kind, from 0.
 */
export function fakeProgeny(
	handlers: {
		login?: (n: number) => Answer | Promise<Answer>;
		submit?: (n: number, body: Buffer) => Answer | Promise<Answer>;
		task?: (n: number, id: string) => Answer;
		origin?: string;
	} = {},
): Traffic {
	if (handlers.origin === undefined) nock.cleanAll();
	const traffic: Traffic = { logins: [], submits: [], polls: [] };
	const successes = new Map<unknown, unknown>();
	const login = handlers.login ?? ((n) => [200, { refresh: jwt(1_209_600), access: jwt(300, `access${n}`) }]);
	const submit = handlers.submit ?? ((n) => [200, { id: taskId(n) }]);
	const task = handlers.task ?? ((_n, id) => [200, successes.get(id) ?? PASSED]);
	const scope = nock(handlers.origin ?? ORIGIN)
		.persist()
		.defaultReplyHeaders({ 'Content-Type': 'application/json', Date: () => new Date().toUTCString() });
	const reply = ([status, body, headers]: Answer): nock.ReplyFnResult => [
		status,
		body as nock.Body,
		headers ?? {},
	];
	const bytes = (body: unknown) =>
		typeof body === 'string' && /^[0-9a-f]*$/.test(body)
			? Buffer.from(body, 'hex')
			: Buffer.from(String(body));
	scope.post(`${BASE}/accounts/token/obtain/`).reply(async function (_uri, body) {
		traffic.logins.push({ type: header(this.req, 'content-type'), body: bytes(body).toString('latin1') });
		return reply(await login(traffic.logins.length - 1));
	});
	scope
		.post((uri) => uri.startsWith(`${BASE}/services/`))
		.reply(async function (uri, body) {
			const path = uri.slice(BASE.length);
			const received = bytes(body);
			traffic.submits.push({
				path,
				authorization: header(this.req, 'authorization'),
				type: header(this.req, 'content-type'),
				body: received,
			});
			const answer = await submit(traffic.submits.length - 1, received);
			successes.set((answer[1] as { id?: unknown } | undefined)?.id, goodAnswerOf(path));
			return reply(answer);
		});
	scope
		.get(`${BASE}/services/task/`)
		.query(true)
		.reply(function (uri) {
			const id = new URL(uri, ORIGIN).searchParams.get('id') ?? '';
			traffic.polls.push({ id, authorization: header(this.req, 'authorization') });
			return reply(task(traffic.polls.length - 1, id));
		});
	return traffic;
}

/** Returns the documented success of the service with this path. The paths of one service begin alike, e.g. with /services/kyc_. */
function goodAnswerOf(path: string): unknown {
	const [start] = path.split('_');
	return NODE_ROWS.find(([, service]) => service.path.startsWith(`${start}_`))?.[1].good.answer;
}

function header(request: { headers: unknown }, name: string): string {
	const headers = request.headers as Record<string, string | string[]>;
	return [headers[name] ?? ''].flat().join();
}
