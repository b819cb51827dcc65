import jwt, { type JwtPayload } from 'jsonwebtoken';
import { startSandbox, type Sandbox } from '../../sandbox';
import { bearer, form, login, look, post, send } from './support/client';

const noTask = '98008e56-cd6f-410c-9d8d-f9e620661395';
const obtain = '/accounts/token/obtain/';
const refresh = '/accounts/token/refresh/';

const notValid = (message: string) => ({
	detail: 'Given token not valid for any token type',
	code: 'token_not_valid',
	messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
});

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ username: 'jane', password: 'correct horse' });
});
afterEach(() => sandbox.set({ tokenLifetime: 300, refreshLifetime: 1_209_600, blacklistOldRefresh: false }));
afterAll(async () => await sandbox.close());

const protectedStatus = async (token: string) => (await look(sandbox, noTask, token)).status;

describe('obtain', () => {
	it('gives tokens with the claims and the lifetimes of the documented samples', async () => {
		const before = Math.floor(Date.now() / 1000);
		const { access, refresh: refreshToken, ...rest } = await login(sandbox);
		const after = Math.ceil(Date.now() / 1000);
		expect(rest).toEqual({});
		for (const [token, type, lifetime] of [
			[access, 'access', 300],
			[refreshToken, 'refresh', 1_209_600],
		] as const) {
			const { header, payload } = jwt.decode(token, { complete: true })!;
			expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
			const { exp, ...claims } = payload as JwtPayload;
			expect(claims).toEqual({ token_type: type, jti: expect.stringMatching(/^[0-9a-f]{32}$/), user_id: 41 });
			expect(exp! - lifetime).toBeGreaterThanOrEqual(before);
			expect(exp! - lifetime).toBeLessThanOrEqual(after);
		}
	});

	it.each([
		['a wrong password', { username: 'jane', password: 'wrong' }],
		['a wrong username', { username: 'joan', password: 'correct horse' }],
	])('refuses %s', async (_case, fields) => {
		const { status, json, headers } = await post(sandbox, obtain, fields);
		expect(status).toBe(401);
		expect(json).toEqual({ detail: 'No active account found with the given credentials' });
		expect(headers.get('www-authenticate')).toBe('Bearer realm="api"');
	});

	it.each<[string, Record<string, string>, object]>([
		['a missing field', { username: 'jane' }, { password: ['This field is required.'] }],
		[
			'blank fields',
			{ username: '', password: ' ' },
			{ username: ['This field may not be blank.'], password: ['This field may not be blank.'] },
		],
	])('names %s', async (_case, fields, errors) => {
		const { status, json } = await post(sandbox, obtain, fields);
		expect([status, json]).toEqual([400, errors]);
	});

	it.each([
		['JSON', 'application/json', JSON.stringify({ username: 'jane', password: 'correct horse' }), 200],
		['URL-encoded', 'application/x-www-form-urlencoded', 'username=jane&password=correct+horse', 200],
		['broken JSON', 'application/json', '{"username":', 400],
		['a JSON list', 'application/json', '[]', 400],
		['plain text', 'text/plain', 'username=jane', 415],
	])('takes or refuses %s', async (_case, type, body, expected) => {
		const { status } = await send(sandbox, obtain, {
			method: 'POST',
			body,
			headers: { 'content-type': type },
		});
		expect(status).toBe(expected);
	});
});

describe('refresh', () => {
	it('rotates: a new access and a new refresh token, each of which works', async () => {
		const first = await login(sandbox);
		const { status, json } = await post(sandbox, refresh, { refresh: first.refresh });
		expect(status).toBe(200);
		expect(Object.keys(json)).toEqual(['access', 'refresh']);
		expect(json.refresh).not.toBe(first.refresh);
		expect(await protectedStatus(json.access)).toBe(404);
		expect((await post(sandbox, refresh, { refresh: json.refresh })).status).toBe(200);
		expect((await post(sandbox, refresh, { refresh: first.refresh })).status).toBe(200);
	});

	it('kills the old refresh token where it is told to', async () => {
		sandbox.set({ blacklistOldRefresh: true });
		const first = await login(sandbox);
		expect((await post(sandbox, refresh, { refresh: first.refresh })).status).toBe(200);
		const again = await post(sandbox, refresh, { refresh: first.refresh });
		expect([again.status, again.json]).toEqual([
			401,
			{ detail: 'Token is blacklisted', code: 'token_not_valid' },
		]);
	});

	it.each<[string, () => Promise<string>, string]>([
		['rubbish', async () => 'rubbish', 'Token is invalid or expired'],
		['an access token', async () => (await login(sandbox)).access, 'Token has wrong type'],
		[
			'an expired token',
			async () => {
				sandbox.set({ refreshLifetime: 0 });
				return (await login(sandbox)).refresh;
			},
			'Token is invalid or expired',
		],
	])('refuses %s', async (_case, token, detail) => {
		const { status, json } = await post(sandbox, refresh, { refresh: await token() });
		expect([status, json]).toEqual([401, { detail, code: 'token_not_valid' }]);
	});

	it('names the missing field', async () => {
		const { status, json } = await send(sandbox, refresh, { method: 'POST', body: form({ other: 'x' }) });
		expect([status, json]).toEqual([400, { refresh: ['This field is required.'] }]);
	});
});

describe('a protected endpoint', () => {
	const notProvided = { detail: 'Authentication credentials were not provided.' };
	const twoWords = {
		detail: 'Authorization header must contain two space-delimited values',
		code: 'bad_authorization_header',
	};

	it.each<[string, (access: string) => Record<string, string>, object]>([
		['no header', () => ({}), notProvided],
		['another scheme', () => ({ authorization: 'Basic YTpi' }), notProvided],
		['the scheme in lower case', (access) => ({ authorization: `bearer ${access}` }), notProvided],
		['one word', () => ({ authorization: 'Bearer' }), twoWords],
		['three words', (access) => ({ authorization: `Bearer ${access} x` }), twoWords],
		['rubbish', () => bearer('rubbish'), notValid('Token is invalid or expired')],
		[
			'a changed signature',
			(access) => bearer(access.slice(0, -4) + 'AAAA'),
			notValid('Token is invalid or expired'),
		],
	])('answers 401 to %s', async (_case, headers, body) => {
		const { access } = await login(sandbox);
		for (const [path, method] of [
			[`/services/task/?id=${noTask}`, 'GET'],
			['/services/authenticate_face/', 'POST'],
		]) {
			const answer = await send(sandbox, path!, { method: method!, headers: headers(access) });
			expect([answer.status, answer.json]).toEqual([401, body]);
			expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
		}
	});

	it('refuses a refresh token, and a token that is not signed', async () => {
		const tokens = await login(sandbox);
		const answer = await look(sandbox, noTask, tokens.refresh);
		expect([answer.status, answer.json]).toEqual([401, notValid('Token has wrong type')]);
		const unsigned = jwt.sign(jwt.decode(tokens.access) as JwtPayload, '', { algorithm: 'none' });
		expect(await protectedStatus(unsigned)).toBe(401);
	});

	it('refuses an access token once its life is over', async () => {
		sandbox.set({ tokenLifetime: 1 });
		const { access } = await login(sandbox);
		const { exp } = jwt.decode(access) as JwtPayload;
		await new Promise((resolve) => setTimeout(resolve, exp! * 1000 - Date.now() + 20));
		const answer = await look(sandbox, noTask, access);
		expect([answer.status, answer.json]).toEqual([401, notValid('Token is invalid or expired')]);
	});

	it('refuses every earlier token after they were revoked, and takes later ones', async () => {
		const earlier = await login(sandbox);
		expect(await protectedStatus(earlier.access)).toBe(404);
		sandbox.revokeTokens();
		expect(await protectedStatus(earlier.access)).toBe(401);
		expect((await post(sandbox, refresh, { refresh: earlier.refresh })).status).toBe(401);
		expect(await protectedStatus((await login(sandbox)).access)).toBe(404);
	});
});
