import { bundledPhoto } from '../../demo/photos';
import { startSandbox, type Sandbox } from '../../sandbox';
import { baseUrl, logIn } from './support/client';
import { PASSWORD, USERNAME } from './support/stack';

/** A request: `fetched` fills in the rest. */
interface Sent {
	path: string;
	headers?: Record<string, string>;
	/** The fields of a form, or a whole body; makes it a POST. */
	body?: Record<string, string | File> | string;
}

interface Tokens {
	access: string;
	refresh: string;
}

const right = { username: USERNAME, password: PASSWORD };
const image = new File([new Uint8Array(bundledPhoto('cat.png').data)], 'photo.png');
const TASK = { path: '/services/task/?id=98008e56-cd6f-410c-9d8d-f9e620661395' };
const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

const login = (body: Sent['body']): Sent => ({ path: '/accounts/token/obtain/', body });
const refresh = (token: string): Sent => ({ path: '/accounts/token/refresh/', body: { refresh: token } });
const by = (token: string, sent: Sent): Sent => ({ ...sent, headers: { authorization: `Bearer ${token}` } });
const live = (body?: Sent['body']): Sent => ({ path: '/services/face_liveness/', body });
const authenticate = (uuid: string): Sent => ({
	path: '/services/authenticate_face/',
	body: { image, uuid, extend_data: 'no' },
});
const check = (birth_date: string): Sent => ({
	path: '/services/background_check/',
	body: { fullname: 'Jane Doe', birth_date },
});

async function fetched(base: string, { path, headers = {}, body }: Sent) {
	let sent = body as string | FormData | undefined;
	if (typeof body === 'object') {
		sent = new FormData();
		for (const [name, value] of Object.entries(body)) sent.append(name, value);
	}
	const method = body ? 'POST' : 'GET';
	const reply = await fetch(base + path, { method, headers, body: sent, redirect: 'manual' });
	return { reply, text: await reply.text() };
}

/** Returns an answer without what differs from one to the next. */
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

let sandbox: Sandbox;
let tokens: Record<'real' | 'sandbox', Tokens>;
beforeAll(async () => {
	sandbox = await startSandbox({
		...right,
		taskTime: 3_600_000,
		unfinished: 'notFound',
		refuseUnreadable: true,
	});
	const tokensOf = async (base: string): Promise<Tokens> =>
		JSON.parse((await fetched(base, login(right))).text);
	tokens = { real: await tokensOf(baseUrl()), sandbox: await tokensOf(sandbox.baseUrl) };
});
afterAll(() => sandbox.close());

test.each<[string, (tokens: Tokens) => Sent]>([
	['a login', () => login(right)],
	[
		'a login by JSON',
		() => ({ ...login(JSON.stringify(right)), headers: { 'content-type': 'application/json' } }),
	],
	['a wrong password', () => login({ ...right, password: 'wrong' })],
	['a refresh', (pair) => refresh(pair.refresh)],
	['rubbish to refresh', () => refresh('rubbish')],
	['an access token to refresh', ({ access }) => refresh(access)],
	['a task without a token', () => TASK],
	['a task by rubbish', () => by('rubbish', TASK)],
	['a task by a refresh token', (pair) => by(pair.refresh, TASK)],
	['an unknown task', ({ access }) => by(access, TASK)],
	['a malformed task ID', ({ access }) => by(access, { path: '/services/task/?id=2158' })],
	['GET of a service', () => live()],
	['an upload without a token', () => live({ extend_data: 'false' })],
	['an upload', ({ access }) => by(access, live({ image, extend_data: 'true' }))],
	['no image', ({ access }) => by(access, live({ extend_data: 'false' }))],
	['no picture', ({ access }) => by(access, live({ image: new File(['x'], 'a.jpg'), extend_data: '0' }))],
	['the UUID "me"', ({ access }) => by(access, authenticate('me'))],
	['a UUID of 35 characters', ({ access }) => by(access, authenticate(UUID.slice(1)))],
	['a UUID without hyphens', ({ access }) => by(access, authenticate(UUID.replaceAll('-', '')))],
	['the birth date 1990-9-4', ({ access }) => by(access, check('1990-9-4'))],
	['the birth date 1990-02-30', ({ access }) => by(access, check('1990-02-30'))],
	['no birth date', ({ access }) => by(access, check(''))],
])('%s: the same answer', async (_, make) => {
	const real = await answer(baseUrl(), make(tokens.real));
	expect(await answer(sandbox.baseUrl, make(tokens.sandbox))).toEqual(real);
});

test('a task that is behind others: the same answer', async () => {
	const look = async (base: string, access: string) => {
		const { text } = await fetched(base, by(access, live({ image, extend_data: 'false' })));
		return answer(base, by(access, { path: `/services/task/?id=${JSON.parse(text).id}` }));
	};
	expect(await look(sandbox.baseUrl, tokens.sandbox.access)).toEqual(
		await look(baseUrl('gunicorn', 'backlog'), await logIn()),
	);
});
