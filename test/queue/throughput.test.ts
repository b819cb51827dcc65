import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { useTestbed } from './support/testbed';
import { lastExecution, underWay } from './support/executions';
import { isAlive, Member, WORKER_CONCURRENCY } from './support/members';
import { passingRequests } from './support/requests';
import { say, seconds } from './support/say';
import { sendAll } from './support/send';
import { until } from './support/until';

/** The number of times that each place of a worker is filled in a measurement. */
const ROUNDS = 5;

/** In ms: so long that workers wait rather than work, and not all alike, so that the tasks do not end in step. */
const TASK_TIME = { uniform: { min: 3_000, max: 5_000 } };

/** Linux counts processor time in hundredths of a second on every platform that n8n runs on. */
const TICK_MS = 10;

const testbed = useTestbed();

it('a queue that is always full fills all places of two workers, then of one, and uploads each photo once', async () => {
	const [worker, other] = testbed.cluster.workers as [Member, Member];
	say(`a machine of ${availableParallelism()} processors (${cpus()[0]?.model})`);
	const two = await measure([worker, other]);
	process.kill(other.pid, 'SIGTERM');
	await until(() => !isAlive(other.pid));
	const one = await measure([worker]);
	const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))!;
	say(`memory of a worker: ${Math.round(Number(kilobytes) / 1000)} MB`);
	say(`two workers to one: ${(two.facesPerHour / one.facesPerHour).toFixed(2)} times the faces`);
	for (const { taken, uploads } of [two, one]) {
		expect(uploads).toBe(1);
		// The formula of docs/scaling.md: the rate follows from the places and from the time of an execution.
		expect(taken).toBeGreaterThan(0.6);
		expect(taken).toBeLessThan(1.2);
	}
}, 600_000);

/** Fills the places of `workers`, with as many more faces always waiting in the queue. Says what docs/scaling.md has. */
async function measure(workers: Member[]) {
	const { cluster, sandbox, sql } = testbed;
	const places = workers.length * WORKER_CONCURRENCY;
	const faces = places * ROUNDS;
	sandbox.set({ taskTime: TASK_TIME });
	const before = await lastExecution(testbed);
	const requestsBefore = sandbox.requests.length;
	const groups = {
		workers: workers.map(({ pid }) => pid),
		webhook: [cluster.webhook.pid],
		main: [cluster.main.pid],
		database: [cluster.databasePid],
	};
	const used = () => Object.values(groups).map((pids) => processorMs(...pids));
	const usedBefore = used();

	const exchanges = await sendAll(cluster.webhook.origin, passingRequests(faces), 2 * places);
	const each = used().map(
		(ms, i) => `${Object.keys(groups)[i]} ${Math.round((ms - usedBefore[i]!) / faces)} ms`,
	);
	for (const { request, answer } of exchanges) expect(answer).toEqual(request.expected);

	const made = sandbox.requests.slice(requestsBefore);
	const count = (route: string) => made.filter((request) => request.route === route).length / faces;
	await until(() => workers.every((worker) => underWay(worker).length === 0));
	const { rows } = await sql.query<{ ms: number }>(
		'SELECT extract(epoch FROM avg("stoppedAt" - "startedAt"))::float * 1000 AS ms FROM execution_entity WHERE id > $1',
		[before],
	);
	const { ms: executionMs } = rows[0]!;
	// While every place is taken: without the first faces, which start together, and the last, which leave places empty.
	const answeredAt = exchanges.map((exchange) => exchange.answeredAt).sort((a, b) => a - b);
	const fullMs = answeredAt[faces - 1 - places]! - answeredAt[places - 1]!;
	const facesPerHour = ((faces - 2 * places) / fullMs) * 3_600_000;
	say(
		`${workers.length} workers, ${WORKER_CONCURRENCY} at once each: ${Math.round(facesPerHour)} faces an hour`,
	);
	say(`an execution takes ${seconds(executionMs)}, on the processors ${each.join(', ')}`);
	const requests = ['submit', 'task', 'login'].map((route) => `${route} ${count(route).toFixed(2)}`);
	say(`requests for a face: ${requests.join(', ')}`);
	const taken = (facesPerHour * executionMs) / 3_600_000 / places;
	return { facesPerHour, taken, uploads: count('submit') };
}

/** Returns the processor time of processes and their children in ms. */
function processorMs(...pids: number[]): number {
	const children = pids.flatMap((pid) =>
		readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g),
	);
	const ticks = [...pids, ...children].filter(Boolean).flatMap((one) => {
		// The second field is the program's name in brackets, which may hold spaces.
		const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
		return fields.slice(11, 15);
	});
	return TICK_MS * ticks.reduce((sum, each) => sum + each);
}
