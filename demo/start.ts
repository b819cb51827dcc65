import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import getPort from 'get-port';
import { buildAndPack, Packed } from '../scripts/pack';
import { say, SetupError, showProgress } from '../scripts/setup';
import { Sandbox, startSandbox } from '../sandbox';
import { N8nApi, StoredWorkflow } from './api';
import { putProgenyCredential } from './credential';
import { importExamples, MAIN_EXAMPLE } from './examples';
import { formUrl, Row, runMainExample } from './mainExample';
import { RunningN8n, startN8n } from './n8n';
import { isOnboarded, Onboarded, ONBOARDING_EXAMPLE, runOnboarding } from './onboarding';
import { claim } from './onlyOne';
import { installPackage } from './installPackage';
import { CACHE } from './paths';
import { demoPhotos, putPhotos, REGISTERED_PHOTO } from './photos';
import { facesFile, registeredUuid } from './registered';
import { ensureSqlite } from './sqlite';
import { applicationTable, tableOf } from './table';
import { isExpected } from './expected';
import './freshConnections';

const load = createRequire(__filename);

const USER_FOLDER = join(CACHE, 'n8n');
const SANDBOX_FOLDER = join(CACHE, 'sandbox');
/** The photos of the main example. The example `batch` reads the same photos, named by UUID. */
const PHOTO_FOLDER = join(CACHE, 'photos');
const BATCH_FOLDER = join(USER_FOLDER, '.n8n-files', 'photos');
const N8N_PORT = 5678;
const SANDBOX_PORT = 8088;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Started servers, to be stopped. */
interface Running {
	sandbox?: Sandbox;
	n8n?: RunningN8n;
}

export interface StartOptions {
	/** Stop when the examples have run. */
	once: boolean;
	/** Delete the data of earlier starts. */
	fresh: boolean;
	/** Resolves when n8n's packages are installed. */
	n8nInstalled: Promise<void>;
}

/**
 * `npm start`: builds and packs this package, prints its decisions on the main example's photos, installs it into an n8n of its own, runs the
 * main example and the onboarding example there once, with a sandbox in place of Progeny, and prints the results. Then it stops (`once`), or
 * runs until a signal.
 * @returns the exit code
 */
export async function start({ once, fresh, n8nInstalled }: StartOptions): Promise<number> {
	const running: Running = {};
	const signal = untilStopped();
	try {
		const outcome = await Promise.race([runExamples(running, fresh, n8nInstalled), signal]);
		if (outcome === 'signal') return await exitOnSignal(running);
		const asExpected = outcome.rows.every(isExpected) && isOnboarded(outcome.onboarded);
		if (once || !asExpected) return exitCode(asExpected);
		console.log(whereToLook(running, outcome));
		const ended = await Promise.race([running.n8n!.exited, signal]);
		if (ended === 'signal') {
			console.log('\nStopping n8n and the sandbox.');
			return 0;
		}
		throw new SetupError(`n8n ended by itself. Its log: ${running.n8n!.logFile}`);
	} finally {
		await stopAll(running);
	}
}

/** Resolves on a signal, or once the npm that started this has ended: the shell between them does not forward every signal. */
function untilStopped(): Promise<'signal'> {
	const parent = process.ppid;
	return new Promise((resolve) => {
		for (const name of SIGNALS) process.once(name, () => resolve('signal'));
		if (!process.env.npm_lifecycle_event) return;
		const timer = setInterval(() => {
			if (process.ppid !== parent) resolve('signal');
		}, 500);
		timer.unref();
	});
}

interface Outcome {
	/** Results of the photos, on n8n's engine and in n8n. */
	rows: Row[][];
	onboarded: Onboarded;
	uuid: string;
	workflow: StoredWorkflow;
	onboarding: StoredWorkflow;
}

async function runExamples(running: Running, fresh: boolean, n8nInstalled: Promise<void>): Promise<Outcome> {
	claimDemo();
	if (fresh)
		for (const folder of [USER_FOLDER, SANDBOX_FOLDER]) rmSync(folder, { recursive: true, force: true });
	const building = withProgress('Building this package (usually 5 seconds)', buildAndPack);
	const [{ uuid, photos, first }, n8n] = await Promise.all([
		checkOnEngine(running, building),
		startInstalledN8n(running, building, n8nInstalled),
	]);
	const api = await N8nApi.signIn(n8n.origin, n8n.account);
	await putProgenyCredential(api, running.sandbox!);
	const examples = await importExamples(api);
	const [workflow, onboarding] = [examples.get(MAIN_EXAMPLE)!, examples.get(ONBOARDING_EXAMPLE)!];
	putPhotos(PHOTO_FOLDER, photos);
	const [her, another, cat] = photos;
	putPhotos(BATCH_FOLDER, [
		{ ...her!, name: `${uuid}.jpg` },
		{ ...another!, name: `${uuid}.jpeg` },
		{ ...cat!, name: `${uuid}.png` },
	]);
	const rows = await withProgress(
		'Running the example on the same photos in n8n (usually 3 seconds)',
		async () => runMainExample(api, n8n.origin, workflow, photos, uuid),
	);
	say(`\n${tableOf(rows)}\n`);
	const onboarded = await withProgress('Onboarding a customer with a passport (usually 4 seconds)', () =>
		runOnboarding(api, n8n.origin, onboarding),
	);
	say(`\n${applicationTable(onboarded)}\n`);
	return { rows: [first, rows], onboarded, uuid, workflow, onboarding };
}

/** Starts the sandbox and prints the first decisions. */
async function checkOnEngine(running: Running, building: Promise<Packed>) {
	const uuid = await withProgress(
		'Starting the Progeny sandbox and registering a face (usually 3 seconds)',
		() => startDemoSandbox(running),
	);
	const photos = await demoPhotos();
	await building;
	const first = await withProgress("Checking three photos on n8n's engine (usually 5 seconds)", () => {
		// Loaded late, since loading is slow.
		const { firstDecisions } = load('./firstDecisions') as typeof import('./firstDecisions');
		return firstDecisions(running.sandbox!, photos, uuid);
	});
	say(`\nRegistered: ${REGISTERED_PHOTO}, under UUID ${uuid}\n\n${tableOf(first)}\n`);
	const seconds = Math.round(process.uptime());
	say(`The first decisions, after ${seconds} s: the built node on n8n's engine. n8n itself comes next.\n`);
	return { uuid, photos, first };
}

/** Starts n8n with the packed package, once both are ready. */
async function startInstalledN8n(
	running: Running,
	building: Promise<Packed>,
	installed: Promise<void>,
): Promise<RunningN8n> {
	const { tarball, name } = await building;
	await installPackage(tarball, name, USER_FOLDER);
	await installed;
	await ensureSqlite();
	return withProgress('Starting n8n (usually 6 seconds, 15 the first time)', async () => {
		running.n8n = await startN8n({ userFolder: USER_FOLDER, preferredPort: N8N_PORT });
		return running.n8n;
	});
}

/** Throws if another demo runs: it would install into the same n8n. */
function claimDemo(): void {
	try {
		claim(join(CACHE, 'start.pid'));
	} catch (error) {
		throw new SetupError((error as Error).message);
	}
}

async function startDemoSandbox(running: Running): Promise<string> {
	const data = facesFile(SANDBOX_FOLDER);
	const firstStart = !existsSync(data);
	const port = await getPort({ port: SANDBOX_PORT, host: '127.0.0.1' });
	running.sandbox = await startSandbox({
		port,
		data,
		warm: true,
		taskTime: { lognormal: { median: 800, sigma: 0.4 } },
	});
	return registeredUuid(running.sandbox, SANDBOX_FOLDER, firstStart);
}

async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
	const progress = showProgress(what, () => 'working');
	try {
		const result = await work();
		progress.end('done');
		return result;
	} catch (error) {
		progress.end('failed');
		throw error instanceof SetupError ? error : new SetupError((error as Error).message);
	}
}

function exitCode(asExpected: boolean): number {
	if (asExpected)
		console.log(
			'As expected: the registered woman passes, another woman and a cat do not; the applicant is enrolled.',
		);
	else
		console.error(
			'Not as expected: the first photo should pass, the others should fail, the applicant should be enrolled. `npm start -- --fresh` starts over.',
		);
	return asExpected ? 0 : 1;
}

function whereToLook({ n8n, sandbox }: Running, { uuid, workflow, onboarding }: Outcome): string {
	const { origin, account, logFile } = n8n!;
	return [
		`n8n is open on this machine only:   ${origin}`,
		`  sign in with                      ${account.email}`,
		`  password                          ${account.password}`,
		`  the example that just ran         ${origin}/workflow/${workflow.id}`,
		`  its form, with the UUID filled in ${formUrl(origin, MAIN_EXAMPLE)}?UUID=${uuid}`,
		`  the onboarding example            ${origin}/workflow/${onboarding.id}`,
		`  the photos that it checked        ${PHOTO_FOLDER}`,
		`  what the example "batch" reads    ${BATCH_FOLDER}`,
		`The sandbox's page:                 ${sandbox!.origin}/`,
		'  (its login for a credential of your own, and photos that force each outcome)',
		`n8n's log:                          ${logFile}`,
		'',
		'The sandbox is a stand-in for building workflows, not an identity check. Ctrl-C stops everything.',
	].join('\n');
}

/** Exits on a signal at once, so that the running step starts nothing more. */
async function exitOnSignal(running: Running): Promise<never> {
	console.log('\nStopping.');
	await stopAll(running);
	process.exit(130);
}

async function stopAll({ n8n, sandbox }: Running): Promise<void> {
	await Promise.allSettled([n8n?.stop(), sandbox?.close()]);
	// If n8n is still starting, its exit handler ends it with this process.
	for (const name of SIGNALS) process.removeAllListeners(name);
}
