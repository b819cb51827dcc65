import { putProgenyCredential } from '../../demo/credential';
import { Sandbox, scenarioUuid, startSandbox } from '../../sandbox';
import { loginsOf, useTestbed } from './support/testbed';
import { finishedBy } from './support/executions';
import { say } from './support/say';
import { Member, WORKER_CONCURRENCY } from './support/members';
import { fetchResult, publishReceipts, ReceiptAnswer, submitPhoto } from './support/receipts';
import { until } from './support/until';

const PERSON = scenarioUuid('pass');
const ANOTHER_PERSON = scenarioUuid('low-match');

const PASSED = { output: 'Pass', result: { authenticated: true, decision: 'pass', uuid: PERSON } };
const REFUSED = {
	output: 'Fail',
	result: { error: expect.any(String), message: expect.stringContaining('[INVALID_RECEIPT]') },
};

const testbed = useTestbed();
/** In Progeny's place, with an account that no process has used yet. */
let sandbox: Sandbox;
let submit: () => Promise<ReceiptAnswer>;
let fetch: (receipt: unknown, uuid: string) => Promise<ReceiptAnswer>;

beforeAll(async () => {
	const { origin } = testbed.cluster.webhook;
	await publishReceipts(testbed);
	submit = () => submitPhoto(origin, PERSON);
	fetch = (receipt, uuid) => fetchResult(origin, receipt, uuid);
});

// Another base URL is another account; saved anew, the credential has no token and no receipt key.
beforeEach(async () => {
	sandbox = await startSandbox();
	await putProgenyCredential(testbed.api, sandbox);
});

afterEach(() => sandbox.close());

it('a receipt of one worker is valid on the other, for its own UUID only', async () => {
	// The first use stores the receipt key.
	await submit();
	const [first, second] = testbed.cluster.workers as [Member, Member];
	const submitted = await byWorker(submit);
	for (const [from, to] of [
		[first, second],
		[second, first],
	] as const) {
		const { receipt } = submitted.get(from)!.result;
		expect(receipt).toMatch(/^pgr1\./);
		expect((await byWorker(() => fetch(receipt, PERSON))).get(to)).toMatchObject(PASSED);
		expect((await byWorker(() => fetch(receipt, ANOTHER_PERSON))).get(to)).toMatchObject(REFUSED);
	}
});

it('at the first use by both workers at once, a receipt passes for its own UUID or is invalid, never for another', async () => {
	// Both workers log in, and make a receipt key each, before either has stored its own.
	const stopDelay = sandbox.faults.add({ on: 'login', do: { delay: 3_000 } });
	const submits = await Promise.all(Array.from({ length: 2 * WORKER_CONCURRENCY }, submit));
	stopDelay();
	expect(loginsOf(sandbox)).toBeGreaterThan(1);
	expect(new Set(await Promise.all(submits.map(workerOf))).size).toBe(2);

	const receipts = submits.map(({ result }) => result.receipt);
	expect(receipts).toEqual(submits.map(() => expect.stringMatching(/^pgr1\./)));
	const own = await Promise.all(receipts.map((receipt) => fetch(receipt, PERSON)));
	const valid = own.filter(({ output }) => output === 'Pass');
	say(`of the first use by two workers at once, ${valid.length} of ${own.length} receipts are valid`);
	expect(valid.length).toBeGreaterThan(0);
	for (const answer of own) expect(answer).toMatchObject(valid.includes(answer) ? PASSED : REFUSED);
	const others = await Promise.all(receipts.map((receipt) => fetch(receipt, ANOTHER_PERSON)));
	for (const answer of others) expect(answer).toMatchObject(REFUSED);

	// From then on one key counts for both.
	const { receipt } = (await submit()).result;
	for (const answer of (await byWorker(() => fetch(receipt, PERSON))).values())
		expect(answer).toMatchObject(PASSED);
});

/** Returns the worker that ran the execution behind an answer. */
async function workerOf({ executionId }: ReceiptAnswer): Promise<Member> {
	const ran = () => testbed.cluster.workers.find((worker) => finishedBy(worker).includes(executionId));
	await until(() => ran() !== undefined);
	return ran()!;
}

/** Returns an answer from each worker: n8n assigns an execution to any free worker, so calls repeat until both had one. */
async function byWorker(call: () => Promise<ReceiptAnswer>): Promise<Map<Member, ReceiptAnswer>> {
	const answers = new Map<Member, ReceiptAnswer>();
	for (let calls = 0; answers.size < 2; calls++) {
		if (calls === 50) throw new Error('One worker took 50 executions in a row');
		const answer = await call();
		answers.set(await workerOf(answer), answer);
	}
	return answers;
}
