import type { IExecuteFunctions } from 'n8n-workflow';
import { ProgenyError } from '../errors/error';
import { CREDENTIAL } from '../progeny/credential';
import { hashOf, type Submission } from '../task/submission';
import type { SubmittedTask } from '../task/task';
import { LruMap } from '../util/lru';
import { isTool } from './parameters';

/** Submits, unless the same photo was submitted before: then it returns that task, or throws what that submission ended with. */
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

/** What AI tools of this process submitted that leaves a record at Progeny. */
const memory = new LruMap<Remembered>(1_000);

/**
 * The memory of a node that an AI agent uses as its tool: a model that calls again, in whatever execution and with whatever other
 * options, gets the same task or the same unknown outcome for the same photo. Another reference is another person's submission.
 * Only for a service that leaves a record with Progeny; any other node submits each time.
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
