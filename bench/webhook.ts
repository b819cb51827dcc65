import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../test/engine/support/certificate';
import { leastCost } from '../test/unit/bestSchedule';
import { contenderNamed, type Contender } from './contenders';
import type { Traffic } from './standIn';

/** The webhook scenario: each face is an execution of its own, and they arrive at random. Times in ms. */
export interface WebhookWork {
	executions: number;
	everyMs: number;
	/** The number of first executions that count as cold; later ones are warm. */
	coldExecutions: number;
}

export const WEBHOOK: WebhookWork = { executions: 200, everyMs: 500, coldExecutions: 40 };
export const QUICK_WEBHOOK: WebhookWork = { executions: 12, everyMs: 100, coldExecutions: 4 };

/** A round trip over the internet; n8n opens a connection for each request: one for TCP, one for TLS 1.3. */
export const FAR = { roundTripMs: 60, connectMs: 120 };

/** The price of a poll: this many polls cost as much as a lag of one whole task time. */
const LAG_WEIGHT = 20;

/** This node, the hand-built loop and a node that polls every 2 s. */
export const webhookContenders: readonly Contender[] = [
	'Authenticate Face, 5 at a time',
	'hand-built, all at once, Wait 1 s',
	'sequential node, fixed 2 s',
].map(contenderNamed);

const NAMES = ['Authenticate Face', 'hand-built: HTTP Request, Wait 1 s, IF', 'a node that polls every 2 s'];

/** Creates a certificate for the stand-in, and its file for NODE_EXTRA_CA_CERTS, until this process ends. */
export async function trustedCertificate() {
	const certificate = await selfSigned();
	const folder = mkdtempSync(join(tmpdir(), 'progeny-bench-tls-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'certificate.pem');
	writeFileSync(file, certificate.cert);
	return { certificate, file };
}

/** One contender's row in the webhook table. */
export interface WebhookRow {
	name: string;
	/** The time of an execution: the mean and the 95th percentile, in seconds. */
	meanSeconds: number;
	p95Seconds: number;
	/** The mean execution time over the mean task time. */
	timesTask: number;
	pollsAFace: number;
	meanLagPercent: number;
	/** The cost in polls and lag, over the least that any schedule could reach. */
	overBound: number;
	logins: number;
	connections: number;
	/** The processor time of an execution, n8n included, in ms. */
	cpuMs: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const round = (value: number, digits = 2) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Returns the rows of one contender: all its executions; this node's also the cold and the warm ones apart. `times` in ms, by face. */
export function webhookRows(measured: {
	contender: Contender;
	work: WebhookWork;
	times: readonly number[];
	/** A large sample of the task times. */
	sample: readonly number[];
	executionsMs: readonly number[];
	cpuMs: number;
	traffic: Traffic;
}): WebhookRow[] {
	const { contender, work, times, executionsMs, cpuMs, traffic } = measured;
	const least = leastCost(measured.sample, LAG_WEIGHT);
	const row = (name: string, first: number, last: number): WebhookRow => {
		const found = traffic.faces.filter(({ face }) => face >= first && face < last);
		if (found.length !== last - first) throw new Error(`${name} finished ${found.length} of ${last - first}`);
		const took = executionsMs.slice(first, last);
		const polls = mean(found.map((face) => face.polls));
		const lag = mean(found.map((face) => face.lagMs)) / mean(found.map((face) => face.taskMs));
		return {
			name,
			meanSeconds: round(mean(took) / 1000),
			p95Seconds: round([...took].sort((a, b) => a - b)[Math.ceil(0.95 * took.length) - 1]! / 1000),
			timesTask: round(mean(took) / mean(times.slice(first, last))),
			pollsAFace: round(polls),
			meanLagPercent: round(100 * lag, 1),
			overBound: round((polls + LAG_WEIGHT * lag) / least),
			logins: traffic.logins,
			connections: traffic.connections,
			cpuMs: round(cpuMs / times.length, 1),
		};
	};
	const name = NAMES[webhookContenders.indexOf(contender)]!;
	const { executions, coldExecutions } = work;
	if (contender.kind !== 'ours') return [row(name, 0, executions)];
	return [
		row(`${name}, warm`, coldExecutions, executions),
		row(`${name}, the first ${coldExecutions}`, 0, coldExecutions),
	];
}
