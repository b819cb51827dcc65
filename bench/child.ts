import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { seededRandom } from '../sandbox/random';
import { tinyJpeg } from '../test/engine/support/items';
import { contenderNamed } from './contenders';
import {
	addNodeTypes,
	credentialsOf,
	runWorkflow,
	storedFile,
	useFilesystemStorage,
	type BenchWorkflow,
} from './engine';
import { loadNodesBase } from './nodesBase';

/** A child process's work: a contender's jobs, each a batch of its own, run side by side after a `go` message. */
export interface Assignment {
	contender: string;
	jobs: Array<{ baseUrl: string; firstFace: number; faces: number }>;
	/** The size of each photo, in bytes. */
	photoBytes: number;
	/** Mean time in ms between faces that arrive at random, if each is an execution of its own. */
	everyMs?: number;
}

/** Its answer. */
export interface Report {
	/** The time of each job, in ms. */
	wallMs: number[];
	/** The time of each execution of one face, in ms, in the order of the faces; empty for a batch. */
	executionsMs: number[];
	/** The most resident memory while the jobs ran, above that before them, in bytes. */
	extraRss: number;
	/** The processor time that the jobs took, in ms. */
	cpuMs: number;
	/** Node's warnings and unhandled rejections. */
	warnings: string[];
}

/** Returns the UUID of a face; the stand-in reads its number. */
const uuidOf = (face: number) => `d3da2b7a-b062-11ec-b3b9-${String(face).padStart(12, '0')}`;

/** Returns a JPEG of that size: a small one, padded behind its end. */
function photoOf(bytes: number): Buffer {
	const jpeg = tinyJpeg();
	return Buffer.concat([jpeg, Buffer.alloc(Math.max(0, bytes - jpeg.length), 0x5a)]);
}

const warnings: string[] = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));
process.on('unhandledRejection', (reason) => warnings.push(`Unhandled: ${String(reason)}`));

async function work({ contender: name, jobs, photoBytes, everyMs }: Assignment): Promise<Report> {
	const contender = contenderNamed(name);
	if (contender.kind === 'hand-built') addNodeTypes(loadNodesBase());
	await useFilesystemStorage();
	const file = await storedFile(photoOf(photoBytes));
	const batches = jobs.map(({ firstFace, faces }) =>
		Array.from({ length: faces }, (_, i) => ({
			json: { uuid: uuidOf(firstFace + i) },
			binary: { data: { ...file } },
		})),
	);
	await new Promise((resolve) => process.once('message', resolve).send!('ready'));
	globalThis.gc?.();
	await sleep(200);
	const before = process.memoryUsage.rss();
	let most = before;
	const cpu = process.cpuUsage();
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
	const executionsMs: number[] = [];
	const wallMs = await Promise.all(
		jobs.map(async ({ baseUrl }, i) => {
			const start = performance.now();
			const definition = contender.workflow(baseUrl);
			if (everyMs === undefined) await runWorkflow(definition, batches[i]!);
			else executionsMs.push(...(await runSingly(definition, batches[i]!, everyMs)));
			return performance.now() - start;
		}),
	);
	clearInterval(watch);
	const { user, system } = process.cpuUsage(cpu);
	return { wallMs, executionsMs, extraRss: most - before, cpuMs: (user + system) / 1000, warnings };
}

/** Runs each item as an execution of its own; all share the credential and arrive at random. Returns the time of each, in ms. */
async function runSingly(
	definition: BenchWorkflow,
	items: INodeExecutionData[],
	everyMs: number,
): Promise<number[]> {
	const random = seededRandom(1);
	const credentials = credentialsOf(definition);
	const executions: Array<Promise<number>> = [];
	for (const item of items) {
		await sleep(-everyMs * Math.log(1 - random()));
		const start = performance.now();
		executions.push(runWorkflow(definition, [item], credentials).then(() => performance.now() - start));
	}
	return await Promise.all(executions);
}

process.once('message', (assignment: Assignment) => {
	work(assignment).then(
		(report) => process.send!(report, () => process.exit(0)),
		(failure: unknown) => {
			console.error(failure);
			process.exit(1);
		},
	);
});
