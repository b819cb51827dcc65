/** `npm run bench`: this node and its rivals on the same work. `--quick` runs a small benchmark and changes no results. */
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../sandbox/random';
import { drawTaskTime, type TaskTime } from '../sandbox/tasks/taskTime';
import type { Assignment, Report } from './child';
import { contenderNamed, contenders, type Contender } from './contenders';
import { goals, markdownTable, summarize, type Measured, type Row } from './figures';
import { NODES_BASE_VERSION, ensureNodesBase } from './nodesBase';
import { planningMs, redactionRatio } from './processorTime';
import { NEAR, startStandIn, type Network } from './standIn';
import {
	FAR,
	QUICK_WEBHOOK,
	WEBHOOK,
	trustedCertificate,
	webhookContenders,
	webhookRows,
	type WebhookRow,
} from './webhook';

const ROOT = join(__dirname, '..');
const quick = process.argv.includes('--quick');
const SEED = 5;
const FACES = quick ? 6 : 200;
/** A contender with one face at a time runs pieces of this many faces side by side; their times are added. */
const PIECE = quick ? 3 : 25;
const MEDIAN_MS = quick ? 500 : 2_000;
const BATCH_TASKS: TaskTime = { lognormal: { median: MEDIAN_MS, sigma: 0.5 } };
const WEBHOOK_TASKS: TaskTime = { lognormal: { median: quick ? 500 : 3_000, sigma: 0.4 } };
const PHOTO_BYTES = 20_000;
const MEMORY_BYTES = { small: 1_000, large: quick ? 500_000 : 5_000_000 };

type StandIn = Awaited<ReturnType<typeof startStandIn>>;

/** A contender's work in a process of its own: `faces` faces, in pieces side by side. */
interface Task extends Omit<Assignment, 'contender' | 'jobs'> {
	contender: Contender;
	standIn: StandIn;
	/** Distinguishes its traffic from other tasks'. */
	label: string;
	faces: number;
	piece: number;
	/** Environment variables of the process, besides this one's. */
	env?: Record<string, string>;
}

const started = performance.now();
const progress = (text: string) =>
	console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);

/** Returns the name of a task's piece that begins with this face, in the stand-in's URL. */
const pieceName = ({ contender, label }: Task, firstFace: number) =>
	`${contenders.indexOf(contender)}-${label}-${firstFace}`;

const firstFaces = ({ faces, piece }: Task) =>
	Array.from({ length: Math.ceil(faces / piece) }, (_, i) => i * piece);

/** Runs the tasks side by side; all start when the last process is ready. */
async function runTogether(tasks: Task[]): Promise<Report[]> {
	const children = tasks.map((task) => {
		const child = fork(join(__dirname, 'child.ts'), {
			execArgv: ['--require', 'tsx/cjs', '--expose-gc'],
			cwd: ROOT,
			env: { ...process.env, ...task.env },
		});
		const failed = new Promise<never>((_, reject) => {
			child.once('error', reject);
			child.once('exit', (code) => reject(new Error(`${task.contender.name} ended with code ${code}`)));
		});
		failed.catch(() => {});
		const message = <T>() =>
			Promise.race([new Promise<T>((resolve) => child.once('message', resolve)), failed]);
		const jobs = firstFaces(task).map((firstFace) => ({
			baseUrl: task.standIn.baseUrl(pieceName(task, firstFace)),
			firstFace,
			faces: Math.min(task.piece, task.faces - firstFace),
		}));
		const { photoBytes, everyMs } = task;
		child.send({ contender: task.contender.name, jobs, photoBytes, everyMs } satisfies Assignment);
		return { child, message, ready: message<'ready'>() };
	});
	await Promise.all(children.map(({ ready }) => ready));
	return await Promise.all(
		children.map(async ({ child, message }, i) => {
			const report = message<Report>();
			child.send('go');
			const done = await report;
			progress(`${tasks[i]!.contender.name} (${tasks[i]!.label})`);
			return done;
		}),
	);
}

/** Runs tasks one after the other, each alone on the machine. */
async function runAlone(tasks: Task[]): Promise<Report[]> {
	const reports: Report[] = [];
	for (const task of tasks) reports.push(...(await runTogether([task])));
	return reports;
}

const draw = (taskTime: TaskTime, count: number, random = seededRandom(SEED)) =>
	Array.from({ length: count }, () => drawTaskTime(taskTime, random));

const rowOf = (task: Task, report: Report, times: readonly number[]): Row =>
	summarize({
		contender: task.contender,
		times,
		wallMs: report.wallMs.reduce((sum, ms) => sum + ms, 0),
		traffic: firstFaces(task).map((firstFace) => task.standIn.traffic(pieceName(task, firstFace))),
	});

/** Measures batches: a contender with many faces at a time runs alone, the others side by side, since they mostly wait. */
async function measureBatches(): Promise<Pick<Measured, 'rows' | 'steadyRow' | 'memoryMB' | 'longestMs'>> {
	const times = draw(BATCH_TASKS, FACES);
	const mixed = await startStandIn((face) => times[face]!);
	const steady = await startStandIn(() => MEDIAN_MS);
	const task = (contender: Contender, label: string, more: Partial<Task> = {}): Task => ({
		contender,
		label,
		standIn: mixed,
		faces: FACES,
		piece: contender.concurrency === 1 ? PIECE : FACES,
		photoBytes: PHOTO_BYTES,
		...more,
	});
	const [wide, narrow] = [true, false].map((isWide) =>
		contenders
			.filter(({ concurrency }) => concurrency >= 20 === isWide)
			.map((contender) => task(contender, 'batch')),
	);
	const steadyTask = task(contenderNamed('Authenticate Face, 20 at a time'), 'equal', {
		standIn: steady,
	});
	const memoryTasks = [MEMORY_BYTES.small, MEMORY_BYTES.large].map((photoBytes) =>
		task(contenderNamed('Authenticate Face, 200 at a time'), `photos-of-${photoBytes}-bytes`, {
			photoBytes,
		}),
	);
	progress('batches, one after the other');
	const alone = await runAlone([...wide!, steadyTask, ...memoryTasks]);
	const [small, large] = alone.slice(-2);
	progress('batches that mostly wait, side by side');
	const reports = [...alone.slice(0, wide!.length), ...(await runTogether(narrow!))];
	const measured = {
		rows: [...wide!, ...narrow!].map((each, i) => rowOf(each, reports[i]!, times)),
		steadyRow: rowOf(steadyTask, alone[wide!.length]!, new Array<number>(FACES).fill(MEDIAN_MS)),
		memoryMB: (large!.extraRss - small!.extraRss) / 1e6,
		longestMs: Math.max(...times),
	};
	await Promise.all([mixed.close(), steady.close()]);
	return measured;
}

/** Measures faces that come one by one, each an execution of its own; `alone` of the contenders, the others side by side after it. */
async function measureWebhook(label: string, taskTime: TaskTime, [alone, ...others]: readonly Contender[]) {
	const work = quick ? QUICK_WEBHOOK : WEBHOOK;
	const random = seededRandom(SEED);
	const times = draw(taskTime, work.executions, random);
	const sample = draw(taskTime, 40_000, random);
	const { certificate, file } = await trustedCertificate();
	const network: Network = { ...FAR, certificate };
	const standIn = await startStandIn((face) => times[face]!, network);
	const [first, ...rest] = [alone!, ...others].map(
		(contender): Task => ({
			contender,
			standIn,
			label,
			faces: work.executions,
			piece: work.executions,
			photoBytes: PHOTO_BYTES,
			everyMs: work.everyMs,
			env: { NODE_EXTRA_CA_CERTS: file },
		}),
	);
	const reports = [...(await runAlone([first!])), ...(await runTogether(rest))];
	const rows = [first!, ...rest].flatMap((task, i): WebhookRow[] => {
		const { executionsMs, cpuMs } = reports[i]!;
		const traffic = standIn.traffic(pieceName(task, 0));
		return webhookRows({ contender: task.contender, work, times, sample, executionsMs, cpuMs, traffic });
	});
	await standIn.close();
	return rows;
}

async function measure(): Promise<Measured> {
	const batches = await measureBatches();
	progress('faces that come one by one, over a network of 60 ms a round trip and TLS');
	const webhook = await measureWebhook('webhook', WEBHOOK_TASKS, webhookContenders);
	const [steadyWebhook] = await measureWebhook('webhook-equal', MEDIAN_MS, [webhookContenders[0]!]);
	const processor = { planningMs: planningMs(), redactionRatio: await redactionRatio() };
	return { ...batches, webhook, steadyWebhook: steadyWebhook!, processor };
}

/** Prints the tables, and the goals with what was reached. */
function report(measured: Measured): void {
	const print = (title: string, rows: ReadonlyArray<Row | WebhookRow>) => {
		console.log(`\n${title}:`);
		console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
	};
	print(`${FACES} faces, task times ${JSON.stringify(BATCH_TASKS)}`, measured.rows);
	print(`${FACES} faces that all take ${MEDIAN_MS / 1000} s`, [measured.steadyRow]);
	print(`Faces one by one, task times ${JSON.stringify(WEBHOOK_TASKS)}`, measured.webhook);
	print(`Faces one by one that all take ${MEDIAN_MS / 1000} s`, [measured.steadyWebhook]);
	console.table(Object.fromEntries(goals(measured).map(({ goal, ...outcome }) => [goal, outcome])));
}

/** Writes all figures, the machine and the work to results.json, and the table to docs/speed.md; a quick run's to .cache only. */
function save(measured: Measured, loadBefore: number): void {
	const results = {
		date: new Date().toISOString().slice(0, 10),
		machine: {
			node: process.version,
			cores: cpus().length,
			processor: cpus()[0]!.model,
			memoryGB: Math.round(totalmem() / 2 ** 30),
			platform: `${process.platform} ${process.arch}`,
			loadBefore: Math.round(loadBefore * 100) / 100,
		},
		work: { faces: FACES, taskTimes: BATCH_TASKS, seed: SEED, network: NEAR, memoryPhotoBytes: MEMORY_BYTES },
		webhookWork: { ...(quick ? QUICK_WEBHOOK : WEBHOOK), taskTimes: WEBHOOK_TASKS, network: FAR },
		...measured,
		goals: goals(measured),
	};
	const folder = quick ? join(ROOT, '.cache', 'bench') : __dirname;
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, '\t')}\n`);
	const page = readFileSync(join(ROOT, 'docs', 'speed.md'), 'utf8');
	const filled = page.replace(/(^\|.*\n)+/m, `${markdownTable(measured).join('\n')}\n`);
	writeFileSync(quick ? join(folder, 'speed.md') : join(ROOT, 'docs', 'speed.md'), filled);
	progress(`wrote results.json to ${folder}, and the table of docs/speed.md`);
}

async function main(): Promise<void> {
	progress(`n8n's own nodes for the hand-built workflow (n8n-nodes-base ${NODES_BASE_VERSION})`);
	ensureNodesBase();
	const [loadBefore] = loadavg();
	const measured = await measure();
	report(measured);
	save(measured, loadBefore!);
}

void main();
