import type { ProgenyAccount } from '../../demo/credential';
import { scenarioUuid } from '../../sandbox';
import { useTestbed } from './support/testbed';
import { anyPhoto, faceItems, folderWorkflow, putFiles, START } from './support/workflows';

const testbed = useTestbed();

describe("the credential's Test", () => {
	const test = (change: Partial<ProgenyAccount> = {}) => {
		const { baseUrl, username, password } = testbed.sandbox;
		return testbed.api.testCredential(testbed.credential, { baseUrl, username, password, ...change });
	};
	const FINE = { status: 'OK', message: 'Connection successful!' };

	it('quotes Progeny on a password that was edited wrongly, although the last token is still valid', async () => {
		expect(await test()).toEqual(FINE);
		await testbed.putAccount({ password: 'wrong' });
		testbed.sandbox.clearRequests();
		const message = expect.stringContaining('No active account found with the given credentials');
		expect(await test({ password: 'wrong' })).toEqual({ status: 'Error', message });
		expect(testbed.sandbox.requests.map(({ route }) => route)).toEqual(['login']);
		await testbed.putAccount();
		expect(await test()).toEqual(FINE);
	});

	it("says what is wrong with a Base URL that is not Progeny's, or is public without https", async () => {
		expect(await test({ baseUrl: `${testbed.origin}/rest` })).toEqual({
			status: 'Error',
			message: expect.stringContaining('No Progeny login at this Base URL'),
		});
		const plain = await test({ baseUrl: 'http://progeny.example.com/api/v3' });
		expect(plain).toEqual({ status: 'Error', message: expect.stringMatching(/https/i) });
	});
});

it('executions share a token; one that expired between two of them costs one login and nothing else', async () => {
	const { api, sandbox } = testbed;
	await testbed.putAccount();
	putFiles('token', { [`${scenarioUuid('pass')}.png`]: anyPhoto() });
	const workflow = await testbed.workflow(folderWorkflow('token'));
	for (const logins of [1, 0, 1]) {
		sandbox.clearRequests();
		const submits = sandbox.submits();
		const execution = await api.finished(await api.run(workflow, START));
		expect(faceItems(execution)).toMatchObject([{ json: { decision: 'pass' } }]);
		const made = sandbox.requests.filter(({ route }) => route === 'login').length;
		expect([made, sandbox.submits() - submits]).toEqual([logins, 1]);
		if (logins === 0) sandbox.revokeTokens();
	}
});
