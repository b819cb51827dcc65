import nock from 'nock';
import { AUTHENTICATED } from '../unit/documented';

export { AUTHENTICATED as PASSED };

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
export const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
export const TASK_ID = 'd48eac86-228e-4933-a01d-279886a9c6b5';

/** Lets nock answer for the network during a test file, and nothing else; puts the network back after it. */
export function useNock(): void {
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
}

/** A JWT with the documented claims, of an access token that ends `lifeSeconds` from now. */
export function jwt(lifeSeconds = 300, jti = 'a2872d8fb3cf455dae7fdb1efffc3e3e'): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const exp = Math.floor(Date.now() / 1000) + lifeSeconds;
	return `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ token_type: 'access', exp, jti, user_id: 41 })}.c2lnbmF0dXJl`;
}

/** A live person, but another one (inferred: the documented shape with a `false`). */
export const NOT_MATCHED = structuredClone(AUTHENTICATED);
Object.assign(NOT_MATCHED.result.data.authentication, {
	result: false,
	data: { matchScore: '1.25', scorePercent: '6.25' },
});

/** An unfinished task (inferred: Celery's PENDING in the documented envelope). */
export const PENDING = { id: 2190, status: 'PENDING', result: null };

/** The requests that reached the stand-in, and their counts. */
export interface Traffic {
	logins: Array<{ type: string; body: string }>;
	submits: Array<{ authorization: string; type: string; body: Buffer }>;
	polls: Array<{ id: string; authorization: string }>;
}

type Answer = [status: number, body?: unknown, headers?: Record<string, string>];

/**
 * Plays Progeny under the real engine. Each handler gives an answer; by default a login succeeds, an upload is accepted and
 * its task has passed. Handlers get the number of the request of their kind, from 0.
 */
export function playProgeny(
	handlers: {
		login?: (n: number) => Answer;
		submit?: (n: number, body: Buffer) => Answer;
		task?: (n: number, id: string) => Answer;
		origin?: string;
	} = {},
): Traffic {
	const traffic: Traffic = { logins: [], submits: [], polls: [] };
	const login = handlers.login ?? ((n) => [200, { refresh: jwt(1_209_600), access: jwt(300, `access${n}`) }]);
	const submit = handlers.submit ?? ((n) => [200, { id: taskId(n) }]);
	const task = handlers.task ?? (() => [200, AUTHENTICATED]);
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
	scope.post(`${BASE}/accounts/token/obtain/`).reply(function (_uri, body) {
		traffic.logins.push({ type: header(this.req, 'content-type'), body: bytes(body).toString('latin1') });
		return reply(login(traffic.logins.length - 1));
	});
	scope.post(`${BASE}/services/authenticate_face/`).reply(function (_uri, body) {
		const received = bytes(body);
		traffic.submits.push({
			authorization: header(this.req, 'authorization'),
			type: header(this.req, 'content-type'),
			body: received,
		});
		return reply(submit(traffic.submits.length - 1, received));
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

/** The task ID of the n-th upload. */
export const taskId = (n: number): string => `d48eac86-228e-4933-a01d-${String(n).padStart(12, '0')}`;

function header(request: { headers: unknown }, name: string): string {
	const headers = request.headers as Record<string, string | string[]>;
	return [headers[name] ?? ''].flat().join();
}
