import jwt, { type JwtPayload } from 'jsonwebtoken';
import { NO_TASK, sandboxForFile } from './support/client';

// test/realStack/sandbox.test.ts has the answers to a wrong login and to invalid tokens.
const client = sandboxForFile({ username: 'jane', password: 'correct horse' });
afterEach(() => client.sandbox.set({ tokenLifetime: 300, refreshLifetime: 1_209_600 }));

const statusWith = async (token: string) => (await client.look(NO_TASK, token)).status;
const renew = (refresh: string) => client.post('/accounts/token/refresh/', { refresh });

it('issues tokens with the claims and the lifetimes of the documented samples', async () => {
	const now = Date.now() / 1000;
	const { access, refresh, ...others } = await client.login();
	expect(others).toEqual({});
	for (const [token, type, lifetime] of [
		[access, 'access', 300],
		[refresh, 'refresh', 1_209_600],
	] as const) {
		const { exp, ...claims } = jwt.decode(token) as JwtPayload;
		expect(claims).toEqual({ token_type: type, jti: expect.stringMatching(/^[0-9a-f]{32}$/), user_id: 41 });
		expect(Math.abs(exp! - lifetime - now)).toBeLessThan(60);
	}
});

it('refuses expired and revoked tokens', async () => {
	client.sandbox.set({ refreshLifetime: 0, tokenLifetime: 0 });
	const expectRefused = async ({ access, refresh }: Awaited<ReturnType<typeof client.login>>) =>
		expect([await statusWith(access), (await renew(refresh)).status]).toEqual([401, 401]);
	await expectRefused(await client.login());
	client.sandbox.set({ refreshLifetime: 300, tokenLifetime: 300 });
	const tokens = await client.login();
	expect(await statusWith(tokens.access)).toBe(404);
	client.sandbox.revokeTokens();
	await expectRefused(tokens);
	expect(await statusWith((await client.login()).access)).toBe(404);
});
