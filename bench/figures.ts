import type { Contender } from './contenders';
import type { Traffic } from './standIn';
import type { WebhookRow } from './webhook';

/** What the table says about one contender. */
export interface Row {
	name: string;
	/** Seconds. */
	wall: number;
	/** Wall time over the physical limit. */
	overLimit: number;
	/** Its wall time over that of this node at 20 at a time; filled in by `goals`. */
	timesOurs: number;
	pollsAFace: number;
	/** Mean lag over mean task time, in percent. */
	meanLagPercent: number;
	/** The 95th percentile of each face's own lag over its own task time, in percent. */
	p95LagPercent: number;
	/** Logins in one execution. */
	logins: number;
	requests: number;
	connections: number;
	/** Extra resident memory at its peak, in MB, in the memory batch. */
	extraMemoryMB: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const round = (value: number, digits = 2) => Math.round(value * 10 ** digits) / 10 ** digits;

/** The physical limit, in ms: the sum of the task times over the concurrency, and never below the longest task. */
export function limitMs(times: readonly number[], concurrency: number): number {
	return Math.max(sum(times) / concurrency, ...times);
}

/** The figures of one contender on one batch. Times in ms, memory in bytes. */
export function summarize(batch: {
	contender: Contender;
	times: readonly number[];
	wallMs: number;
	traffic: readonly Traffic[];
	extraRss: number;
}): Row {
	const { contender, times, wallMs, traffic, extraRss } = batch;
	const faces = traffic.flatMap(({ faces }) => faces);
	if (faces.length !== times.length)
		throw new Error(`${contender.name} finished ${faces.length} of ${times.length}`);
	const shares = faces.map(({ lagMs, taskMs }) => lagMs / taskMs).sort((a, b) => a - b);
	return {
		name: contender.name,
		wall: round(wallMs / 1000),
		overLimit: round(wallMs / limitMs(times, contender.concurrency)),
		timesOurs: 1,
		pollsAFace: round(sum(faces.map(({ polls }) => polls)) / faces.length),
		meanLagPercent: round((100 * sum(faces.map(({ lagMs }) => lagMs))) / sum(times), 1),
		p95LagPercent: round(100 * shares[Math.ceil(0.95 * shares.length) - 1]!, 1),
		logins: round(sum(traffic.map(({ logins }) => logins)) / traffic.length),
		requests: sum(traffic.map(({ requests }) => requests)),
		connections: sum(traffic.map(({ connections }) => connections)),
		extraMemoryMB: round(extraRss / 1e6, 0),
	};
}

/** A goal, what was measured, and whether it is met; `note` says why not. */
export interface Goal {
	goal: string;
	measured: string;
	met: boolean;
	note: string;
}

/** Holds the rows against the goals, and fills in each row's `timesOurs`. */
export function goals(measured: {
	rows: Row[];
	steadyRow: Row;
	times: readonly number[];
	webhook: WebhookRow[];
	/** This node after its first executions, with tasks that all take the same time. */
	steadyWebhook: WebhookRow;
	packaged: { moduleLoadMs: number; tarballBytes: number; planningMs: number; redactionRatio: number };
}): Goal[] {
	const { rows, steadyRow, times, webhook, steadyWebhook, packaged } = measured;
	const warm = webhook[0]!;
	const [ours] = rows;
	for (const row of rows) row.timesOurs = round(row.wall / ours!.wall);
	const handBuilt = rows.filter(({ name }) => name.startsWith('hand-built'));
	const [oneByOne, atOnce] = handBuilt;
	const floor = round(withoutLag(times, 20) / (sum(times) / 20));
	const goal = (text: string, figure: number, met: boolean, unit = '', note = '') => ({
		...{ goal: text, measured: `${round(figure)}${unit}` },
		...{ met, note: met ? '' : note },
	});
	return [
		goal(
			'20 at a time, mixed task times: wall <= 1.15 x limit',
			ours!.overLimit,
			ours!.overLimit <= 1.15,
			'',
			`the last faces leave lanes idle: ${floor} even if every end were known at once; the rest is lag`,
		),
		goal(
			'20 at a time, equal task times: wall <= 1.15 x limit',
			steadyRow.overLimit,
			steadyRow.overLimit <= 1.15,
		),
		goal(
			'>= 8 x faster than the hand-built loop, one at a time',
			oneByOne!.timesOurs,
			oneByOne!.timesOurs >= 8,
		),
		goal(
			'>= 8 x faster than the hand-built workflow, all at once',
			atOnce!.timesOurs,
			atOnce!.timesOurs >= 8,
			'',
			'it is bounded by nothing: every photo is uploaded and every task is under way at the same time',
		),
		goal('1 login per token life', ours!.logins, ours!.logins === 1),
		goal('module load < 10 ms', packaged.moduleLoadMs, packaged.moduleLoadMs < 10, ' ms'),
		goal('one face an execution, warm: polls <= 3.6', warm.pollsAFace, warm.pollsAFace <= 3.6),
		goal('one face an execution, warm: lag <= 15 %', warm.meanLagPercent, warm.meanLagPercent <= 15, ' %'),
		goal('one face an execution, warm: cost <= 1.12 x bound', warm.overBound, warm.overBound <= 1.12),
		goal(
			'one face an execution, equal task times: polls <= 1.5',
			steadyWebhook.pollsAFace,
			steadyWebhook.pollsAFace <= 1.5,
		),
		goal(
			'one face an execution, equal task times: lag <= 5 %',
			steadyWebhook.meanLagPercent,
			steadyWebhook.meanLagPercent <= 5,
			' %',
		),
		goal(
			'planning a face with 200 tasks known < 0.4 ms',
			packaged.planningMs,
			packaged.planningMs < 0.4,
			' ms',
		),
		goal(
			'taking secrets out of an answer after 400 tokens <= 1.2 x after one',
			packaged.redactionRatio,
			packaged.redactionRatio <= 1.2,
			' x',
		),
		goal('tarball <= 60 kB', packaged.tarballBytes / 1000, packaged.tarballBytes <= 60_000, ' kB'),
	];
}

/** How long the batch would take, in ms, if every task's end were known at once and the next face started in its place. */
function withoutLag(times: readonly number[], concurrency: number): number {
	const lanes = new Array<number>(concurrency).fill(0);
	for (const time of times) lanes[lanes.indexOf(Math.min(...lanes))]! += time;
	return Math.max(...lanes);
}
