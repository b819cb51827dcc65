import { createHash } from 'node:crypto';
import { useTestbed } from './support/testbed';
import {
	executionIds,
	finishedBy,
	lastExecution,
	StoredCall,
	storedCalls,
	underWay,
} from './support/executions';
import { mixedRequests, passingRequests, PlannedRequest } from './support/requests';
import { say } from './support/say';
import { Exchange, sendAll } from './support/send';
import { until } from './support/until';

const testbed = useTestbed();

describe('200 mixed requests with photos, 40 at once', () => {
	const COUNT = 200;
	const AT_ONCE = 40;
	let requests: PlannedRequest[];
	let exchanges: Exchange[];
	let calls: StoredCall[];
	let photos: StoredPhoto[];
	let submits: number;

	beforeAll(async () => {
		const { cluster, sandbox } = testbed;
		const [before, submitsBefore] = [await lastExecution(testbed), sandbox.submits()];
		const photosBefore = new Set((await storedPhotos()).map(({ fileId }) => fileId));
		sandbox.set({ taskTime: { lognormal: { median: 1500, sigma: 0.5 } } });
		requests = await mixedRequests(sandbox, COUNT);
		say(`sending ${COUNT} requests, ${AT_ONCE} at once`);
		exchanges = await sendAll(cluster.webhook.origin, requests, AT_ONCE);
		submits = sandbox.submits() - submitsBefore;
		await allStored();
		calls = await storedCalls(testbed, await executionIds(testbed, before));
		photos = (await storedPhotos()).filter(({ fileId }) => !photosBefore.has(fileId));
	});

	it('are all answered as their scenario or their photo asks', () => {
		const answers = exchanges.map(({ request: { number }, answer }) => ({ number, answer }));
		expect(answers).toEqual(requests.map(({ number, expected }) => ({ number, answer: expected })));
	});

	it('are each answered by the execution that got their photo', () => {
		const answered = exchanges.map(({ request, answer }) => ({
			executionId: String(answer.body.executionId),
			status: 'success',
			request: request.number,
			fileName: request.photo.name,
		}));
		const stored = calls.map(({ fileId: _, result: __, ...call }) => call);
		expect(stored.sort((a, b) => a.request - b.request)).toEqual(answered);
	});

	it('are answered with the result of a task of their own, made for their UUID', () => {
		const uuids = new Map(testbed.sandbox.tasks.map(({ taskId, uuid }) => [taskId, uuid]));
		const results = new Map(calls.map(({ executionId, result }) => [executionId, result]));
		const checked = exchanges.filter(({ answer }) => answer.status === 200);
		const taskIds = checked.map(({ request: { person: uuid }, answer: { body } }) => {
			const { taskId, ...result } = results.get(String(body.executionId))!;
			const { authenticated, decision } = body;
			expect(result).toMatchObject({ authenticated, decision, uuid });
			expect(uuids.get(String(taskId))).toBe(uuid);
			return taskId;
		});
		expect(new Set(taskIds).size).toBe(checked.length);
	});

	it('are uploaded once each', () => {
		const refused = requests.filter(({ expected }) => expected.status === 422).length;
		expect(submits).toBe(COUNT - refused);
	});

	it('are shared by both workers', () => {
		const shares = testbed.cluster.workers.map((worker) => {
			const finished = new Set(finishedBy(worker));
			return calls.filter(({ executionId }) => finished.has(executionId)).length;
		});
		say(`executions by worker: ${shares.join(' and ')}`);
		expect(shares.reduce((sum, share) => sum + share)).toBe(COUNT);
		for (const share of shares) expect(share).toBeGreaterThan(COUNT / 5);
	});

	it('keep their photos in the database, once each and byte for byte', async () => {
		const sent = calls.map(({ request, fileName, fileId }) => {
			const hash = createHash('sha256').update(requests[request]!.photo.data).digest('hex');
			return { fileId, fileName, hash };
		});
		const byId = (a: StoredPhoto, b: StoredPhoto) => a.fileId.localeCompare(b.fileId);
		expect(photos.sort(byId)).toEqual(sent.sort(byId));
		say(`database for a face, beside its photo: ${(await kilobytesBesidePhotos()).toFixed(1)} kB`);
	});
});

it("photos stay when n8n deletes their executions, until the statement in docs/scaling.md removes them (n8n's issue 37281)", async () => {
	const { cluster, sandbox, sql, api } = testbed;
	const before = await lastExecution(testbed);
	sandbox.set({ taskTime: 300 });
	await sendAll(cluster.webhook.origin, passingRequests(3), 3);
	await allStored();
	const ids = await executionIds(testbed, before);
	const sent = (await storedCalls(testbed, ids)).map(({ fileId }) => fileId);
	const kept = async () => (await storedPhotos()).filter(({ fileId }) => sent.includes(fileId));

	await api.call('post', '/executions/delete', { ids });
	expect(await executionIds(testbed, before)).toEqual([]);
	expect(await kept()).toHaveLength(3);
	// As the page says, but for photos of any age.
	await sql.query(`DELETE FROM binary_data WHERE "sourceId" = 'temp' AND "createdAt" < now()`);
	expect(await kept()).toEqual([]);
});

interface StoredPhoto {
	fileId: string;
	fileName: string;
	/** SHA-256 of its bytes. */
	hash: string;
}

/** Returns all files in n8n's database. */
async function storedPhotos(): Promise<StoredPhoto[]> {
	const { rows } = await testbed.sql.query<StoredPhoto>(
		`SELECT 'database:' || "fileId" AS "fileId", "fileName", encode(sha256(data), 'hex') AS hash FROM binary_data`,
	);
	return rows;
}

/** Waits until no worker has an execution under way: an answer leaves before its execution is stored. */
async function allStored(): Promise<void> {
	await until(() => testbed.cluster.workers.every((worker) => underWay(worker).length === 0));
}

/** Returns the size of each execution so far in the database without its photo, in thousands of bytes. */
async function kilobytesBesidePhotos(): Promise<number> {
	const { rows } = await testbed.sql.query<{ bytes: string; executions: string }>(
		`SELECT pg_total_relation_size('execution_entity') + pg_total_relation_size('execution_data') AS bytes,
			(SELECT count(*) FROM execution_entity) AS executions`,
	);
	return Number(rows[0]!.bytes) / Number(rows[0]!.executions) / 1000;
}
