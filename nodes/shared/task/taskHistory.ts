import { LruMap } from '../util/lru';
import { planPolls, type CompletionInterval, type PollPlan } from './taskTimes';

const MAX_TASKS = 200;
const MAX_HISTORIES = 100;
const WEEK_MS = 7 * 24 * 3_600_000;
const RECENT = { ms: 60_000, minTasks: 3 };

/** The times of the latest tasks of one account and service in this process. Holds nothing about a person. */
export class TaskHistory {
	private readonly tasks: Array<{ interval: CompletionInterval; endedMs: number }> = [];
	/** When to poll, by these tasks; undefined if there are too few. */
	plan: PollPlan | undefined;
	private addedSincePlan = 0;
	/** The number of tasks that are being polled. */
	running = 0;
	/** The time of its last use, in ms of the process's clock. */
	usedMs = 0;

	/**
	 * Returns the time in ms that most tasks of the minute before `nowMs`, and at least three, took at least: until their last "not
	 * yet". Returns 0 if there were fewer.
	 */
	recentMs(nowMs: number): number {
		const recent = this.tasks.filter(({ endedMs }) => nowMs - endedMs <= RECENT.ms);
		const unfinishedAt = recent.map(({ interval: [after] }) => after).sort((a, b) => b - a);
		return unfinishedAt[Math.max(RECENT.minTasks - 1, recent.length >> 1)] ?? 0;
	}

	/**
	 * Adds a task whose poll at `nowMs` found it finished. Plans anew once as many were added as are still running: of tasks that
	 * start together, the first to end are the short ones.
	 */
	add(interval: CompletionInterval, nowMs: number): void {
		this.tasks.push({ interval, endedMs: nowMs });
		if (this.tasks.length > MAX_TASKS) this.tasks.shift();
		if (++this.addedSincePlan < this.running) return;
		this.addedSincePlan = 0;
		this.plan = planPolls(this.tasks.map((task) => task.interval));
	}
}

const histories = new LruMap<TaskHistory>(MAX_HISTORIES);

/** Returns the history of an account's fingerprint and a service's path; a new one after a week without use. */
export function historyOf(fingerprint: string, path: string, nowMs: number): TaskHistory {
	const key = JSON.stringify([fingerprint, path]);
	const kept = histories.get(key);
	const history = kept !== undefined && nowMs - kept.usedMs <= WEEK_MS ? kept : new TaskHistory();
	history.usedMs = nowMs;
	histories.set(key, history);
	return history;
}
