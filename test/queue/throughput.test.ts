import { availableParallelism, cpus } from 'node:os';
import { useTestbed } from './support/testbed';
import { isAlive, Member, WORKER_CONCURRENCY } from './support/members';
import { say, seconds } from './support/say';
import { measure, TASK_MS, Throughput } from './support/throughput';
import { until } from './support/until';
import { residentBytes } from './support/usage';

/** The number of times that each place of a worker is filled in a measurement. */
const ROUNDS = 5;

const testbed = useTestbed();
const measured: Record<string, Throughput> = {};

beforeAll(async () => {
	const [worker, other] = testbed.cluster.workers as [Member, Member];
	const two = (measured['two workers'] = await measure(testbed, [worker, other], ROUNDS));
	process.kill(other.pid, 'SIGTERM');
	await until(() => !isAlive(other.pid));
	const one = (measured['one worker'] = await measure(testbed, [worker], ROUNDS));
	say(`a machine of ${availableParallelism()} processors (${cpus()[0]?.model})`);
	say(`memory of a worker: ${Math.round(residentBytes(worker.pid) / 1e6)} MB`);
	for (const one of Object.values(measured)) sayThroughput(one);
	say(`two workers to one: ${(two.facesPerHour / one.facesPerHour).toFixed(2)} times the faces`);
}, 600_000);

describe.each([
	['two workers', 2 * WORKER_CONCURRENCY],
	['one worker', WORKER_CONCURRENCY],
])('%s with a queue that is always full', (which, places) => {
	// The formula of docs/scaling.md: the rate follows from the places and from the time of an execution.
	it('keep their places taken', () => {
		const { facesPerHour, executionMs } = measured[which]!;
		const taken = (facesPerHour * executionMs) / 3_600_000;
		expect(taken / places).toBeGreaterThan(0.6);
		expect(taken / places).toBeLessThan(1.2);
	});

	it('upload each photo once', () => {
		expect(measured[which]!.requestsPerFace.uploads).toBe(1);
	});
});

/** Says what docs/scaling.md has of a measurement. */
function sayThroughput({ workers, faces, facesPerHour, executionMs, ...each }: Throughput): void {
	const { uploads, polls, logins } = each.requestsPerFace;
	const formula = (3_600_000 * workers * WORKER_CONCURRENCY) / executionMs;
	const grouped = (value: number) => Math.round(value).toLocaleString('en-GB');
	const processor = Object.entries(each.processorMsPerFace).map(([who, ms]) => `${who} ${Math.round(ms)} ms`);
	say(
		[
			`workers: ${workers}, ${WORKER_CONCURRENCY} at once each; ${faces} faces, tasks of ${TASK_MS / 1000} s in the mean`,
			`${grouped(facesPerHour)} faces an hour, ${grouped(formula)} by the formula`,
			`an execution takes ${seconds(executionMs)}, on the processor ${processor.join(', ')}`,
			`a face: ${uploads.toFixed(2)} uploads, ${polls.toFixed(2)} polls, ${logins.toFixed(2)} logins`,
		].join('\n        '),
	);
}
