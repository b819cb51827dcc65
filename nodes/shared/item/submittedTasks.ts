import type { IExecuteFunctions } from 'n8n-workflow';
import { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { hashOf, type Submission } from '../task/submission';
import type { SubmittedTask } from '../task/task';
import { CREDENTIAL } from '../progeny/credential';
import { asRecord, isRecord } from '../util/values';

/**
 * What was submitted in this execution. n8n's Retry On Fail runs the whole node again; what stands here is resumed instead
 * of being sent, and paid for, a second time.
 */
export interface SubmittedTasks {
	/** Submits by `submit`, unless this item's submission was made before. Throws a ProgenyError, OUTCOME_UNKNOWN if an earlier one did. */
	once(
		itemIndex: number,
		submission: Submission,
		submit: () => Promise<SubmittedTask>,
	): Promise<SubmittedTask>;
	/** Lets a submission whose task failed be made again. */
	release(thrown: unknown): void;
	/** Forgets all, since nothing of this run will be tried again. */
	clear(): void;
}

const SLOT = 'progenyTasks';

/**
 * The memory of this run of the node. It lives in n8n's node context, which survives the tries of one execution and is
 * stored with it; it holds task IDs and hashes, no image data. A later run of the node (in a loop) starts an empty one.
 */
export function openSubmittedTasks(context: IExecuteFunctions): SubmittedTasks {
	const { slots, runIndex } = placeOf(context);
	const account = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const kept = asRecord(slots[SLOT]);
	/** By item, account and hash of what was sent: the task, or 'unknown' where Progeny may have taken it unanswered. */
	const tasks = kept.runIndex === runIndex ? asRecord(kept.tasks) : {};
	slots[SLOT] = { runIndex, tasks };

	return {
		async once(itemIndex, submission, submit) {
			const key = [itemIndex, account, hashOf(submission)].join(':');
			const known = tasks[key];
			if (known === 'unknown') throw messages.outcomeUnknown('in an earlier try');
			if (isSubmittedTask(known)) return known;
			const submitted = await submit().catch((error: unknown) => {
				if (error instanceof ProgenyError && error.mayBeAccepted) tasks[key] = 'unknown';
				throw error;
			});
			tasks[key] = submitted;
			return submitted;
		},
		release(thrown) {
			if (!(thrown instanceof ProgenyError) || thrown.code !== 'TASK_FAILED') return;
			for (const [key, task] of Object.entries(tasks)) {
				if (isSubmittedTask(task) && task.taskId === thrown.taskId) delete tasks[key];
			}
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

const isSubmittedTask = (value: unknown): value is SubmittedTask =>
	isRecord(value) && typeof value.taskId === 'string' && typeof value.submittedAt === 'string';
