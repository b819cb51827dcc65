import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../demo/credential';
import { loginsOf, useTestbed } from './support/testbed';
import { say } from './support/say';
import { WORKER_CONCURRENCY } from './support/members';
import { passingRequests } from './support/requests';
import { sendAll } from './support/send';
import { until } from './support/until';

/** Executions that all workers together take at once. */
const PLACES = 2 * WORKER_CONCURRENCY;

describe('the workers share logins', () => {
	const testbed = useTestbed();

	/*
	 * Executions of a worker that need a token at the same time share one login, and n8n stores its token for those that start later, on any
	 * worker. An execution that read the credential before that and polls after it may cause a second one.
	 */
	it('at most two each when no token is stored yet, although a login takes 2 seconds', async () => {
		const { api, cluster, sandbox } = testbed;
		// Saved anew, the credential has no token.
		const { baseUrl, username, password } = sandbox;
		await api.putCredential(CREDENTIAL_NAME, CREDENTIAL_TYPE, { baseUrl, username, password });
		sandbox.set({ taskTime: 1_000 });
		const loginsBefore = loginsOf(sandbox);
		const stopDelay = sandbox.faults.add({ on: 'login', do: { delay: 2_000 } });
		const requests = passingRequests(3 * PLACES);
		const exchanges = await sendAll(cluster.webhook.origin, requests, 2 * PLACES);
		stopDelay();

		for (const { request, answer } of exchanges) expect(answer).toEqual(request.expected);
		const made = loginsOf(sandbox) - loginsBefore;
		say(`logins for ${requests.length} faces, no token stored: ${made}`);
		expect(made).toBeGreaterThan(0);
		expect(made).toBeLessThanOrEqual(2 * cluster.workers.length);
	});

	/*
	 * An execution keeps the token that it read when it began, and needs a new one when that is refused. The executions of a worker share its
	 * next login, also those that notice later: one login a worker, or two if one was in progress when the tokens ended.
	 */
	it('at most two each when every token ends while all places are taken, and no photo is sent twice', async () => {
		const { cluster, sandbox } = testbed;
		// These store a token.
		await sendAll(cluster.webhook.origin, passingRequests(1), 1);
		sandbox.set({ taskTime: 4_000 });
		const faces = 2 * PLACES;
		const [submitsBefore, loginsBefore] = [sandbox.submits(), loginsOf(sandbox)];
		const exchanges = sendAll(cluster.webhook.origin, passingRequests(faces), faces);
		await until(() => sandbox.submits() >= submitsBefore + PLACES);
		sandbox.revokeTokens();

		for (const { request, answer } of await exchanges) expect(answer).toEqual(request.expected);
		const made = loginsOf(sandbox) - loginsBefore;
		say(`logins for ${faces} faces, every token ending when ${PLACES} were under way: ${made}`);
		expect(made).toBeGreaterThan(0);
		expect(made).toBeLessThanOrEqual(2 * cluster.workers.length);
		expect(sandbox.submits()).toBe(submitsBefore + faces);
	});
});
