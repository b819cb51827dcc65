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
			.replace(/(?<=JSON parse error - )[^"]+/, '<why>')
			.trim(),
	};
}

const json = (body: string): Partial<Sent> => ({ headers: { 'content-type': 'application/json' }, body });
const urlEncoded = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
const login = (body: Sent['body']): Sent => ({ path: OBTAIN, body });
const by = (authorization: string): Sent => ({ path: NO_TASK, headers: { authorization } });
const part = (name: string, text: string, filename = '') =>
	`--b\r\nContent-Disposition: form-data; name="${name}"${filename}\r\n\r\n${text}\r\n`;
const right = { username: USERNAME, password: PASSWORD };

test.each<[string, Sent]>([
	['logs in', login(right)],
	['logs in with blanks around', login({ username: ` ${USERNAME} `, password: `${PASSWORD} ` })],
	['logs in by JSON', { path: OBTAIN, ...json(JSON.stringify(right)) }],
	['a wrong password', login({ ...right, password: 'wrong' })],
	['no password', login({ username: USERNAME })],
	['blank fields', login({ username: '', password: ' ' })],
	['an empty login', { path: OBTAIN, method: 'POST' }],
	['a null', { path: OBTAIN, ...json('{"username":null,"password":7}') }],
	['broken JSON', { path: OBTAIN, ...json('{"username":') }],
	['a JSON list', { path: OBTAIN, ...json('[]') }],
	['plain text', { path: OBTAIN, headers: { 'content-type': 'text/plain' }, body: 'x' }],
	['GET of a login', { path: OBTAIN }],
	['rubbish to refresh', { path: REFRESH, body: { refresh: 'rubbish' } }],
	['nothing to refresh', { path: REFRESH, body: { other: 'x' } }],
	['a task', { path: NO_TASK }],
	['another scheme', by('Basic YTpi')],
	['one word', by('Bearer')],
	['three words', by('Bearer a b')],
	['rubbish', by('Bearer rubbish')],
	['an upload', { path: LIVE, body: { extend_data: 'false' } }],
	['GET of a service', { path: LIVE }],
	['no slash', { path: LIVE.slice(0, -1), body: { a: 'b' } }],
	['no slash before a query', { path: '/services/task?id=1' }],
	['an unknown path', { path: '/services/nothing/' }],
])('without a token, %s: the same answer', async (_, sent) => {
	expect(await answer(sandbox.baseUrl, sent)).toEqual(await answer(baseUrl(), sent));
});

describe('with a token', () => {
	const FACE = '/services/authenticate_face/';
	const multipart = (type: string, body: string) => ({ headers: { 'content-type': type }, body });
	const live = (body: Record<string, string | File>): Sent => ({ path: LIVE, body });
	const named = (name: string, text = 'x') => live({ image: new File([text], name), extend_data: '0' });
	const of = (uuid: string, extend_data = 'no'): Sent => ({ path: FACE, body: { image, uuid, extend_data } });
	const person = (fullname: string, birth_date: string): Sent => ({
		path: '/services/background_check/',
		body: { fullname, birth_date },
	});
	const cut = `${part('uuid', UUID)}${part('extend_data', '1')}${part('image', 'x', '; filename="a.jpg"')}`;
	const rows: Array<[string, () => Sent]> = [
		['an upload', () => live({ image, extend_data: 'true' })],
		['without extend_data', () => live({ image })],
		['no image', () => live({ extend_data: 'false' })],
		['no image in a JSON', () => ({ path: LIVE, ...json('{"extend_data":false}') })],
		['no image, URL-encoded', () => ({ path: LIVE, ...urlEncoded, body: 'extend_data=1' })],
		['an empty body', () => ({ path: FACE, method: 'POST', ...urlEncoded })],
		['text for an image', () => ({ path: FACE, body: { image: 'x', extend_data: 'false' } })],
		['an empty file', () => named('a.jpg', '')],
		['no picture', () => named('a.jpg')],
		['a long name', () => live({ image: new File([image], `${'a'.repeat(100)}.jpg`), extend_data: '0' })],
		[
			'no name',
			() => ({
				path: LIVE,
				...multipart('multipart/form-data; boundary=b', `${part('image', 'x')}--b--\r\n`),
			}),
		],
		[
			'a file that is cut',
			() => ({ path: FACE, ...multipart('multipart/form-data; boundary=b', cut.slice(0, -3)) }),
		],
		['no boundary', () => ({ path: LIVE, ...multipart('multipart/form-data', 'x') })],
		['no UUID', () => ({ path: FACE, body: { image, extend_data: 'false' } })],
		...[
			'me',
			'',
			` ${UUID}`,
			UUID.slice(1),
			UUID.toUpperCase(),
			`{${UUID}}`,
			`urn:uuid:${UUID}`,
			UUID.replaceAll('-', ''),
		].map((uuid): [string, () => Sent] => [`UUID "${uuid}"`, () => of(uuid)]),
		...['', ' true', 'maybe', 'on', 'Yes', 'F'].map((extend_data): [string, () => Sent] => [
			`extend_data "${extend_data}"`,
			() => live({ image, extend_data }),
		]),
		...['1990-9-4', '1990-02-30', '04.09.1990', '', ' 1990-09-04'].map((date): [string, () => Sent] => [
			`birth date "${date}"`,
			() => person('Jane Doe', date),
		]),
		...['', ' ', 'x'.repeat(256), 'Jane\0Doe'].map((name): [string, () => Sent] => [
			`a name of ${name.length} characters`,
			() => person(name, '1990-09-04'),
		]),
		['no name and date', () => ({ path: '/services/background_check/', body: { other: 'x' } })],
		['no photos of a card', () => ({ path: '/services/kyc_card/', body: { extend_data: 'false' } })],
		['a task that nobody knows', () => ({ path: NO_TASK })],
		['a malformed task ID', () => ({ path: '/services/task/?id=2158' })],
		['no task ID', () => ({ path: '/services/task/' })],
		['GET of a service', () => ({ path: FACE })],
		['POST of a task', () => ({ path: NO_TASK, body: { a: 'b' } })],
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
