import type { IExecuteFunctions } from 'n8n-workflow';
import { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { CREDENTIAL } from '../progeny/credential';
import { hashOf, type Note, type Submission, type SubmittedTask } from '../task/submit';
import { LruMap } from '../util/lru';
import { asRecord, isRecord } from '../util/values';
import { isTool } from './parameters';

/** A submission of an execution. `task` is absent if Progeny may have accepted it without an answer. */
interface Submitted {
	executionId: string;
	task?: SubmittedTask;
}

const SLOT = 'progenyTasks';

/**
 * Remembers the submissions of one run of a node. n8n's Retry On Fail runs the whole node again: its tasks are then resumed, not
 * submitted and paid for again. The memory is in n8n's node context, which survives the tries of one execution and n8n's Retry of a
 * failed one, and is stored with it: task IDs and hashes, no image data. A later run of the node (in a loop) starts empty.
 */
export class ExecutionMemory {
	private readonly slots: Record<string, unknown>;
	private readonly account: string;
	private readonly executionId: string;
	/** True in n8n's Retry of a failed execution, unless sending again would create a second permanent record. */
	private readonly maySendAgain: boolean;
	/** By item, account and hash of what was sent. */
	private readonly known: Record<string, unknown>;
	/** The keys of `known` by the ID of their task: a run may have many thousand items. */
	private readonly keys = new Map<string, Set<string>>();

	/** `leavesRecord`: a submission creates a permanent record with Progeny and is never repeated. */
	constructor(
		context: IExecuteFunctions,
		private readonly leavesRecord: boolean,
	) {
		const { slots, runIndex } = placeOf(context);
		const kept = asRecord(slots[SLOT]);
		this.slots = slots;
		this.account = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
		this.executionId = String(context.getExecutionId?.() ?? '');
		this.maySendAgain = context.getMode?.() === 'retry' && !leavesRecord;
		this.known = kept.runIndex === runIndex ? asRecord(kept.tasks) : {};
		slots[SLOT] = { runIndex, tasks: this.known };
		for (const [key, submitted] of Object.entries(this.known))
			if (isSubmitted(submitted)) this.addKey(key, submitted.task);
	}

	/**
	 * Calls `submit`, unless this item was submitted before: then returns its task. Throws a ProgenyError, OUTCOME_UNKNOWN if an
	 * earlier try ended with it.
	 */
	async once(
		itemIndex: number,
		submission: Submission,
		submit: (note: Note) => Promise<SubmittedTask>,
	): Promise<SubmittedTask> {
		const { known, executionId } = this;
		const key = [itemIndex, this.account, hashOf(submission)].join(':');
		const before = known[key];
		if (isSubmitted(before)) {
			if (before.task !== undefined) return before.task;
			if (!this.isOpenToRetry(before)) throw messages.outcomeUnknown('in an earlier try');
		}
		const note: Note = (state) => {
			if (state === 'mayBeAccepted') known[key] = { executionId };
			else delete known[key];
		};
		const task = await submit(note).catch((error: unknown) => {
			if (mayBeAccepted(error)) note('mayBeAccepted');
			throw error;
		});
		known[key] = { executionId, task };
		this.addKey(key, task);
		return task;
	}

	/** True if this very execution submitted the task. */
	isOwn(taskId: string): boolean {
		return this.of(taskId).some(([, { executionId }]) => executionId === this.executionId);
	}

	/** True if this is a Retry and Progeny no longer knows the earlier execution's task. */
	mayRepeat(thrown: unknown): thrown is AboutTask {
		return (
			isAbout(thrown, 'TASK_NOT_FOUND') &&
			this.of(thrown.taskId).some(([, submitted]) => this.isOpenToRetry(submitted))
		);
	}

	/** Allows the next try to submit again if the task failed or may be repeated. */
	release(thrown: unknown): void {
		const isOver =
			this.mayRepeat(thrown) || (!this.leavesRecord && isAbout(thrown, 'TASK_FAILED') && thrown.isOver);
		if (isOver) for (const [key] of this.of(thrown.taskId)) delete this.known[key];
	}

	/** Clears the memory after a run without errors. */
	clear(): void {
		delete this.slots[SLOT];
	}

	/** A user who presses Retry accepts that an upload with an unknown outcome is sent again. */
	private isOpenToRetry({ executionId }: Submitted): boolean {
		return this.maySendAgain && executionId !== this.executionId;
	}

	private addKey(key: string, task: SubmittedTask | undefined): void {
		if (task === undefined) return;
		const keys = this.keys.get(task.taskId) ?? new Set();
		this.keys.set(task.taskId, keys.add(key));
	}

	private of(taskId: string): Array<[key: string, submitted: Submitted]> {
		return [...(this.keys.get(taskId) ?? [])]
			.map((key): [string, unknown] => [key, this.known[key]])
			.filter(
				(entry): entry is [string, Submitted] => isSubmitted(entry[1]) && entry[1].task?.taskId === taskId,
			);
	}
}

/** Returns the node context; an empty object if n8n has none (some AI tools). */
function placeOf(context: IExecuteFunctions): { slots: Record<string, unknown>; runIndex: number } {
	try {
		return { slots: context.getContext('node'), runIndex: Number(context.getWorkflowDataProxy(0).$runIndex) };
	} catch {
		return { slots: {}, runIndex: 0 };
	}
}

type AboutTask = ProgenyError & { taskId: string };

const isAbout = (thrown: unknown, code: ProgenyError['code']): thrown is AboutTask =>
	thrown instanceof ProgenyError && thrown.code === code && thrown.taskId !== undefined;

const isCanceled = (error: unknown): boolean => error instanceof ProgenyError && error.code === 'CANCELED';

const mayBeAccepted = (error: unknown): boolean => error instanceof ProgenyError && error.mayBeAccepted;

function isSubmitted(value: unknown): value is Submitted {
	if (!isRecord(value) || typeof value.executionId !== 'string') return false;
	const { task } = value;
	return (
		task === undefined ||
		(isRecord(task) && typeof task.taskId === 'string' && typeof task.submittedAt === 'string')
	);
}

interface Remembered {
	task: Promise<SubmittedTask>;
	/** In ms since 1970. */
	begunAt: number;
}

/** For how long an outcome is remembered, in ms. */
const MEMORY_MS = 3_600_000;

/** Submissions of this process's AI tools that created a permanent record. */
const remembered = new LruMap<Remembered>(1_000);

/**
 * Remembers the submissions of a node that is an AI agent's tool, for an hour. If a model calls again with the same photo, in any
 * execution and with any other options, it receives the same task or the same unknown outcome.
 */
export class ToolMemory {
	private readonly place: readonly unknown[];

	constructor(context: IExecuteFunctions) {
		const { id, credentials } = context.getNode();
		this.place = [credentials?.[CREDENTIAL]?.id ?? null, context.getWorkflow().id ?? null, id];
	}

	/**
	 * Calls `submit`, unless the same photo was submitted before: then returns its task, or throws its error. Another reference
	 * means another person's submission.
	 */
	async once(
		submission: Submission,
		reference: string | undefined,
		submit: () => Promise<SubmittedTask>,
	): Promise<SubmittedTask> {
		const key = JSON.stringify([...this.place, hashOf(submission), reference ?? null]);
		const before = remembered.get(key);
		if (before !== undefined && Date.now() - before.begunAt < MEMORY_MS) {
			const task = await before.task.catch((error: unknown) => {
				if (!isCanceled(error)) throw error;
				if (mayBeAccepted(error)) throw messages.outcomeUnknown('in an earlier call');
			});
			// The execution of that call was stopped before it sent anything.
			return task ?? (await this.once(submission, reference, submit));
		}
		const made: Remembered = { task: submit(), begunAt: Date.now() };
		remembered.set(key, made);
		return await made.task.catch((error: unknown) => {
			if (!mayBeAccepted(error) && remembered.get(key) === made) remembered.delete(key);
			throw error;
		});
	}
}

/** Returns the memory of an AI tool whose service creates permanent records; undefined for any other node, which submits each time. */
export const toolMemoryOf = (context: IExecuteFunctions, leavesRecord: boolean): ToolMemory | undefined =>
	leavesRecord && isTool(context) ? new ToolMemory(context) : undefined;
