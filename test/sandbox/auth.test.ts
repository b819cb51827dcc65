import jwt, { type JwtPayload } from 'jsonwebtoken';
import { startSandbox, type Sandbox } from '../../sandbox';
import { login, look, post } from './support/client';

const noTask = '98008e56-cd6f-410c-9d8d-f9e620661395';
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

	it('refuses an expired token', async () => {
		sandbox.set({ refreshLifetime: 0 });
		const { status, json } = await post(sandbox, refresh, { refresh: (await login(sandbox)).refresh });
		expect([status, json]).toEqual([401, { detail: 'Token is invalid or expired', code: 'token_not_valid' }]);
	});
});

describe('a protected endpoint', () => {
	it('refuses a token whose signature was changed, and one that is not signed', async () => {
		const { access } = await login(sandbox);
		expect(await protectedStatus(`${access.slice(0, -4)}AAAA`)).toBe(401);
		expect(await protectedStatus(jwt.sign(jwt.decode(access) as JwtPayload, '', { algorithm: 'none' }))).toBe(
			401,
		);
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
