import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { errorTexts } from '../errors/n8nErrors';
import type { Routing } from '../service';
import type { AwaitedTask } from '../task/task';

/** What goes out when a photo was only submitted, beside the texts that were sent with it. */
export interface SubmitOutput {
	taskId: string;
	/** When Progeny took the photo, ISO 8601. */
	submittedAt: string;
}

/** Where and when a result came from: what goes out beside it. */
export interface Timing extends Partial<SubmitOutput> {
	taskId: string;
	/** When the result arrived, ISO 8601; absent where none did. */
	completedAt?: string;
	/** From `submittedAt`, or the start of Get Result, to the result, in ms. */
	elapsedMs: number;
	/** How many times Progeny was asked about the task. */
	polls: number;
}

/** A task that was awaited: `submittedAt` and the texts that were sent are absent with Get Result, which is not told. */
export type TaskOrigin = Partial<SubmitOutput> & { taskId: string };

/** The finding with its origin and timing. It ended now, if at all. */
export function resultOutput<Finding extends object>(
	finding: Finding,
	origin: TaskOrigin,
	ended: AwaitedTask,
): Finding & Timing {
	const { taskId, submittedAt, ...texts } = origin;
	const now = new Date();
	const waitedMs = submittedAt === undefined ? ended.elapsedMs : now.getTime() - Date.parse(submittedAt);
	return {
		...finding,
		...texts,
		taskId,
		...(submittedAt === undefined ? {} : { submittedAt }),
		...(ended.kind === 'finished' ? { completedAt: now.toISOString() } : {}),
		elapsedMs: Math.max(0, Math.round(waitedMs)),
		polls: ended.polls,
	};
}

/** The output item: the result alone, or beside the fields and files of the input item. Paired with it. */
export function resultItem(
	result: object,
	input: INodeExecutionData,
	itemIndex: number,
	includeInput: boolean,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	const json = { ...result } as IDataObject;
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
export function errorItem(thrown: unknown, itemIndex: number): INodeExecutionData {
	return { json: errorTexts(thrown), pairedItem: { item: itemIndex } };
}

/** n8n takes any item with a top-level `error` for a failed one, and runs the node again or sends the item elsewhere. */
function withoutErrorKey({ error, ...json }: IDataObject): IDataObject {
	return error === undefined ? json : { ...json, inputError: error };
}

/** An item that was worked on, with the finding that says where it goes; none where it could not be processed. */
export interface ProcessedItem<Finding> {
	item: INodeExecutionData;
	finding?: Finding;
	/** Whether the item stands for an error. */
	failed?: boolean;
}

/** The items by the node's named outputs, each in the items' order. */
export function routed<Finding>(
	worked: ReadonlyArray<ProcessedItem<Finding>>,
	{ outputs, outputOf }: Pick<Routing<Finding>, 'outputs' | 'outputOf'>,
): INodeExecutionData[][] {
	const destination = ({ finding }: ProcessedItem<Finding>) =>
		finding === undefined ? outputs.at(-1) : outputOf(finding);
	return outputs.map((output) => worked.filter((one) => destination(one) === output).map(({ item }) => item));
}
