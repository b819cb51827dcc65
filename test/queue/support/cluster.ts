import getPort from 'get-port';
import { accountOf } from '../../../demo/account';
import { answersJson, startProcess } from '../../../demo/n8nProcess';
import { USER_FOLDERS } from './folders';
import { Cluster, isAlive, LOCKS, Member, WORKER_CONCURRENCY } from './members';
import { startPostgres, type Database } from './postgres';
import { startRedis, type Redis } from './redis';

const WORKER = {
	command: ['worker', `--concurrency=${WORKER_CONCURRENCY}`],
	readyAt: '/healthz/readiness',
};

/** n8n's processes: the command of each, and what it answers when it is ready. */
const PROCESSES = {
	main: { command: ['start'], readyAt: '/rest/settings' },
	webhook: { command: ['webhook'], readyAt: '/healthz/readiness' },
	worker1: WORKER,
	worker2: WORKER,
};

/** A cluster, with functions that repair and end it. */
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
		stops.push(redis.stop);
		const database = await startPostgres();
		stops.push(database.stop);
		const account = accountOf(USER_FOLDERS.main);
		const webhookPort = await getPort();
		const common = { ...queueSettings(redis, database), WEBHOOK_URL: `http://127.0.0.1:${webhookPort}` };

		const start = async (name: keyof typeof PROCESSES): Promise<Member> => {
			const { command, readyAt } = PROCESSES[name];
			const port = name === 'webhook' ? webhookPort : await getPort();
			const origin = `http://127.0.0.1:${port}`;
			const extra = { ...common, QUEUE_HEALTH_CHECK_PORT: String(port) };
			const settings = {
				userFolder: USER_FOLDERS[name],
				account,
				port,
				brokerPort: await getPort(),
				extra,
			};
			const started = await startProcess(command, settings, () => answersJson(origin + readyAt));
			stops.push(started.stop);
			return { name, origin, pid: started.pid, logFile: started.logFile };
		};

		say("starting n8n's main process, which makes the tables");
		const main = await start('main');
		say('starting a webhook process and two workers');
		const [webhook, ...workers] = await Promise.all([start('webhook'), start('worker1'), start('worker2')]);
		const cluster: RunningCluster = {
			main,
			webhook,
			workers,
			account,
			databaseUrl: database.url,
			databasePid: database.pid,
			async mend() {
				const living = async (member: Member) => {
					if (isAlive(member.pid)) return member;
					say(`starting ${member.name} again`);
					return start(member.name);
				};
				const members = [cluster.webhook, ...cluster.workers] as const;
				[cluster.webhook, ...cluster.workers] = (await Promise.all(members.map(living))) as [Member];
			},
			stop,
		};
		return cluster;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Returns the settings of queue mode by n8n's documentation, the same for every process. */
function queueSettings(redis: Redis, database: Database): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
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
