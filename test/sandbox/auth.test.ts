import jwt, { type JwtPayload } from 'jsonwebtoken';
import { NO_TASK, sandboxForFile } from './support/client';

const client = sandboxForFile({ username: 'jane', password: 'correct horse' });
afterEach(() =>
	client.sandbox.set({ tokenLifetime: 300, refreshLifetime: 1_209_600, blacklistOldRefresh: false }),
);

const statusWith = async (token: string) => (await client.look(NO_TASK, token)).status;
const renew = (refresh: string) => client.post('/accounts/token/refresh/', { refresh });

it('issues tokens with the claims and the lifetimes of the documented samples', async () => {
	const before = Math.floor(Date.now() / 1000);
	const { access, refresh, ...others } = await client.login();
	const after = Math.ceil(Date.now() / 1000);
	expect(others).toEqual({});
	for (const [token, type, lifetime] of [
		[access, 'access', 300],
		[refresh, 'refresh', 1_209_600],
	] as const) {
		const { header, payload } = jwt.decode(token, { complete: true })!;
		expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
		const { exp, ...claims } = payload as JwtPayload;
		expect(claims).toEqual({ token_type: type, jti: expect.stringMatching(/^[0-9a-f]{32}$/), user_id: 41 });
		expect(exp! - lifetime).toBeGreaterThanOrEqual(before);
		expect(exp! - lifetime).toBeLessThanOrEqual(after);
	}
});

it('rotates tokens, and revokes the old refresh token if set to', async () => {
	const first = await client.login();
	const { status, json } = await renew(first.refresh);
	expect([status, Object.keys(json)]).toEqual([200, ['access', 'refresh']]);
	expect(await statusWith(json.access)).toBe(404);
	client.sandbox.set({ blacklistOldRefresh: true });
	expect((await renew(json.refresh)).status).toBe(200);
	const again = await renew(json.refresh);
	const revoked = { detail: 'Token is blacklisted', code: 'token_not_valid' };
	expect([again.status, again.json]).toEqual([401, revoked]);
});

it('refuses expired, changed, unsigned and revoked tokens', async () => {
	client.sandbox.set({ refreshLifetime: 0, tokenLifetime: 1 });
	const { access, refresh } = await client.login();
	const payload = jwt.decode(access) as JwtPayload;
	const old = await renew(refresh);
	const expired = { detail: 'Token is invalid or expired', code: 'token_not_valid' };
	expect([old.status, old.json]).toEqual([401, expired]);
	expect(await statusWith(`${access.slice(0, -4)}AAAA`)).toBe(401);
	expect(await statusWith(jwt.sign(payload, '', { algorithm: 'none' }))).toBe(401);
	await new Promise((resolve) => setTimeout(resolve, payload.exp! * 1000 - Date.now() + 20));
	const { status, json } = await client.look(NO_TASK, access);
	const message = {
		token_class: 'AccessToken',
		token_type: 'access',
		message: 'Token is invalid or expired',
	};
	expect([status, json]).toEqual([
		401,
		{ detail: 'Given token not valid for any token type', code: 'token_not_valid', messages: [message] },
	]);
	client.sandbox.set({ refreshLifetime: 300, tokenLifetime: 300 });
	const earlier = await client.login();
	client.sandbox.revokeTokens();
	expect(await statusWith(earlier.access)).toBe(401);
	expect((await renew(earlier.refresh)).status).toBe(401);
	expect(await statusWith((await client.login()).access)).toBe(404);
});
