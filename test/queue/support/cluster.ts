import getPort from 'get-port';
import { accountOf } from '../../../demo/account';
import { answersJson, N8nProcess, startProcess } from '../../../demo/n8nProcess';
import { USER_FOLDERS } from './folders';
import { Cluster, isAlive, LOCKS, Member, WORKER_CONCURRENCY } from './members';
import { startPostgres, type Database } from './postgres';
import { startRedis, type Redis } from './redis';

const WORKERS = ['worker1', 'worker2'] as const;

/** A cluster with what mends and ends it. */
export interface RunningCluster extends Cluster {
	/** Starts those processes again that have ended. */
	mend(): Promise<void>;
	/** Ends every started process and server, even if some have ended already. */
	stop(): Promise<void>;
}

/**
 * Starts Redis and PostgreSQL, then n8n's main process, two workers and a webhook process, each in a user folder of
 * its own as on machines of their own, on the loopback address. Calls `say` for every step.
 */
export async function startCluster(say: (step: string) => void): Promise<RunningCluster> {
	const stops: (() => Promise<void>)[] = [];
	const stop = async () => {
		for (const undo of stops.reverse()) await undo().catch((error: Error) => say(error.message));
		stops.length = 0;
	};
	try {
		say('starting Redis and PostgreSQL');
		const redis = await startRedis();
		stops.push(() => redis.stop());
		const database = await startPostgres();
		stops.push(() => database.stop());
		const account = accountOf(USER_FOLDERS.main);
		const [mainPort, webhookPort] = [await getPort(), await getPort()];
		const mainOrigin = `http://127.0.0.1:${mainPort}`;
		const webhookOrigin = `http://127.0.0.1:${webhookPort}`;
		const common = { ...queueSettings(redis, database), WEBHOOK_URL: webhookOrigin };

		const start = async (
			name: keyof typeof USER_FOLDERS,
			command: string[],
			port: number,
			readyUrl: string,
			own: Record<string, string> = {},
		): Promise<Member> => {
			const userFolder = USER_FOLDERS[name];
			const extra = { ...common, ...own };
			const settings = { userFolder, account, port, brokerPort: await getPort(), extra };
			const started: N8nProcess = await startProcess(command, settings, () => answersJson(readyUrl));
			stops.push(() => started.stop());
			return { name, pid: started.pid, logFile: started.logFile };
		};
		const startWorker = async (name: (typeof WORKERS)[number]) => {
			const port = await getPort();
			const health = {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			};
			const ready = `http://127.0.0.1:${port}/healthz/readiness`;
			const command = ['worker', `--concurrency=${WORKER_CONCURRENCY}`];
			return start(name, command, await getPort(), ready, health);
		};

		say("starting n8n's main process, which makes the tables");
		const main = await start('main', ['start'], mainPort, `${mainOrigin}/rest/settings`);
		const startWebhook = async () => ({
			...(await start('webhook', ['webhook'], webhookPort, `${webhookOrigin}/healthz/readiness`)),
			origin: webhookOrigin,
		});
		say('starting a webhook process and two workers');
		const [webhook, ...workers] = await Promise.all([startWebhook(), ...WORKERS.map(startWorker)]);
		const cluster: RunningCluster = {
			main: { ...main, origin: mainOrigin },
			webhook,
			workers,
			account,
			databaseUrl: database.url,
			databasePid: database.pid,
			async mend() {
				const living = async <T extends Member>(member: T, again: () => Promise<T>) => {
					if (isAlive(member.pid)) return member;
					say(`starting ${member.name} again`);
					return again();
				};
				[cluster.webhook, ...cluster.workers] = await Promise.all([
					living(cluster.webhook, startWebhook),
					...cluster.workers.map((worker, i) => living(worker, () => startWorker(WORKERS[i]!))),
				]);
			},
			stop,
		};
		return cluster;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The settings of queue mode by n8n's documentation, the same for every process. */
function queueSettings(redis: Redis, database: Database): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		QUEUE_WORKER_LOCK_DURATION: String(LOCKS.duration),
		QUEUE_WORKER_LOCK_RENEW_TIME: String(LOCKS.renew),
		QUEUE_WORKER_STALLED_INTERVAL: String(LOCKS.stalledCheck),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: database.password,
	};
}
