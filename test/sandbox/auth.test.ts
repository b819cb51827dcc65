import jwt, { type JwtPayload } from 'jsonwebtoken';
import { sandboxForFile } from './support/client';

const noTask = '98008e56-cd6f-410c-9d8d-f9e620661395';

const client = sandboxForFile({ username: 'jane', password: 'correct horse' });
afterEach(() =>
	client.sandbox.set({ tokenLifetime: 300, refreshLifetime: 1_209_600, blacklistOldRefresh: false }),
);

const protectedStatus = async (token: string) => (await client.look(noTask, token)).status;
const renew = (refresh: string) => client.post('/accounts/token/refresh/', { refresh });

it('issues tokens with the claims and the lifetimes of the documented samples', async () => {
	const before = Math.floor(Date.now() / 1000);
	const tokens = await client.login();
	const after = Math.ceil(Date.now() / 1000);
	expect(Object.keys(tokens).sort()).toEqual(['access', 'refresh']);
	for (const [token, type, lifetime] of [
		[tokens.access, 'access', 300],
		[tokens.refresh, 'refresh', 1_209_600],
	] as const) {
		const { header, payload } = jwt.decode(token, { complete: true })!;
		expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
		const { exp, ...claims } = payload as JwtPayload;
		expect(claims).toEqual({ token_type: type, jti: expect.stringMatching(/^[0-9a-f]{32}$/), user_id: 41 });
		expect(exp! - lifetime).toBeGreaterThanOrEqual(before);
		expect(exp! - lifetime).toBeLessThanOrEqual(after);
	}
});

it('rotates: a new access and a new refresh token, each of which works', async () => {
	const first = await client.login();
	const { status, json } = await renew(first.refresh);
	expect([status, Object.keys(json)]).toEqual([200, ['access', 'refresh']]);
	expect(json.refresh).not.toBe(first.refresh);
	expect(await protectedStatus(json.access)).toBe(404);
	expect((await renew(json.refresh)).status).toBe(200);
	expect((await renew(first.refresh)).status).toBe(200);
});

it('revokes the old refresh token if set to', async () => {
	client.sandbox.set({ blacklistOldRefresh: true });
	const { refresh } = await client.login();
	expect((await renew(refresh)).status).toBe(200);
	const { status, json } = await renew(refresh);
	expect([status, json]).toEqual([401, { detail: 'Token is blacklisted', code: 'token_not_valid' }]);
});

it('refuses an expired refresh token', async () => {
	client.sandbox.set({ refreshLifetime: 0 });
	const { status, json } = await renew((await client.login()).refresh);
	expect([status, json]).toEqual([401, { detail: 'Token is invalid or expired', code: 'token_not_valid' }]);
});

it('refuses a token whose signature was changed, and an unsigned one', async () => {
	const { access } = await client.login();
	const unsigned = jwt.sign(jwt.decode(access) as JwtPayload, '', { algorithm: 'none' });
	expect(await protectedStatus(`${access.slice(0, -4)}AAAA`)).toBe(401);
	expect(await protectedStatus(unsigned)).toBe(401);
});

it('refuses an expired access token', async () => {
	client.sandbox.set({ tokenLifetime: 1 });
	const { access } = await client.login();
	const { exp } = jwt.decode(access) as JwtPayload;
	await new Promise((resolve) => setTimeout(resolve, exp! * 1000 - Date.now() + 20));
	const { status, json } = await client.look(noTask, access);
	const message = {
		token_class: 'AccessToken',
		token_type: 'access',
		message: 'Token is invalid or expired',
	};
	expect([status, json]).toEqual([
		401,
		{ detail: 'Given token not valid for any token type', code: 'token_not_valid', messages: [message] },
	]);
});

it('refuses every earlier token once they were revoked, and accepts later ones', async () => {
	const earlier = await client.login();
	client.sandbox.revokeTokens();
	expect(await protectedStatus(earlier.access)).toBe(401);
	expect((await renew(earlier.refresh)).status).toBe(401);
	expect(await protectedStatus((await client.login()).access)).toBe(404);
});
