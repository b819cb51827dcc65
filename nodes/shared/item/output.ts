import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { errorTexts } from '../errors/n8nErrors';
import { DECISIONS, type Decision, type DecisionResult } from '../service';
import type { AwaitedTask } from '../task/task';
import { isRecord } from '../util/values';

/** What comes out where an item was only submitted, beside the text fields that may come out. */
export interface SubmitOutput {
	taskId: string;
	/** Shows Get Task Result what was submitted, to which service, by which account, and when. */
	receipt: string;
	/** When Progeny accepted it, ISO 8601. */
	submittedAt: string;
	/** The option of that name, where it is set. */
	reference?: string;
}

/** When a result came. */
export interface Timing {
	/** When Progeny accepted it, ISO 8601; absent for a bare task ID, which does not tell. */
	submittedAt?: string;
	/** When the result arrived, ISO 8601; absent where none did. */
	completedAt?: string;
	/** From `submittedAt`, or the start of Get Task Result, to the result, in ms. */
	elapsedMs: number;
	/** How many times the task was polled. */
	polls: number;
}

/** A task that was awaited. Only the ID is known of one that was given by its bare ID. */
export interface TaskOrigin {
	taskId: string;
	/** The text fields that were sent and come out again. */
	shownFields: Readonly<Record<string, string>>;
	submittedAt?: string;
	receipt?: string;
	reference?: string;
}

/** Where a result came from: what comes out beside the finding. */
export interface ResultOrigin {
	taskId: string;
	/** With a timeout: what fetches the result later. */
	receipt?: string;
	reference?: string;
	timing: Timing;
}

/** What the operation that only submits puts out. */
export function submitOutput({ shownFields, ...origin }: TaskOrigin): object {
	const { taskId, receipt, submittedAt, reference } = origin;
	return withoutUndefined({ taskId, receipt, ...shownFields, submittedAt, reference });
}

/** The finding with its origin and timing: the decision, its reasons and whose it is come first. It ended now, if at all. */
export function resultOutput<Finding extends DecisionResult>(
	finding: Finding,
	{ taskId, shownFields, submittedAt, receipt, reference }: TaskOrigin,
	ended: AwaitedTask,
): Finding & ResultOrigin {
	const now = new Date();
	const waitedMs = submittedAt === undefined ? ended.elapsedMs : now.getTime() - Date.parse(submittedAt);
	const [verdict, details] = splitAfter(finding, 'reasons');
	return withoutUndefined({
		...verdict,
		...shownFields,
		...details,
		taskId,
		receipt: ended.kind === 'timedOut' ? receipt : undefined,
		reference,
		timing: withoutUndefined({
			submittedAt,
			completedAt: ended.kind === 'finished' ? now.toISOString() : undefined,
			elapsedMs: Math.max(0, Math.round(waitedMs)),
			polls: ended.polls,
		}),
	}) as unknown as Finding & ResultOrigin;
}

/** Of a tool's answer, in bytes of JSON, so that it does not fill a model's context. */
const LONGEST_TOOL_ANSWER = 1_000;
/** What comes beside it: proof, what the user asked to see, and the user's own ID. */
const NOT_COUNTED: readonly string[] = ['receipt', 'providerData', 'input', 'reference'];
const MOST_REASONS = 10;

/** What a tool's answer loses, one after the other, until it is short enough: never the verdict. */
const CUTS: ReadonlyArray<(key: string, value: unknown) => unknown> = [
	(key, value) => (key === 'backgroundCheck' ? onlyFields(value, (entry) => !Array.isArray(entry)) : value),
	(key, value) => (key === 'issues' ? undefined : value),
	(key, value) => (key === 'document' ? onlyFields(value, isShort) : value),
	(key, value) => (key === 'reasons' && Array.isArray(value) ? value.slice(0, MOST_REASONS) : value),
	(key, value) => (key === 'timing' ? value : onlyFields(value, isShort)),
	(key, value) => (key === 'reasons' && Array.isArray(value) ? value.slice(0, MOST_REASONS / 2) : value),
];

/** A result as a model reads it: below 1 kB beside its receipt, provider data, input and Reference. */
export function shortForModel(result: object): object {
	let shown = result;
	for (const cut of CUTS) {
		const counted = Object.entries(shown).filter(([key]) => !NOT_COUNTED.includes(key));
		if (Buffer.byteLength(JSON.stringify(Object.fromEntries(counted))) < LONGEST_TOOL_ANSWER) break;
		const entries = Object.entries(shown).map(([key, value]): [string, unknown] => [
			key,
			NOT_COUNTED.includes(key) ? value : cut(key, value),
		]);
		shown = withoutUndefined(Object.fromEntries(entries));
	}
	return shown;
}

const isShort = (entry: unknown): boolean => entry === null || ['boolean', 'number'].includes(typeof entry);

/** An object's first fields whose values are such; anything else as it is. */
const onlyFields = (value: unknown, isKept: (entry: unknown) => boolean): unknown =>
	isRecord(value)
		? Object.fromEntries(
				Object.entries(value)
					.filter(([key, entry]) => key.length <= LONGEST_KEY && isKept(entry))
					.slice(0, MOST_FIELDS),
			)
		: value;

const LONGEST_KEY = 20;
const MOST_FIELDS = 8;

/**
 * The output item, paired with its input: the result on top, alone. With Include Input the incoming fields come under `input`,
 * so that none can stand in the result's place; files stay where they are. `isCombined` tells that files stand in
 * `json._files` (n8n's binary mode "combined").
 */
export function resultItem(
	result: object,
	input: INodeExecutionData,
	itemIndex: number,
	{ includeInput, isCombined }: { includeInput: boolean; isCombined: boolean },
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	if (!includeInput) return { json: { ...result }, pairedItem };
	const { _files, ...fields } = input.json;
	const json: IDataObject = isCombined
		? { ...result, _files: filesOnly(_files), input: fields }
		: { ...result, input: input.json };
	return { json, ...(input.binary === undefined ? {} : { binary: input.binary }), pairedItem };
}

/**
 * The item that stands for a failed one under "continue": these two keys and no other, or n8n would take it for a success
 * (n8n-core 1.122, handleNodeErrorOutput). It is paired by a number: n8n merges the incoming fields into an error item whose
 * pairing is an object (measured on n8n-core 2.0, 2.20 and 2.41).
 */
export function errorItem(thrown: unknown, itemIndex: number): INodeExecutionData {
	return { json: errorTexts(thrown), pairedItem: itemIndex };
}

/** An item that was processed, with the finding that says where it goes; none where it only submitted or could not be processed. */
export interface ProcessedItem {
	item: INodeExecutionData;
	decision?: Decision;
	/** Whether the item stands for an error. */
	failed?: boolean;
}

/** The items by the node's named outputs, worst decision first, each in the items' order. What was not decided goes first. */
export function routed(processed: readonly ProcessedItem[]): INodeExecutionData[][] {
	return DECISIONS.map((output) =>
		processed.filter(({ decision = 'fail' }) => decision === output).map(({ item }) => item),
	);
}

/** The file objects of n8n's `_files`, and nothing else that an incoming item may have put there. */
function filesOnly(files: unknown): IDataObject {
	const entries = Object.entries(isRecord(files) ? files : {});
	return Object.fromEntries(
		entries.filter(([, file]) => isRecord(file) && typeof file.mimeType === 'string'),
	) as IDataObject;
}

/** An object's fields up to and with `last`, and the others. */
function splitAfter(value: object, last: string): [object, object] {
	const entries = Object.entries(value);
	const end = entries.findIndex(([key]) => key === last) + 1;
	return [Object.fromEntries(entries.slice(0, end)), Object.fromEntries(entries.slice(end))];
}

const withoutUndefined = <T extends object>(value: T): T =>
	Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
