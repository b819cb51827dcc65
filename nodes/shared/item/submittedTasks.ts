import type { IExecuteFunctions } from 'n8n-workflow';
import { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { CREDENTIAL } from '../progeny/credential';
import { hashOf, type Submission } from '../task/submission';
import type { Note, SubmittedTask } from '../task/task';
import { asRecord, isRecord } from '../util/values';

/**
 * The submissions of this execution. n8n's Retry On Fail runs the whole node again; these tasks are then resumed instead of
 * submitted, and paid for, again.
 */
export interface SubmittedTasks {
	/** Calls `submit`, unless this item was submitted before. Throws a ProgenyError, OUTCOME_UNKNOWN if an earlier try did. */
	once(
		itemIndex: number,
		submission: Submission,
		submit: (note: Note) => Promise<SubmittedTask>,
	): Promise<SubmittedTask>;
	/** Whether this very execution submitted the task. */
	isOwn(taskId: string): boolean;
	/** True if this is a Retry and Progeny no longer knows the earlier execution's task. */
	mayRepeat(thrown: unknown): boolean;
	/** Allows the next try to submit again if the task failed or may be repeated. */
	release(thrown: unknown): void;
	/** Clears the memory after a run without errors. */
	clear(): void;
}

/** A submission of an execution. `task` is absent if Progeny may have accepted it without an answer. */
interface Submitted {
	executionId: string;
	task?: SubmittedTask;
}

const SLOT = 'progenyTasks';

/**
 * Returns the submissions of this run of the node. They are in n8n's node context, which survives the tries of one execution and
 * n8n's Retry of a failed one, and is stored with it: task IDs and hashes, no image data. A later run of the node (in a loop)
 * starts empty. `leavesRecord`: a submission creates a permanent record with Progeny and is never repeated.
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

	/** A user who presses Retry accepts that an upload with an unknown outcome is sent again. */
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

/** Returns the node context; an empty object if n8n has none (some AI tools). */
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
