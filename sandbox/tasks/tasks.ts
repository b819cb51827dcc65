import { randomUUID } from 'node:crypto';
import type { Service } from '../api/paths';
import type { Settings } from '../options';
import { seededRandom, type Random } from '../random';
import type { FinishedAnswer } from './answers';
import { drawTaskTime } from './taskTime';
import { unfinishedAnswer, type Unfinished } from './unfinished';

/** A task as the sandbox tells of it: no picture and no token. Times are ms since the epoch. */
export interface SandboxTask {
	/** The UUID (version 4) that the POST gave. */
	taskId: string;
	/** The integer that the task endpoint answers with. */
	number: number;
	/** Name of the service, such as `authenticate_face`. */
	service: Service;
	/** The person's UUID, for authenticate_face. */
	uuid?: string;
	/** `extend_data` as it was sent; absent where it was not. */
	extendData?: string;
	/** Name of the scenario that the UUID, a photo or a name forces. */
	scenario?: string;
	submittedAt: number;
	/** When the task finished, if it has. */
	finishedAt?: number;
	/** How often it was asked for. */
	polls: number;
	/** What a finished task answers. */
	answer?: FinishedAnswer;
}

interface Entry extends SandboxTask {
	readyAt: number;
	unfinished: Unfinished | undefined;
	settled?: { at: number; answer: FinishedAnswer };
}

/** What a new task is made of. */
export interface NewTask {
	service: Service;
	uuid?: string;
	extendData?: string;
	scenario?: string;
	takes?: number | 'never';
	unfinished?: Unfinished;
}

/** How many tasks are remembered; the oldest are forgotten first. */
const rememberedTasks = 10_000;

// Progeny's samples start here.
const firstNumber = 2158;

/** The tasks of one sandbox. A task has finished when its time is over and its outcome is known. */
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

	/** How many tasks were accepted so far. */
	get accepted(): number {
		return this.count;
	}

	/** Accepts a task. `settle` is to be called once, with its outcome. */
	add(task: NewTask): { taskId: string; settle(answer: FinishedAnswer): void } {
		const { takes = drawTaskTime(this.settings.taskTime, this.random), unfinished, ...told } = task;
		const now = Date.now();
		const entry: Entry = {
			...told,
			taskId: randomUUID(),
			number: firstNumber + this.count,
			submittedAt: now,
			polls: 0,
			readyAt: takes === 'never' ? Infinity : now + takes,
			unfinished,
		};
		this.count += 1;
		this.entries.set(entry.taskId, entry);
		this.forgetOldest();
		return {
			taskId: entry.taskId,
			settle: (answer) => {
				entry.settled = { at: Date.now(), answer };
			},
		};
	}

	/** HTTP status and body for a look at a task, or undefined where the ID was never given or is forgotten. */
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

	/** The remembered tasks, the oldest first. */
	list(): SandboxTask[] {
		return [...this.entries.values()].map(tell);
	}

	private forgetOldest(): void {
		if (this.entries.size <= rememberedTasks) return;
		const [oldest] = this.entries.keys();
		this.entries.delete(oldest!);
	}
}

function tell({ readyAt, unfinished: _unfinished, settled, ...told }: Entry): SandboxTask {
	const finishedAt = settled && Math.max(readyAt, settled.at);
	if (!settled || finishedAt === undefined || finishedAt > Date.now()) return { ...told };
	return { ...told, finishedAt, answer: settled.answer };
}
