import type { Contender } from './contenders';
import type { Traffic } from './standIn';
import type { WebhookRow } from './webhook';

/** One contender's row in the table. */
export interface Row {
	name: string;
	seconds: number;
	/** Wall time over the physical limit. */
	overLimit: number;
	pollsAFace: number;
	/** Mean lag over mean task time, in percent. */
	meanLagPercent: number;
	/** The 95th percentile of each face's own lag over its own task time, in percent. */
	p95LagPercent: number;
	/** Logins in one execution. */
	logins: number;
	requests: number;
}

/** All that a run of the benchmark measures. */
export interface Measured {
	rows: Row[];
	/** 20 at a time, tasks of equal time. */
	steadyRow: Row;
	/** Extra peak resident memory of large photos over small ones, in MB, 200 at a time. */
	memoryMB: number;
	longestMs: number;
	webhook: WebhookRow[];
	/** This node after its first executions, with tasks of equal time. */
	steadyWebhook: WebhookRow;
	processor: { planningMs: number; redactionRatio: number };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const round = (value: number, digits = 2) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Returns the figures of one contender on one batch. Times in ms. The limit: all task times over the concurrency, or the longest one. */
export function summarize(batch: {
	contender: Contender;
	times: readonly number[];
	wallMs: number;
	traffic: readonly Traffic[];
}): Row {
	const { contender, times, wallMs, traffic } = batch;
	const faces = traffic.flatMap(({ faces }) => faces);
	if (faces.length !== times.length)
		throw new Error(`${contender.name} finished ${faces.length} of ${times.length}`);
	const shares = faces.map(({ lagMs, taskMs }) => lagMs / taskMs).sort((a, b) => a - b);
	return {
		name: contender.name,
		seconds: round(wallMs / 1000),
		overLimit: round(wallMs / Math.max(sum(times) / contender.concurrency, ...times)),
		pollsAFace: round(sum(faces.map(({ polls }) => polls)) / faces.length),
		meanLagPercent: round((100 * sum(faces.map(({ lagMs }) => lagMs))) / sum(times), 1),
		p95LagPercent: round(100 * shares[Math.ceil(0.95 * shares.length) - 1]!, 1),
		logins: round(sum(traffic.map(({ logins }) => logins)) / traffic.length),
		requests: sum(traffic.map(({ requests }) => requests)),
	};
}

/** A goal, what was measured, and whether it is met. */
export interface Goal {
	goal: string;
	measured: string;
	met: boolean;
}

/** Compares the figures with the goals. */
export function goals(measured: Measured): Goal[] {
	const { rows, steadyRow, memoryMB, longestMs, webhook, steadyWebhook, processor } = measured;
	const named = (name: string) => rows.find((row) => row.name.startsWith(name))!;
	const ours = (concurrency: number) => named(`Authenticate Face, ${concurrency} at a time`);
	const loop = named('hand-built, one at a time').seconds / ours(20).seconds;
	const atOnce = named('hand-built, all at once').seconds;
	const possible = round(atOnce / (longestMs / 1000));
	const warm = webhook[0]!;
	const atMost = (goal: string, figure: number, most: number, unit = ''): Goal => ({
		goal: `${goal} <= ${most}${unit}`,
		measured: `${round(figure)}${unit}`,
		met: figure <= most,
	});
	const atLeast = (goal: string, figure: number, least: number): Goal => ({
		goal: `${goal} >= ${least}`,
		measured: `${round(figure)}`,
		met: figure >= least,
	});
	return [
		atLeast(
			`200 at a time, times as fast as hand-built, all at once (${possible} is possible)`,
			atOnce / ours(200).seconds,
			1.8,
		),
		atMost('200 at a time, to the longest task', (1000 * ours(200).seconds) / longestMs, 1.3),
		atMost('200 at a time, polls', ours(200).pollsAFace, 4.5),
		atMost('200 at a time, photos of 5 MB above photos of 1 KB', memoryMB, 150, ' MB'),
		atMost('50 at a time, to the limit', ours(50).overLimit, 1.5),
		atMost('20 at a time, to the limit', ours(20).overLimit, 1.28),
		atMost('20 at a time, equal tasks, to the limit', steadyRow.overLimit, 1.15),
		atLeast('20 at a time, times as fast as hand-built, one at a time', loop, 8),
		atMost('logins in a batch', ours(20).logins, 1),
		atMost('one face an execution, polls', warm.pollsAFace, 3.6),
		atMost('one face an execution, lag', warm.meanLagPercent, 15, ' %'),
		atMost('one face an execution, cost to the bound', warm.overBound, 1.12),
		atMost('one face an execution, equal tasks, polls', steadyWebhook.pollsAFace, 1.7),
		atMost('one face an execution, equal tasks, lag', steadyWebhook.meanLagPercent, 5, ' %'),
		atMost('planning the polls of a face with 200 tasks known', processor.planningMs, 0.4, ' ms'),
		atMost('taking secrets out of an answer after 400 tokens, to after one', processor.redactionRatio, 1.2),
	];
}

/** Returns the lines of the Markdown table in docs/speed.md: the most telling batches, and warm executions of faces one by one. */
export function markdownTable({ rows, webhook }: Measured): string[] {
	const line = (cells: ReadonlyArray<string | number>) => `| ${cells.join(' | ')} |`;
	const lag = (percent: number) => `${Math.round(percent)} %`;
	return [
		line(['', 'time', 'to the limit', 'polls a face', 'lag']),
		line(new Array<string>(5).fill('---')),
		...rows
			.filter(({ name }) => !/\b5 at a time|sequential/.test(name))
			.map(({ name, seconds, overLimit, pollsAFace, meanLagPercent }) =>
				line([name, `${Math.round(seconds)} s`, overLimit, pollsAFace, lag(meanLagPercent)]),
			),
		...webhook
			.filter(({ name }) => !name.includes('the first'))
			.map(({ name, meanSeconds, overBound, pollsAFace, meanLagPercent }) =>
				line([`one by one: ${name}`, `${meanSeconds} s each`, overBound, pollsAFace, lag(meanLagPercent)]),
			),
	];
}
