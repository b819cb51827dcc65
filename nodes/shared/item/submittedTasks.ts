import type { IExecuteFunctions } from 'n8n-workflow';
import { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { CREDENTIAL } from '../progeny/credential';
import { hashOf, type Submission } from '../task/submission';
import type { Note, SubmittedTask } from '../task/task';
import { asRecord, isRecord } from '../util/values';

/**
 * What was submitted in this execution. n8n's Retry On Fail runs the whole node again; what is kept here is resumed instead
 * of being sent, and paid for, a second time.
 */
export interface SubmittedTasks {
	/** Submits by `submit`, unless this item's submission was made before. Throws a ProgenyError, OUTCOME_UNKNOWN if an earlier one did. */
	once(
		itemIndex: number,
		submission: Submission,
		submit: (note: Note) => Promise<SubmittedTask>,
	): Promise<SubmittedTask>;
	/** Whether this very execution submitted the task. */
	isOwn(taskId: string): boolean;
	/**
	 * Whether a submission whose task ended with this error may be made again at once: in n8n's Retry of an execution, for a task
	 * of an earlier execution that Progeny no longer knows.
	 */
	mayRepeat(thrown: unknown): boolean;
	/** Lets a submission be made again whose task failed, or that may be repeated. */
	release(thrown: unknown): void;
	/** Forgets all, since nothing of this run will be tried again. */
	clear(): void;
}

/** A submission, by the execution that made it: its task, or none where Progeny may have accepted it without an answer. */
interface Submitted {
	executionId: string;
	task?: SubmittedTask;
}

const SLOT = 'progenyTasks';

/**
 * The submissions of this run of the node. They are kept in n8n's node context, which survives the tries of one execution and
 * n8n's Retry of a failed one, and is stored with it: task IDs and hashes, no image data. A later run of the node (in a loop)
 * starts with none. `leavesRecord` tells that a submission leaves a record with Progeny, and is never repeated.
 */
export function createSubmittedTasks(context: IExecuteFunctions, leavesRecord: boolean): SubmittedTasks {
	const { slots, runIndex } = placeOf(context);
	const account = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const executionId = String(context.getExecutionId?.() ?? '');
	const isRetry = context.getMode?.() === 'retry' && !leavesRecord;
	const kept = asRecord(slots[SLOT]);
	/** By item, account and hash of what was sent. */
	const known = kept.runIndex === runIndex ? asRecord(kept.tasks) : {};
	slots[SLOT] = { runIndex, tasks: known };

	/** A person's Retry decides that what an earlier execution left open is sent again. */
	const isOpenToRetry = (submitted: Submitted) => isRetry && submitted.executionId !== executionId;

	const once: SubmittedTasks['once'] = async (itemIndex, submission, submit) => {
		const key = [itemIndex, account, hashOf(submission)].join(':');
		const before = known[key];
		if (isSubmitted(before)) {
			if (before.task !== undefined) return before.task;
			if (!isOpenToRetry(before)) throw messages.outcomeUnknown('in an earlier try');
		}
		const note: Note = (state) => {
			if (state === 'mayBeAccepted') known[key] = { executionId };
			else delete known[key];
		};
		const task = await submit(note).catch((error: unknown) => {
			if (error instanceof ProgenyError && error.mayBeAccepted) note('mayBeAccepted');
			throw error;
		});
		known[key] = { executionId, task };
		return task;
	};
	const keysOf = (taskId: string): string[] =>
		Object.entries(known).flatMap(([key, submitted]) =>
			isSubmitted(submitted) && submitted.task?.taskId === taskId ? [key] : [],
		);
	const mayRepeat = (thrown: unknown): thrown is ProgenyError & { taskId: string } =>
		isAbout(thrown, 'TASK_NOT_FOUND') &&
		keysOf(thrown.taskId).some((key) => isOpenToRetry(known[key] as Submitted));

	const isOwn = (taskId: string) =>
		keysOf(taskId).some((key) => (known[key] as Submitted).executionId === executionId);

	return {
		isOwn,
		once,
		mayRepeat,
		release(thrown) {
			const isOver = mayRepeat(thrown) || (!leavesRecord && isAbout(thrown, 'TASK_FAILED') && thrown.isOver);
			if (isOver) for (const key of keysOf(thrown.taskId)) delete known[key];
		},
		clear() {
			delete slots[SLOT];
		},
	};
}

/** Where to keep it. Where n8n has no such place, as for some AI tools, it lasts for this try only. */
function placeOf(context: IExecuteFunctions): { slots: Record<string, unknown>; runIndex: number } {
	try {
		return { slots: context.getContext('node'), runIndex: Number(context.getWorkflowDataProxy(0).$runIndex) };
	} catch {
		return { slots: {}, runIndex: 0 };
	}
}

const isAbout = (thrown: unknown, code: ProgenyError['code']): thrown is ProgenyError & { taskId: string } =>
	thrown instanceof ProgenyError && thrown.code === code && thrown.taskId !== undefined;

function isSubmitted(value: unknown): value is Submitted {
	if (!isRecord(value) || typeof value.executionId !== 'string') return false;
	const { task } = value;
	return (
		task === undefined ||
		(isRecord(task) && typeof task.taskId === 'string' && typeof task.submittedAt === 'string')
	);
}
