import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { faultTexts } from '../shared/nodeError';
import type { AwaitedTask } from '../shared/task';
import type { Decision, Verdict } from './verdict';

/** The task behind a verdict. */
export interface TaskOrigin {
	taskId: string;
	/** The person's UUID; absent with Get Result, which is not told. */
	uuid?: string;
	/** When Progeny took the photo, ISO 8601; absent with Get Result. */
	submittedAt?: string;
}

/** Where and when a verdict came from: what goes out beside it. */
export interface Timing extends TaskOrigin {
	/** When the verdict arrived, ISO 8601; absent where none did. */
	completedAt?: string;
	/** From `submittedAt`, or the start of Get Result, to the verdict, in ms. */
	elapsedMs: number;
	/** How many times Progeny was asked about the task. */
	polls: number;
}

/** The `json` of an item that was checked. */
export type AuthenticateFaceOutput = Verdict & Timing;

/** The verdict with its origin and timing. It ended now, if at all. */
export function verdictOutput(
	verdict: Verdict,
	origin: TaskOrigin,
	ended: AwaitedTask,
): AuthenticateFaceOutput {
	const { taskId, uuid, submittedAt } = origin;
	const now = new Date();
	const waitedMs = submittedAt === undefined ? ended.elapsedMs : now.getTime() - Date.parse(submittedAt);
	return {
		...verdict,
		...(uuid === undefined ? {} : { uuid }),
		taskId,
		...(submittedAt === undefined ? {} : { submittedAt }),
		...(ended.kind === 'finished' ? { completedAt: now.toISOString() } : {}),
		elapsedMs: Math.max(0, Math.round(waitedMs)),
		polls: ended.polls,
	};
}

/** The `json` of an item that was only submitted. */
export interface SubmitOutput {
	taskId: string;
	uuid: string;
	submittedAt: string;
}

/** An item that was worked on, and where Route by Decision sends it. */
export interface RoutedItem {
	item: INodeExecutionData;
	decision: Decision;
}

/** The output item: the result alone, or beside the fields and files of the input item. Paired with it. */
export function resultItem(
	result: AuthenticateFaceOutput | SubmitOutput,
	input: INodeExecutionData,
	itemIndex: number,
	includeInput: boolean,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	const json = { ...result } as unknown as IDataObject;
	if (!includeInput) return { json, pairedItem };
	return {
		json: { ...withoutErrorKey(input.json), progeny: json },
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem,
	};
}

/**
 * The item that stands for a failed one under "continue": these two keys and no other, or n8n would take it for a success
 * (n8n-core 1.122, handleNodeErrorOutput).
 */
export function faultItem(thrown: unknown, itemIndex: number): INodeExecutionData {
	return { json: faultTexts(thrown), pairedItem: { item: itemIndex } };
}

/** n8n takes any item with a top-level `error` for a failed one, and runs the node again or sends the item elsewhere. */
function withoutErrorKey({ error, ...json }: IDataObject): IDataObject {
	return error === undefined ? json : { ...json, inputError: error };
}

/** One output in the items' order, or three: Pass, Review, Fail. */
export function routed(items: RoutedItem[], byDecision: boolean): INodeExecutionData[][] {
	if (!byDecision) return [items.map(({ item }) => item)];
	const outputs: Decision[] = ['pass', 'review', 'fail'];
	return outputs.map((output) => items.filter(({ decision }) => decision === output).map(({ item }) => item));
}
