import axios from 'axios';
import { scenarioUuid } from '../../sandbox';
import { webhookOpen } from '../e2e/support/webhooks';
import { useTestbed } from './support/testbed';
import { finishedBy } from './support/executions';
import { publishReceipts, submitPhoto } from './support/receipts';

const PERSON = scenarioUuid('pass');
const ROUNDS = 40;
const AT_ONCE = 6;

const testbed = useTestbed();

beforeAll(async () => {
	const { hostname: host, port, pathname, username: user, password } = new URL(testbed.cluster.databaseUrl);
	const server = { host, port: Number(port), database: pathname.slice(1), ssl: 'disable' };
	await testbed.api.putCredential('Postgres account', 'postgres', { ...server, user, password });
	await publishReceipts(testbed);
	const workflow = await testbed.example('redeem-once');
	await testbed.api.finished(await testbed.api.run(workflow, 'Set Up Once'));
	await testbed.api.activate(workflow);
	await webhookOpen(`${testbed.cluster.webhook.origin}/webhook/redeem-once`);
});

async function redeem(receipt: unknown, session: string) {
	const { origin } = testbed.cluster.webhook;
	const body = { receipt, session, uuid: PERSON };
	const options = { proxy: false as const, validateStatus: () => true };
	const { status, data } = await axios.post<object>(`${origin}/webhook/redeem-once`, body, options);
	return { status, data };
}

it(`lets a receipt in once, of ${AT_ONCE} callers at once in ${ROUNDS} rounds, by two workers, and loses none`, async () => {
	const { origin } = testbed.cluster.webhook;
	for (let round = 0; round < ROUNDS; round++) {
		const session = `session-${round}`;
		const { receipt } = (await submitPhoto(origin, PERSON, session)).result;
		const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => redeem(receipt, session)));
		expect(answers.filter(({ status }) => status === 200)).toEqual([
			{ status: 200, data: { authenticated: true, decision: 'pass' } },
		]);
		expect(answers.filter(({ status }) => status === 409)).toHaveLength(AT_ONCE - 1);
	}
	const { rows } = await testbed.sql.query<{ session: string }>('SELECT session FROM progeny_redeemed');
	expect(new Set(rows.map(({ session }) => session)).size).toBe(ROUNDS);
	expect(rows).toHaveLength(ROUNDS);
	for (const worker of testbed.cluster.workers) expect(finishedBy(worker).length).toBeGreaterThan(ROUNDS);
});

it('lets no one in with the receipt of another session or person', async () => {
	const { origin } = testbed.cluster.webhook;
	const { receipt } = (await submitPhoto(origin, PERSON, 'mine')).result;
	expect(await redeem(receipt, 'theirs')).toMatchObject({ status: 502, data: { authenticated: false } });
	const failed = await submitPhoto(origin, scenarioUuid('low-match'), 'another');
	expect(await redeem(failed.result.receipt, 'another')).toMatchObject({ status: 502 });
	expect(await redeem(receipt, 'mine')).toMatchObject({ status: 200, data: { authenticated: true } });
});
