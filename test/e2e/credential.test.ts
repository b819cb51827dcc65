import type { ProgenyAccount } from '../../demo/credential';
import { useTestbed } from './support/testbed';

describe("the credential's Test", () => {
	const testbed = useTestbed();

	const test = (change: Partial<ProgenyAccount> = {}) => {
		const { baseUrl, username, password } = testbed.sandbox;
		return testbed.api.testCredential(testbed.credential, { baseUrl, username, password, ...change });
	};

	it('takes the right username and password', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it("refuses a wrong password in Progeny's own words, after one login", async () => {
		testbed.sandbox.clearRequests();
		const answer = await test({ password: 'wrong' });
		expect(answer.status).toBe('Error');
		expect(answer.message).toContain('No active account found with the given credentials');
		expect(testbed.sandbox.requests.filter(({ route }) => route === 'login')).toHaveLength(1);
	});

	it('notices an edited password although the last token is still valid, and a corrected one', async () => {
		await testbed.putAccount();
		expect((await test()).status).toBe('OK');
		await testbed.putAccount({ password: 'wrong' });
		expect((await test({ password: 'wrong' })).status).toBe('Error');
		await testbed.putAccount();
		expect((await test()).status).toBe('OK');
	});

	it("says what is wrong with a Base URL that is not Progeny's", async () => {
		const answer = await test({ baseUrl: `${testbed.origin}/rest` });
		expect(answer.status).toBe('Error');
		expect(answer.message).toContain('No Progeny login at this Base URL');
	});

	it('refuses plain http to a public host without sending anything', async () => {
		const answer = await test({ baseUrl: 'http://progeny.example.com/api/v3' });
		expect(answer).toMatchObject({ status: 'Error', message: expect.stringMatching(/https/i) });
	});
});
