import { startSandbox, type Sandbox } from '../../sandbox';
import { baseUrl, jpeg, logIn } from './support/client';
import { PASSWORD, USERNAME } from './support/stack';

/** A request: `send` below fills in the rest. */
interface Sent {
	path: string;
	method?: string;
	headers?: Record<string, string>;
	/** The fields of a form, or a whole body. */
	body?: Record<string, string | File> | string;
}

const NO_TASK = '/services/task/?id=98008e56-cd6f-410c-9d8d-f9e620661395';
const OBTAIN = '/accounts/token/obtain/';
const REFRESH = '/accounts/token/refresh/';
const LIVE = '/services/face_liveness/';
const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

let sandbox: Sandbox;
let tokens: Record<'real' | 'sandbox', { access: string; refresh: string }>;
let image: File;
beforeAll(async () => {
	sandbox = await startSandbox({
		username: USERNAME,
		password: PASSWORD,
		taskTime: 3_600_000,
		unfinished: 'notFound',
		refuseUnreadable: true,
	});
	image = new File([new Uint8Array(await jpeg())], 'photo.jpg');
	const login = { path: OBTAIN, body: { username: USERNAME, password: PASSWORD } };
	tokens = {
		real: JSON.parse((await fetched(baseUrl(), login)).text),
		sandbox: JSON.parse((await fetched(sandbox.baseUrl, login)).text),
	};
});
afterAll(() => sandbox.close());

async function fetched(base: string, { path, headers = {}, body, method = body ? 'POST' : 'GET' }: Sent) {
	let sent: string | FormData | undefined;
	if (typeof body === 'object') {
		sent = new FormData();
		for (const [name, value] of Object.entries(body)) sent.append(name, value);
	} else sent = body;
	const reply = await fetch(base + path, { method, headers, body: sent, redirect: 'manual' });
	return { reply, text: await reply.text() };
}

/** An answer without what differs from one to the next. */
async function answer(base: string, sent: Sent) {
	const { reply, text } = await fetched(base, sent);
	const headers = ['content-type', 'www-authenticate', 'allow', 'vary', 'location'];
	return {
		status: reply.status,
		...Object.fromEntries(headers.map((name) => [name, reply.headers.get(name)])),
		body: text
			.replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}/g, '<uuid>')
			.replace(/[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}/g, '<token>')
			.trim(),
	};
}

const json = (body: string): Partial<Sent> => ({ headers: { 'content-type': 'application/json' }, body });
const login = (body: Sent['body']): Sent => ({ path: OBTAIN, body });
const by = (authorization: string): Sent => ({ path: NO_TASK, headers: { authorization } });
const right = { username: USERNAME, password: PASSWORD };

test.each<[string, Sent]>([
	['logs in', login(right)],
	['logs in by JSON', { path: OBTAIN, ...json(JSON.stringify(right)) }],
	['a wrong password', login({ ...right, password: 'wrong' })],
	['rubbish to refresh', { path: REFRESH, body: { refresh: 'rubbish' } }],
	['a task', { path: NO_TASK }],
	['rubbish', by('Bearer rubbish')],
	['an upload', { path: LIVE, body: { extend_data: 'false' } }],
	['GET of a service', { path: LIVE }],
])('without a token, %s: the same answer', async (_, sent) => {
	expect(await answer(sandbox.baseUrl, sent)).toEqual(await answer(baseUrl(), sent));
});

describe('with a token', () => {
	const FACE = '/services/authenticate_face/';
	const CHECK = '/services/background_check/';
	const live = (body: Record<string, string | File>): Sent => ({ path: LIVE, body });
	const rows: Array<[string, () => Sent]> = [
		['an upload', () => live({ image, extend_data: 'true' })],
		['no image', () => live({ extend_data: 'false' })],
		['no picture', () => live({ image: new File(['x'], 'a.jpg'), extend_data: '0' })],
		...['me', UUID.slice(1), UUID.replaceAll('-', '')].map((uuid): [string, () => Sent] => [
			`UUID "${uuid}"`,
			() => ({ path: FACE, body: { image, uuid, extend_data: 'no' } }),
		]),
		...['1990-9-4', '1990-02-30', ''].map((date): [string, () => Sent] => [
			`birth date "${date}"`,
			() => ({ path: CHECK, body: { fullname: 'Jane Doe', birth_date: date } }),
		]),
		['a task that nobody knows', () => ({ path: NO_TASK })],
		['a malformed task ID', () => ({ path: '/services/task/?id=2158' })],
	];
	test.each(rows)('%s: the same answer', async (_, make) => {
		const sent = make();
		const as = ({ access }: { access: string }): Sent => ({
			...sent,
			headers: { ...sent.headers, authorization: `Bearer ${access}` },
		});
		expect(await answer(sandbox.baseUrl, as(tokens.sandbox))).toEqual(
			await answer(baseUrl(), as(tokens.real)),
		);
	});

	test.each<[string, (pair: { access: string; refresh: string }) => Sent]>([
		['a refresh', ({ refresh }) => ({ path: REFRESH, body: { refresh } })],
		['an access token to refresh', ({ access }) => ({ path: REFRESH, body: { refresh: access } })],
		[
			'a refresh token as access',
			({ refresh }) => ({ path: NO_TASK, headers: { authorization: `Bearer ${refresh}` } }),
		],
	])('%s: the same answer', async (_, make) => {
		expect(await answer(sandbox.baseUrl, make(tokens.sandbox))).toEqual(
			await answer(baseUrl(), make(tokens.real)),
		);
	});

	test('a task that is behind others: the same answer', async () => {
		const look = async (base: string, access: string) => {
			const headers = { authorization: `Bearer ${access}` };
			const { text } = await fetched(base, { ...live({ image, extend_data: 'false' }), headers });
			return answer(base, { path: `/services/task/?id=${JSON.parse(text).id}`, headers });
		};
		expect(await look(sandbox.baseUrl, tokens.sandbox.access)).toEqual(
			await look(baseUrl('gunicorn', 'backlog'), await logIn()),
		);
	});
});
