import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { postKyc } from '../e2e/support/kyc';
import { Bench, openTestbed } from './support/bench';
import { LOCKS, Member, WORKER_CONCURRENCY } from './support/members';
import { executionIds, finishedBy, StoredCall, storedCalls, underWay } from './support/executions';
import { grouped, note, report, seconds } from './support/figures';
import { mixedRequests, passingRequests, PlannedRequest } from './support/requests';
import { say } from './support/say';
import { Exchange, send, sendAll } from './support/send';
import { measure, TASK_MS, Throughput } from './support/throughput';
import { residentBytes } from './support/usage';

/*
 * One cluster for the whole file, in this order: everything that needs both workers, then one of them is killed, then what one worker
 * does alone, until the webhook process and the last worker end as well.
 */

let bench: Bench;

beforeAll(async () => {
	bench = await openTestbed();
});

afterAll(async () => {
	await bench.close();
	report();
});

const logins = () => bench.sandbox.requests.filter(({ route }) => route === 'login').length;
const lastId = async () => Number((await executionIds(bench)).at(-1) ?? 0);

/** Waits until `condition` holds. @throws Error after half a minute */
async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 30_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Not so within 30 seconds: ${condition}`);
		await pause(50);
	}
}

describe('200 requests with photos, 40 at once', () => {
	const COUNT = 200;
	const AT_ONCE = 40;
	let requests: PlannedRequest[];
	let exchanges: Exchange[];
	let ids: string[];
	let calls: StoredCall[];

	beforeAll(async () => {
		const { cluster, sandbox } = bench;
		const before = await lastId();
		sandbox.set({ taskTime: { lognormal: { median: 1500, sigma: 0.5 } } });
		requests = await mixedRequests(sandbox, COUNT);
		// No token is stored yet. The longer a login takes, the more executions there are that would each make one.
		const quick = sandbox.faults.add({ on: 'login', do: { delay: 2_000 } });
		say(`sending ${COUNT} requests, ${AT_ONCE} at once`);
		exchanges = await sendAll(cluster.webhook.origin, requests, AT_ONCE);
		quick();
		// The answer leaves before the execution is stored.
		await until(() => cluster.workers.every((worker) => underWay(worker).length === 0));
		ids = await executionIds(bench, before);
		calls = await storedCalls(bench, ids);
	});

	it('are all answered as their scenario or their photo asks', () => {
		const wrong = exchanges.filter(({ request, answer }) => !matches(answer, request.expected));
		expect(wrong.map(({ request, answer }) => ({ number: request.number, answer }))).toEqual([]);
		note('200 mixed requests', `${exchanges.length - wrong.length} answered as they must be`);
	});

	it('are answered with the verdict on their own photo and UUID', () => {
		// By n8n: the execution that got request 7, and its photo, is the one that request 7 was told of.
		const told = exchanges.map(({ request, answer }) => ({
			executionId: String(answer.body.executionId),
			status: 'success',
			request: request.number,
			fileName: request.photo.name,
		}));
		const stored = calls.map(({ fileId: _, taskId: __, ...call }) => call);
		expect(stored.sort((a, b) => a.request - b.request)).toEqual(told);
		// By Progeny: its task was made for the request's UUID, and no task for two.
		const persons = new Map(bench.sandbox.tasks.map(({ taskId, uuid }) => [taskId, uuid]));
		const taskOf = new Map(calls.map(({ executionId, taskId }) => [executionId, taskId!]));
		const checked = exchanges.filter(({ answer }) => answer.status === 200);
		const tasks = checked.map(({ answer }) => taskOf.get(String(answer.body.executionId))!);
		expect(tasks.map((task) => persons.get(task))).toEqual(checked.map(({ request }) => request.person));
		expect(new Set(tasks).size).toBe(checked.length);
	});

	it('are uploaded once each', () => {
		const refused = requests.filter(({ expected }) => expected.status === 422).length;
		expect(bench.sandbox.submits()).toBe(COUNT - refused);
	});

	it('are shared by both workers', () => {
		const shares = bench.cluster.workers.map((worker) => {
			const finished = new Set(finishedBy(worker));
			return ids.filter((id) => finished.has(id)).length;
		});
		note('executions by worker', shares.join(' and '));
		expect(shares.reduce((sum, share) => sum + share)).toBe(COUNT);
		for (const share of shares) expect(share).toBeGreaterThan(COUNT / 4);
	});

	it('keep their photos in the database, once each and byte for byte', async () => {
		const { sql, cluster } = bench;
		const { rows } = await sql.query<{ fileId: string; fileName: string; hash: string }>(
			`SELECT 'database:' || "fileId" AS "fileId", "fileName", encode(sha256(data), 'hex') AS hash FROM binary_data`,
		);
		const sent = calls.map(({ request, fileName, fileId }) => {
			const hash = createHash('sha256').update(requests[request]!.photo.data).digest('hex');
			return { fileId, fileName, hash };
		});
		const byId = (a: { fileId: string }, b: { fileId: string }) => a.fileId.localeCompare(b.fileId);
		expect(rows.sort(byId)).toEqual(sent.sort(byId));
		note('database for a face, beside its photo', `${(await bytesBesidePhotos()).toFixed(1)} kB`);
		const members = [cluster.main, cluster.webhook, ...cluster.workers];
		expect(members.flatMap(({ userFolder }) => storedFiles(userFolder))).toEqual([]);
	});

	it("stay there when n8n deletes their executions, as docs/scaling.md warns (n8n's issue 37281)", async () => {
		const { api, sql } = bench;
		const photos = async () =>
			Number((await sql.query<{ count: string }>('SELECT count(*) FROM binary_data')).rows[0]!.count);
		const before = await photos();
		await api.call('post', '/executions/delete', { ids: ids.slice(0, 10) });
		expect(await executionIds(bench, Number(ids[0]) - 1)).toEqual(ids.slice(10));
		expect(await photos()).toBe(before);
		// What docs/scaling.md says to do about it, for photos of any age.
		await sql.query(`DELETE FROM binary_data WHERE "sourceId" = 'temp' AND "createdAt" < now()`);
		expect(await photos()).toBe(0);
	});

	/*
	 * A worker's executions that need a token at the same time share one login, and n8n stores its token for the executions that start
	 * later, on any worker. What is left is an execution that read the credential before that and asks after it: hence not 1.
	 */
	it('share one login for each worker, although there is no token at first and a login takes 2 seconds', () => {
		note('logins for 200 requests, from no token at all', String(logins()));
		expect(logins()).toBeGreaterThan(0);
		expect(logins()).toBeLessThanOrEqual(2 * bench.cluster.workers.length);
	});
});

describe('both workers', () => {
	let full: Throughput;

	/*
	 * An execution keeps the token that it read when it began, and asks for a new one when that is refused. All of a worker share its
	 * login, also those that notice later: one login a worker, or two where one of them was under way when the tokens ended.
	 */
	it('log in at most twice each when every token ends, however many faces are under way, and send no photo twice', async () => {
		const { cluster, sandbox } = bench;
		sandbox.set({ taskTime: TASK_MS });
		const underWayThen = 2 * WORKER_CONCURRENCY;
		const faces = 2 * underWayThen;
		const [submitsBefore, loginsBefore] = [sandbox.submits(), logins()];
		const answers = sendAll(cluster.webhook.origin, passingRequests(faces), faces);
		await until(() => sandbox.submits() === submitsBefore + underWayThen);
		sandbox.revokeTokens();
		for (const { request, answer } of await answers) expect(answer).toEqual(request.expected);
		const made = logins() - loginsBefore;
		note(`logins for ${faces} faces, every token ending when ${underWayThen} were under way`, String(made));
		expect(made).toBeGreaterThan(0);
		expect(made).toBeLessThanOrEqual(4);
		expect(sandbox.submits()).toBe(submitsBefore + faces);
	});

	it('keep their places busy, so that the rate follows from how long a face takes', async () => {
		full = await measure(bench, bench.cluster.workers, 6);
		noteThroughput(full);
		const predicted = (3_600_000 * 2 * WORKER_CONCURRENCY) / full.executionMs;
		note('the rate that the formula gives for 2 workers', `${grouped(predicted)} an hour`);
		expect(full.facesPerHour / predicted).toBeGreaterThan(0.8);
		expect(full.facesPerHour / predicted).toBeLessThan(1.2);
	});

	describe('of which one is killed while it waits for verdicts', () => {
		let victim: Member;
		let lost: Exchange[];
		let kept: Exchange[];
		let lostIds: string[];
		let submits: number;

		beforeAll(async () => {
			const { cluster, sandbox } = bench;
			const submitsBefore = sandbox.submits();
			const requests = passingRequests(6, 'slow-10s');
			say('a worker will be killed: 6 requests with tasks of 10 seconds');
			const answers = sendAll(cluster.webhook.origin, requests, requests.length);
			await until(() => sandbox.submits() === submitsBefore + requests.length);
			const byLoad = [...cluster.workers].sort((a, b) => underWay(b).length - underWay(a).length);
			victim = byLoad[0]!;
			lostIds = underWay(victim);
			// All it consists of at once, as when its machine fails.
			process.kill(-victim.pid, 'SIGKILL');
			say(`killed ${victim.name}, which had ${lostIds.length} faces under way`);
			const exchanges = await answers;
			lost = exchanges.filter(({ answer }) => answer.status !== 200);
			kept = exchanges.filter(({ answer }) => answer.status === 200);
			submits = sandbox.submits() - submitsBefore;
		});

		it('tells the callers of its faces that they failed, and no one else', () => {
			expect(lost.map(({ answer }) => answer)).toEqual(
				lostIds.map(() => ({ status: 500, body: { message: 'Error in workflow' } })),
			);
			expect(lost.length).toBeGreaterThan(0);
			for (const { request, answer } of kept) expect(answer).toEqual(request.expected);
		});

		it('does so once its locks have run out and n8n has waited another 30 seconds', () => {
			const times = lost.map(({ tookMs }) => tookMs);
			note('answer to a face of a killed worker', `500 after ${times.map(seconds).join(', ')}`);
			const GRACE = 30_000;
			expect(Math.min(...times)).toBeGreaterThan(GRACE);
			expect(Math.max(...times)).toBeLessThan(GRACE + LOCKS.duration + 2 * LOCKS.stalledCheck + 10_000);
		});

		it('leaves executions with the status error and nothing of what was done', async () => {
			for (const id of lostIds) {
				const { status, data } = await bench.api.finished(id);
				expect(status).toBe('error');
				expect(data.resultData.error?.message).toMatch(/failed to be processed too many times/);
				expect(data.resultData.runData).toEqual({});
			}
		});

		it('has no face submitted again, neither by n8n itself nor by its Retry', async () => {
			expect(submits).toBe(6);
			const before = bench.sandbox.submits();
			const retried = await bench.api.call<{ status: string }>('post', `/executions/${lostIds[0]}/retry`);
			expect(retried.status).toBe('error');
			expect(bench.sandbox.submits()).toBe(before);
		});

		it('leaves the other worker in charge', async () => {
			bench.sandbox.set({ taskTime: 300 });
			const [request] = passingRequests(1);
			const { answer } = await send(bench.cluster.webhook.origin, request!);
			expect(answer).toEqual(request!.expected);
		});

		it('halves what the queue gets through', async () => {
			const survivors = bench.cluster.workers.filter((worker) => worker !== victim);
			const half = await measure(bench, survivors, 6);
			noteThroughput(half);
			const ratio = full.facesPerHour / half.facesPerHour;
			note('two workers to one', `${ratio.toFixed(2)} times the faces`);
			expect(ratio).toBeGreaterThan(1.5);
		});
	});
});

describe('one worker', () => {
	it('finishes a face whose webhook process is killed: the caller is cut off, the verdict is kept', async () => {
		const { cluster, sandbox } = bench;
		sandbox.set({ taskTime: TASK_MS });
		const [submitsBefore, before] = [sandbox.submits(), await lastId()];
		const [request] = passingRequests(1);
		const answer = postKyc(cluster.webhook.origin, request!).catch((error: Error) => error);
		await until(() => sandbox.submits() === submitsBefore + 1);
		process.kill(-cluster.webhook.pid, 'SIGKILL');
		expect(await answer).toBeInstanceOf(Error);
		const [id] = await executionIds(bench, before);
		const { status, data } = await bench.api.finished(id!);
		expect(status).toBe('success');
		expect(data.resultData.runData['Answer the Result']).toHaveLength(1);
		expect(sandbox.submits()).toBe(submitsBefore + 1);
	});

	it('that is told to stop finishes its faces first', async () => {
		const { cluster, sandbox } = bench;
		const worker = cluster.workers.find(({ pid }) => isAlive(pid))!;
		note('memory of a worker', `${Math.round((residentBytes(worker.pid) ?? 0) / 1e6)} MB`);
		const submitsBefore = sandbox.submits();
		const requests = passingRequests(5);
		const answers = sendAll(cluster.main.origin, requests, requests.length);
		await until(() => sandbox.submits() === submitsBefore + requests.length);
		process.kill(worker.pid, 'SIGTERM');
		for (const { request, answer } of await answers) expect(answer).toEqual(request.expected);
		await until(() => !isAlive(worker.pid));
		expect(sandbox.submits()).toBe(submitsBefore + requests.length);
	});
});

/** What the database holds for each execution so far without its photo, in thousands of bytes. */
async function bytesBesidePhotos(): Promise<number> {
	const { rows } = await bench.sql.query<{ bytes: string; executions: string }>(
		`SELECT pg_total_relation_size('execution_entity') + pg_total_relation_size('execution_data') AS bytes,
			(SELECT count(*) FROM execution_entity) AS executions`,
	);
	return Number(rows[0]!.bytes) / Number(rows[0]!.executions) / 1000;
}

function matches(answer: unknown, expected: unknown): boolean {
	try {
		expect(answer).toEqual(expected);
		return true;
	} catch {
		return false;
	}
}

/** The files that n8n's modes other than database would have left in a user folder. */
function storedFiles(userFolder: string): string[] {
	const places = ['storage', 'binaryData'].map((name) => join(userFolder, '.n8n', name)).filter(existsSync);
	return places.flatMap((place) =>
		readdirSync(place, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name)),
	);
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

function noteThroughput({ workers, faces, facesPerHour, executionMs, ...each }: Throughput): void {
	const label = `${workers} worker${workers > 1 ? 's' : ''}`;
	const { uploads, questions, logins: tokens } = each.requestsPerFace;
	note(
		`${label}, ${WORKER_CONCURRENCY} at once, tasks of ${TASK_MS / 1000} s in the mean, ${faces} faces`,
		`${grouped(facesPerHour)} an hour`,
	);
	note(`${label}: an execution takes`, seconds(executionMs));
	note(
		`${label}: requests to Progeny for a face`,
		`${uploads.toFixed(2)} uploads, ${questions.toFixed(2)} questions, ${tokens.toFixed(2)} logins`,
	);
	const processor = Object.entries(each.processorMsPerFace).filter(([, ms]) => ms !== undefined);
	note(
		`${label}: processor time for a face`,
		processor.map(([who, ms]) => `${who} ${Math.round(ms)} ms`).join(', ') || 'unknown here',
	);
}
