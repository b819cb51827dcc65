/** `npm run bench`: this node beside what people use today, on the same work. `--quick` runs a small one that keeps nothing. */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../sandbox/random';
import { drawTaskTime, type TaskTime } from '../sandbox/tasks/taskTime';
import type { Assignment, Report } from './child';
import { contenders, type Contender } from './contenders';
import { goals, limitMs, summarize, type Row } from './figures';
import { NODES_BASE_VERSION, ensureNodesBase } from './nodesBase';
import { moduleLoadMs, planningMs, redactionRatio, tarballBytes } from './package';
import { planFor, type Job } from './plan';
import { plot } from './plot';
import { startStandIn } from './standIn';
import { plotBars } from './plotBars';
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
const SIZES = quick ? [3, 6] : [10, 50, 200, 1_000];
/** The batch that the table is about. */
const MAIN_SIZE = quick ? 6 : 200;
const MEDIAN_MS = quick ? 500 : 2_000;
const WEBHOOK_TASKS = quick ? { median: 500, sigma: 0.4 } : { median: 3_000, sigma: 0.4 };
const STEADY_MS = MEDIAN_MS;
const SMALL_PHOTO = 20_000;
const MEMORY = quick ? { faces: 3, photoBytes: 500_000 } : { faces: 30, photoBytes: 2_000_000 };

type StandIn = Awaited<ReturnType<typeof startStandIn>>;

interface Task {
	contender: Contender;
	jobs: Job[];
	photoBytes: number;
	standIn: StandIn;
	/** Makes the names of its jobs differ from those of other tasks. */
	label: string;
	/** See `Assignment`. */
	everyMs?: number;
	/** What the process gets beside this one's environment. */
	env?: Record<string, string>;
}

const started = performance.now();
const progress = (text: string) =>
	console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`);
const jobName = ({ contender, label }: Task, { firstFace, faces }: Job) =>
	`${contenders.indexOf(contender)}-${label}-${firstFace}-${faces}`;

/** Runs the tasks side by side, each in a process of its own; all start when the last one is ready. */
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
		const message = <T>() =>
			Promise.race([new Promise<T>((resolve) => child.once('message', resolve)), failed]);
		failed.catch(() => {});
		const jobs = task.jobs.map((job) => ({ ...job, baseUrl: task.standIn.baseUrl(jobName(task, job)) }));
		const { contender, photoBytes, everyMs } = task;
		child.send({
			...{ contender: contender.name, jobs, photoBytes },
			...(everyMs === undefined ? {} : { everyMs }),
		} satisfies Assignment);
		return { child, message, ready: message<'ready'>() };
	});
	await Promise.all(children.map(({ ready }) => ready));
	progress(`${tasks.length} processes run ${tasks.reduce((sum, { jobs }) => sum + jobs.length, 0)} batches`);
	return await Promise.all(
		children.map(async ({ child, message }, i) => {
			const report = message<Report>();
			child.send('go');
			const done = await report;
			progress(`done: ${tasks[i]!.contender.name} (${tasks[i]!.label})`);
			return done;
		}),
	);
}

/** Faces that come one by one, each an execution of its own: the contenders one after the other, so that none slows another down. */
async function runWebhook(
	label: string,
	taskTime: TaskTime,
	compared: readonly Contender[],
): Promise<WebhookRow[]> {
	const work = quick ? QUICK_WEBHOOK : WEBHOOK;
	const random = seededRandom(SEED);
	const draw = (length: number) => Array.from({ length }, () => drawTaskTime(taskTime, random));
	const times = draw(work.executions);
	const sample = draw(40_000);
	const { certificate, file } = await trustedCertificate();
	const standIn = await startStandIn((face) => times[face]!, { ...FAR, certificate });
	const rows: WebhookRow[] = [];
	for (const contender of compared) {
		const task: Task = {
			...{ contender, standIn, label, photoBytes: SMALL_PHOTO, everyMs: work.everyMs },
			jobs: [{ firstFace: 0, faces: work.executions }],
			env: { NODE_EXTRA_CA_CERTS: file },
		};
		const [report] = await runTogether([task]);
		const traffic = standIn.traffic(jobName(task, task.jobs[0]!));
		rows.push(...webhookRows({ ...report!, contender, work, times, sample, traffic }));
	}
	await standIn.close();
	return rows;
}

async function main(): Promise<void> {
	progress(`n8n's own nodes for the hand-built workflow (n8n-nodes-base ${NODES_BASE_VERSION})`);
	ensureNodesBase();
	const loadBefore = Math.round(loadavg()[0]! * 100) / 100;
	const random = seededRandom(SEED);
	const times = Array.from({ length: SIZES.at(-1)! }, () =>
		drawTaskTime({ lognormal: { median: MEDIAN_MS, sigma: 0.5 } }, random),
	);
	const mixed = await startStandIn((face) => times[face]!);
	const steady = await startStandIn(() => STEADY_MS);

	const plans = contenders.map((contender) => ({ contender, plan: planFor(contender, SIZES) }));
	const walls = new Map<Job, number>();
	const memory = new Map<Contender, number>();
	const task = (contender: Contender, label: string, jobs: Job[], more: Partial<Task> = {}): Task => ({
		...{ contender, label, jobs, photoBytes: SMALL_PHOTO, standIn: mixed },
		...more,
	});
	const run = async (tasks: Task[]) => {
		for (const [i, { wallMs }] of (await runTogether(tasks)).entries()) {
			for (const [k, ms] of wallMs.entries()) walls.set(tasks[i]!.jobs[k]!, ms);
		}
	};

	const [first] = plans;
	const [large, small] = [first!.plan.jobs.filter(isLarge), first!.plan.jobs.filter((job) => !isLarge(job))];
	const steadyTask = task(first!.contender, 'steady', [{ firstFace: 0, faces: MAIN_SIZE }], {
		standIn: steady,
	});
	progress('first the batches that the goals are about, alone');
	await run([task(first!.contender, 'batch', small), steadyTask]);
	progress('then everything else, side by side: it mostly waits');
	const memoryTasks = contenders.map((contender) =>
		task(contender, 'memory', [{ firstFace: 0, faces: MEMORY.faces }], { photoBytes: MEMORY.photoBytes }),
	);
	const rest = plans.slice(1).map(({ contender, plan }) => task(contender, 'batch', plan.jobs));
	if (large.length > 0) rest.push(task(first!.contender, 'batch', large));
	const reports = await runTogether([...rest, ...memoryTasks]);
	for (const [i, each] of [...rest, ...memoryTasks].entries()) {
		for (const [k, ms] of reports[i]!.wallMs.entries()) walls.set(each.jobs[k]!, ms);
		if (each.label === 'memory') memory.set(each.contender, reports[i]!.extraRss);
	}

	const rows: Row[] = plans.map(({ contender, plan }) => {
		const parts = plan.sizes.get(MAIN_SIZE)!;
		return summarize({
			contender,
			times: times.slice(0, MAIN_SIZE),
			wallMs: parts.reduce((sum, part) => sum + walls.get(part)!, 0),
			traffic: parts.map((part) => mixed.traffic(jobName(task(contender, 'batch', []), part))),
			extraRss: memory.get(contender)!,
		});
	});
	const steadyRow = summarize({
		contender: first!.contender,
		times: new Array<number>(MAIN_SIZE).fill(STEADY_MS),
		wallMs: walls.get(steadyTask.jobs[0]!)!,
		traffic: [steady.traffic(jobName(steadyTask, steadyTask.jobs[0]!))],
		extraRss: memory.get(first!.contender)!,
	});
	const wallTimes = plans.map(({ contender, plan }) => ({
		name: contender.name,
		kind: contender.kind,
		points: SIZES.map((faces) => ({
			faces,
			seconds: plan.sizes.get(faces)!.reduce((sum, part) => sum + walls.get(part)!, 0) / 1000,
		})),
	}));
	const limit = {
		name: 'limit for 20 at a time',
		kind: 'limit' as const,
		points: SIZES.map((faces) => ({
			faces,
			seconds: limitMs(times.slice(0, faces), 20) / 1000,
		})),
	};
	const machine = {
		node: process.version,
		cores: cpus().length,
		processor: cpus()[0]!.model,
		memoryGB: Math.round(totalmem() / 2 ** 30),
		platform: `${process.platform} ${process.arch}`,
		loadBefore,
	};
	progress('then faces that come one by one, over a network of 60 ms a round trip and TLS');
	const webhook = await runWebhook('webhook', { lognormal: WEBHOOK_TASKS }, webhookContenders);
	const [steadyWebhook] = await runWebhook('webhook-steady', STEADY_MS, webhookContenders.slice(0, 1));
	const packaged = {
		moduleLoadMs: moduleLoadMs(),
		tarballBytes: tarballBytes(),
		planningMs: planningMs(),
		redactionRatio: await redactionRatio(),
	};
	const reached = goals({
		...{ rows, steadyRow, webhook, packaged },
		steadyWebhook: steadyWebhook!,
		times: times.slice(0, MAIN_SIZE),
	});
	await Promise.all([mixed.close(), steady.close()]);

	console.log(`\n${MAIN_SIZE} faces, task times lognormal, median ${MEDIAN_MS / 1000} s, sigma 0.5:`);
	printRows(rows);
	console.log(`${MAIN_SIZE} faces that all take ${STEADY_MS / 1000} s:`);
	printRows([steadyRow]);
	const { median, sigma } = WEBHOOK_TASKS;
	console.log(`Faces one by one, task times lognormal, median ${median / 1000} s, sigma ${sigma}:`);
	printRows(webhook);
	console.log(`Faces one by one that all take ${STEADY_MS / 1000} s:`);
	printRows([steadyWebhook!]);
	console.table(Object.fromEntries(reached.map(({ goal, ...outcome }) => [goal, outcome])));

	const results = {
		date: new Date().toISOString().slice(0, 10),
		machine,
		work: {
			taskTimes: `lognormal, median ${MEDIAN_MS} ms, sigma 0.5, seed ${SEED}`,
			faces: MAIN_SIZE,
			roundTripMs: 20,
		},
		memoryWork: MEMORY,
		rows,
		steady: { taskTimeMs: STEADY_MS, ...steadyRow },
		webhook: {
			work: { ...(quick ? QUICK_WEBHOOK : WEBHOOK), taskTimes: { lognormal: WEBHOOK_TASKS }, ...FAR },
			rows: webhook,
			steady: { taskTimeMs: STEADY_MS, ...steadyWebhook },
		},
		package: packaged,
		goals: reached,
		wallSeconds: [...wallTimes, limit].map(({ name, points }) => ({
			name,
			points: points.map(({ faces, seconds }) => ({ faces, seconds: Math.round(seconds * 100) / 100 })),
		})),
	};
	const folder = quick ? join(ROOT, '.cache', 'bench') : __dirname;
	const images = quick ? folder : join(ROOT, 'docs', 'images');
	for (const path of [folder, images]) mkdirSync(path, { recursive: true });
	writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, '\t')}\n`);
	const title = 'How long a batch of faces takes';
	const note =
		'n8n-core, local stand-in server; task times lognormal, median 2 s, sigma 0.5. Both axes logarithmic.';
	writeFileSync(join(images, 'bench.svg'), plot([...wallTimes, limit], title, note));
	const bars = webhook.map(({ name, meanLagPercent, pollsAFace }) => ({
		...{ name, isOurs: name.startsWith('Authenticate Face'), percent: meanLagPercent },
		label: `${Math.round(meanLagPercent)} %, ${pollsAFace.toFixed(1)} polls`,
	}));
	writeFileSync(
		join(images, 'bench-webhook.svg'),
		plotBars(
			bars,
			'How late a face is known to be done, one face an execution',
			`Mean lag in percent of the check's time; n8n-core, 60 ms a round trip, TLS; median ${median / 1000} s, sigma ${sigma}.`,
		),
	);
	progress(`wrote ${join(folder, 'results.json')} and two images to ${images}`);
}

const printRows = (rows: ReadonlyArray<Row | WebhookRow>) =>
	console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));

const isLarge = ({ faces }: Job) => faces > 200;

void main();
