import { randomUUID } from 'node:crypto';
import type { SandboxService } from '../api/paths';
import type { Settings } from '../options';
import { seededRandom, type Random } from '../random';
import type { FinishedAnswer } from './answers';
import { drawTaskTime } from './taskTime';
import { unfinishedAnswer, type Unfinished } from './unfinished';

/** A task without its picture and token. Times are ms since the epoch. */
export interface SandboxTask {
	/** The UUID (version 4) that the POST returned. */
	taskId: string;
	/** The integer `id` of the task endpoint's answer. */
	number: number;
	/** Name of the service, such as `authenticate_face`. */
	service: SandboxService;
	/** The person's UUID, for authenticate_face. */
	uuid?: string;
	/** `extend_data` as it was sent, if it was. */
	extendData?: string;
	/** Name of the scenario that the UUID, a photo or a name forces. */
	scenario?: string;
	submittedAt: number;
	/** Time at which the task finished, if it has. */
	finishedAt?: number;
	/** Number of polls. */
	polls: number;
	/** Answer of a finished task. */
	answer?: FinishedAnswer;
}

interface Entry extends SandboxTask {
	readyAt: number;
	unfinished: Unfinished | undefined;
	settled?: { at: number; answer: FinishedAnswer };
}

/** A new task. */
export interface NewTask {
	service: SandboxService;
	uuid?: string;
	extendData?: string;
	scenario?: string;
	takes?: number | 'never';
	unfinished?: Unfinished;
}

/** Maximum number of tasks kept; the oldest are removed first. */
const maxTasks = 10_000;

// Progeny's samples start here.
const firstNumber = 2158;

/** The tasks of one sandbox. A task has finished once its time is over and its answer is known. */
export class Tasks {
	private readonly entries = new Map<string, Entry>();
	private readonly random: Random;
	private count = 0;

	constructor(
		private readonly settings: Settings,
		seed: number,
	) {
		this.random = seededRandom(seed);
	}

	/** The number of accepted tasks. */
	get accepted(): number {
		return this.count;
	}

	/** Adds a task. Call `settle` once, with its answer. */
	add(task: NewTask): { taskId: string; settle(answer: FinishedAnswer): void } {
		const { takes = drawTaskTime(this.settings.taskTime, this.random), unfinished, ...recorded } = task;
		const now = Date.now();
		const entry: Entry = {
			...recorded,
			taskId: randomUUID(),
			number: firstNumber + this.count,
			submittedAt: now,
			polls: 0,
			readyAt: takes === 'never' ? Infinity : now + takes,
			unfinished,
		};
		this.count += 1;
		this.entries.set(entry.taskId, entry);
		this.removeOldest();
		return {
			taskId: entry.taskId,
			settle: (answer) => {
				entry.settled = { at: Date.now(), answer };
			},
		};
	}

	/** Returns HTTP status and body of a poll; undefined if the ID is unknown. */
	look(taskId: string): { status: number; body: unknown } | undefined {
		const entry = this.entries.get(taskId);
		if (!entry) return undefined;
		entry.polls += 1;
		const { settled } = entry;
		if (!settled || Date.now() < entry.readyAt) {
			return unfinishedAnswer(entry.unfinished ?? this.settings.unfinished, entry.number);
		}
		const { httpStatus = 200, status, result, body } = settled.answer;
		return { status: httpStatus, body: body ?? { id: entry.number, status, result } };
	}

	/** Returns the tasks kept, the oldest first. */
	list(): SandboxTask[] {
		return [...this.entries.values()].map(publicTask);
	}

	private removeOldest(): void {
		if (this.entries.size <= maxTasks) return;
		const [oldest] = this.entries.keys();
		this.entries.delete(oldest!);
	}
}

function publicTask({ readyAt, unfinished: _unfinished, settled, ...task }: Entry): SandboxTask {
	const finishedAt = settled && Math.max(readyAt, settled.at);
	if (!settled || finishedAt === undefined || finishedAt > Date.now()) return { ...task };
	return { ...task, finishedAt, answer: settled.answer };
}
