import { Bench, openTestbed } from './support/bench';

describe("the credential's Test", () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
	});

	afterAll(() => bench.close());

	const data = (change: Record<string, string> = {}) => {
		const { baseUrl, username, password } = bench.sandbox;
		return { baseUrl, username, password, ...change };
	};
	const test = (change?: Record<string, string>) => bench.api.testCredential(bench.credential, data(change));

	it('takes the right username and password', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it("refuses a wrong password in Progeny's own words, after one login", async () => {
		bench.sandbox.clearRequests();
		const answer = await test({ password: 'wrong' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toContain('No active account found with the given credentials');
		expect(bench.sandbox.requests.filter(({ route }) => route === 'login')).toHaveLength(1);
	});

	it('notices a password that was edited although the last token still lives, and one that was put right again', async () => {
		await bench.api.putCredential(bench.credential.name, bench.credential.type, data());
		expect((await test()).status).toBe('OK');
		await bench.api.putCredential(bench.credential.name, bench.credential.type, data({ password: 'wrong' }));
		expect((await test({ password: 'wrong' })).status).toBe('Error');
		await bench.api.putCredential(bench.credential.name, bench.credential.type, data());
		expect((await test()).status).toBe('OK');
	});

	it('says what is wrong with a Base URL that is no Progeny', async () => {
		const answer = await test({ baseUrl: `${bench.origin}/rest` });
		expect(answer.status).toBe('Error');
		expect(answer.message).toContain('No Progeny login at this Base URL');
	});

	it('refuses plain http to a public host without sending anything', async () => {
		const answer = await test({ baseUrl: 'http://progeny.example.com/api/v3' });
		expect(answer).toMatchObject({ status: 'Error', message: expect.stringMatching(/https/i) });
	});
});
