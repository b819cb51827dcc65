import type { Account } from '../../../demo/account';
import type { USER_FOLDERS } from './folders';

/** Concurrent executions of a worker; n8n's default. */
export const WORKER_CONCURRENCY = 10;

/** Bull's times in ms, in place of n8n's defaults of 60, 10 and 30 seconds, so that a dead worker is noticed soon. */
export const LOCKS = { duration: 10_000, renew: 1_000, stalledCheck: 2_000 };

/** One process of the cluster. */
export interface Member {
	name: keyof typeof USER_FOLDERS;
	/** http://127.0.0.1:port */
	origin: string;
	pid: number;
	logFile: string;
}

/** n8n in queue mode. */
export interface Cluster {
	/** The main process: editor and REST API. */
	main: Member;
	/** The process that answers webhooks. */
	webhook: Member;
	workers: Member[];
	account: Account;
	databaseUrl: string;
	databasePid: number;
}

/** True if a process with this ID runs. */
export function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
