import type { Testbed } from './testbed';
import { Member, WORKER_CONCURRENCY } from './members';
import { lastExecution, underWay } from './executions';
import { passingRequests } from './requests';
import { sendAll } from './send';
import { until } from './until';
import { processorMs } from './usage';

/** The times of the tasks of a measurement, in ms: so long that workers wait rather than work, and not all alike, so that they do not end in step. */
const TASK_TIME = { uniform: { min: 3_000, max: 5_000 } };

/** The mean of it. */
export const TASK_MS = 4_000;

/** Results of a full queue. */
export interface Throughput {
	faces: number;
	workers: number;
	/** While every place is taken: without the first faces, which start together, and the last, which leave places empty. */
	facesPerHour: number;
	/** Mean time of an execution on its worker, in ms, from n8n's own times. */
	executionMs: number;
	/** Uploads, polls and logins, for each face. */
	requestsPerFace: { uploads: number; polls: number; logins: number };
	/** ms per face, by kind of process. */
	processorMsPerFace: Record<string, number>;
}

/** Fills the places of `workers` `rounds` times, with as many more faces always waiting in the queue. */
export async function measure(testbed: Testbed, workers: Member[], rounds: number): Promise<Throughput> {
	const { cluster, sandbox, sql } = testbed;
	const places = workers.length * WORKER_CONCURRENCY;
	const faces = places * rounds;
	sandbox.set({ taskTime: TASK_TIME });
	const before = await lastExecution(testbed);
	const requestsBefore = sandbox.requests.length;
	const groups = {
		workers: workers.map(({ pid }) => pid),
		webhook: [cluster.webhook.pid],
		main: [cluster.main.pid],
		database: [cluster.databasePid],
	};
	const usedBefore = processorTimes(groups);

	const exchanges = await sendAll(cluster.webhook.origin, passingRequests(faces), 2 * places);
	const used = processorTimes(groups);
	for (const { request, answer } of exchanges) expect(answer).toEqual(request.expected);

	const made = sandbox.requests.slice(requestsBefore);
	const count = (route: string) => made.filter((request) => request.route === route).length / faces;
	await until(() => workers.every((worker) => underWay(worker).length === 0));
	const { rows } = await sql.query<{ seconds: number }>(
		'SELECT extract(epoch FROM avg("stoppedAt" - "startedAt"))::float AS seconds FROM execution_entity WHERE id > $1',
		[before],
	);
	const answeredAt = exchanges.map((exchange) => exchange.answeredAt).sort((a, b) => a - b);
	const fullMs = answeredAt[faces - 1 - places]! - answeredAt[places - 1]!;
	return {
		faces,
		workers: workers.length,
		facesPerHour: ((faces - 2 * places) / fullMs) * 3_600_000,
		executionMs: rows[0]!.seconds * 1000,
		requestsPerFace: { uploads: count('submit'), polls: count('task'), logins: count('login') },
		processorMsPerFace: Object.fromEntries(
			Object.keys(groups).map((name) => [name, (used[name]! - usedBefore[name]!) / faces]),
		),
	};
}

/** The processor time of each group of processes in ms. */
const processorTimes = (groups: Record<string, number[]>): Record<string, number> =>
	Object.fromEntries(
		Object.entries(groups).map(([name, pids]) => [
			name,
			pids.map(processorMs).reduce((total, ms) => total + ms),
		]),
	);
