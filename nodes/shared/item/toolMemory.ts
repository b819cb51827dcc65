import type { IExecuteFunctions } from 'n8n-workflow';
import { ProgenyError } from '../errors/error';
import { CREDENTIAL } from '../progeny/credential';
import { hashOf, type Submission } from '../task/submission';
import type { SubmittedTask } from '../task/task';
import { LruMap } from '../util/lru';
import { isTool } from './parameters';

/** Submits, unless the same photo was submitted before: then returns its task, or throws its error. */
export type SubmitOnce = (
	submission: Submission,
	reference: string | undefined,
	submit: () => Promise<SubmittedTask>,
) => Promise<SubmittedTask>;

interface Remembered {
	task: Promise<SubmittedTask>;
	/** In ms since 1970. */
	begunAt: number;
}

/** For how long an outcome is remembered, in ms. */
const MEMORY_MS = 3_600_000;

/** Submissions of this process's AI tools that created a permanent record. */
const memory = new LruMap<Remembered>(1_000);

/**
 * Returns the memory of a node that is an AI agent's tool. If a model calls again with the same photo, in any execution and with any
 * other options, it receives the same task or the same unknown outcome. Another reference means another person's submission. Only for
 * services that create a permanent record; any other node submits each time.
 */
export function createToolMemory(context: IExecuteFunctions, leavesRecord: boolean): SubmitOnce {
	if (!leavesRecord || !isTool(context)) return (_submission, _reference, submit) => submit();
	const { id: nodeId, credentials } = context.getNode();
	const place = [credentials?.[CREDENTIAL]?.id ?? null, context.getWorkflow().id ?? null, nodeId];
	return (submission, reference, submit) => {
		const key = JSON.stringify([...place, hashOf({ ...submission, fields: {} }), reference ?? null]);
		const before = memory.get(key);
		if (before !== undefined && Date.now() - before.begunAt < MEMORY_MS) return before.task;
		const made: Remembered = { task: submit(), begunAt: Date.now() };
		memory.set(key, made);
		made.task.catch((error: unknown) => {
			const mayBeAccepted = error instanceof ProgenyError && error.mayBeAccepted;
			if (!mayBeAccepted && memory.get(key) === made) memory.delete(key);
		});
		return made.task;
	};
}
