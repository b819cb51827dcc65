import { LruMap } from '../util/lru';
import { planPolls, type CompletionInterval, type PollPlan } from './taskTimes';

/** As many of the latest tasks of one service count. */
const MOST_TASKS = 200;
const MOST_SERVICES = 100;
/** What was not used for so long (ms) is forgotten. */
const UNUSED_MS = 3_600_000;
const RECENT_MS = 60_000;
/** After as many vague tasks in a row, one is polled early. */
const VAGUE_TASKS = 6;
/** A task is vague that was not polled after this part of the time by which it had ended: it may have ended much earlier. */
const VAGUE_PART = 0.4;

/** How long the latest tasks of one account and service took in this process: times only, nothing of whose they were. */
export class TaskHistory {
	private readonly ended: Array<{ interval: CompletionInterval; atMs: number }> = [];
	private vague = 0;
	/** Made of the tasks when it is asked for; undefined once another one ended. */
	private latestPlan: { readonly plan: PollPlan | undefined } | undefined;
	/** When it was last asked for, in ms of the process's clock. */
	usedMs = 0;

	/** When to poll, as far as these tasks tell. */
	get plan(): PollPlan | undefined {
		this.latestPlan ??= { plan: planPolls(this.ended.map(({ interval }) => interval)) };
		return this.latestPlan.plan;
	}

	/** The longest that one took of those that ended within the last minute before `nowMs`; 0 where none did. */
	recentMs(nowMs: number): number {
		const recent = this.ended.filter(({ atMs }) => nowMs - atMs <= RECENT_MS);
		return Math.max(0, ...recent.map(({ interval }) => interval[1]));
	}

	/** Whether the task that starts now is one to be polled earlier, to see whether tasks have become shorter. */
	startsProbe(): boolean {
		const isProbe = this.vague >= VAGUE_TASKS;
		if (isProbe) this.vague = 0;
		return isProbe;
	}

	/**
	 * Takes in a task that was found to have ended at `nowMs`. One that ended before its early poll shows that tasks have become
	 * shorter: only the vague ones since then agree with it, and the next one is polled early again.
	 */
	add([afterMs, byMs]: CompletionInterval, isProbe: boolean, nowMs: number): void {
		const isVague = afterMs < byMs * VAGUE_PART;
		const isShorter = isVague && isProbe;
		this.latestPlan = undefined;
		this.ended.push({ interval: [afterMs, byMs], atMs: nowMs });
		this.ended.splice(0, this.ended.length - (isShorter ? VAGUE_TASKS : MOST_TASKS));
		this.vague = isShorter ? VAGUE_TASKS : isVague ? this.vague + 1 : 0;
	}
}

const histories = new LruMap<TaskHistory>(MOST_SERVICES);

/** The history of the account with this fingerprint and the service at `path`, for use at `nowMs` (ms of the process's clock). */
export function historyOf(fingerprint: string, path: string, nowMs: number): TaskHistory {
	const key = JSON.stringify([fingerprint, path]);
	const kept = histories.get(key);
	const history = kept !== undefined && nowMs - kept.usedMs <= UNUSED_MS ? kept : new TaskHistory();
	history.usedMs = nowMs;
	if (history !== kept) histories.set(key, history);
	return history;
}
