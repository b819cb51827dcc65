import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { errorTexts } from '../errors/n8nErrors';
import { DECISIONS, type Decision, type DecisionResult, type Service } from '../service';
import type { AwaitedTask } from '../task/poll';
import { asRecord, isRecord, withoutUndefined } from '../util/values';

/** Output of a Submit operation; the echoed text fields come with it. */
export interface SubmitOutput {
	taskId: string;
	/** Proves to Get Task Result what was submitted, to which service, by which account, and when. */
	receipt: string;
	/** When Progeny accepted it, ISO 8601. */
	submittedAt: string;
	/** The option Reference, if it is set. */
	reference?: string;
}

/** The times of a result. */
export interface Timing {
	/** When Progeny accepted it, ISO 8601; absent for a bare task ID. */
	submittedAt?: string;
	/** When the result arrived, ISO 8601; absent if it did not. */
	completedAt?: string;
	/** From `submittedAt`, or the start of Get Task Result, to the result, in ms. */
	elapsedMs: number;
	/** The number of polls. */
	polls: number;
}

/** A task and its submission. Of a bare task ID nothing else is known. */
export interface TaskOrigin {
	taskId: string;
	/** The submitted text fields to echo in the output. */
	echoed: Readonly<Record<string, string>>;
	submittedAt?: string;
	receipt?: string | undefined;
	reference?: string | undefined;
}

/** The output fields of a result besides the decision and its details. */
export interface ResultOrigin {
	taskId: string;
	/** After a timeout: fetches the result later. */
	receipt?: string;
	reference?: string;
	timing: Timing;
}

/** Returns the output of a Submit operation. */
export function submitOutput({ taskId, receipt, echoed, submittedAt, reference }: TaskOrigin): object {
	return withoutUndefined({ taskId, receipt, ...echoed, submittedAt, reference });
}

/** Adds a service's affirmative field, which is true exactly for a pass, to a decision. */
export const withAffirmative = <Decided extends DecisionResult>(
	{ affirmative }: Pick<Service, 'affirmative'>,
	decided: Decided,
): Decided & Record<string, unknown> => ({ [affirmative]: decided.decision === 'pass', ...decided });

/**
 * Returns the output of a decided task: affirmative field, decision, reasons, echoed fields, then the rest. Reads the clock: call it
 * as soon as the task ends.
 */
export function resultOutput(
	service: Pick<Service, 'affirmative'>,
	decided: DecisionResult,
	{ taskId, echoed, submittedAt, receipt, reference }: TaskOrigin,
	ended: AwaitedTask,
): DecisionResult & ResultOrigin {
	const now = new Date();
	const waitedMs = submittedAt === undefined ? ended.elapsedMs : now.getTime() - Date.parse(submittedAt);
	const [decision, details] = splitAfter(withAffirmative(service, decided), 'reasons');
	return withoutUndefined({
		...decision,
		...echoed,
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
	}) as unknown as DecisionResult & ResultOrigin;
}

/** Maximum size of a tool's answer in bytes of JSON: it must not fill a model's context. */
const MAX_TOOL_ANSWER = 1_000;
/** Keys outside that limit: proof, data that the user asked for, and the user's own ID. */
const NOT_COUNTED: readonly string[] = ['receipt', 'providerData', 'input', 'reference'];
const MAX_REASONS = 10;

/** Cuts to a tool's answer, made in this order until it is short enough. The decision is never cut. */
const CUTS: ReadonlyArray<(key: string, value: unknown) => unknown> = [
	(key, value) => (key === 'backgroundCheck' ? onlyFields(value, (entry) => !Array.isArray(entry)) : value),
	(key, value) => (key === 'issues' ? undefined : value),
	(key, value) => (key === 'document' ? onlyFields(value, isShort) : value),
	(key, value) => (key === 'reasons' && Array.isArray(value) ? value.slice(0, MAX_REASONS) : value),
	(key, value) => (key === 'timing' ? value : onlyFields(value, isShort)),
	(key, value) => (key === 'reasons' && Array.isArray(value) ? value.slice(0, MAX_REASONS / 2) : value),
	(key, value) => (key === 'timing' ? value : onlyFields(value, (_, field) => VERDICTS.includes(field))),
];
/** The fields of a check, a document or a background check that say how it ended. */
const VERDICTS: readonly string[] = ['result', 'isValid', 'isExpired', 'potentialMatch'];

/** Shortens a result for a model to less than 1 kB, not counting receipt, provider data, input and Reference. */
export function shortForModel(result: object): object {
	let shown = result;
	for (const cut of CUTS) {
		const counted = Object.entries(shown).filter(([key]) => !NOT_COUNTED.includes(key));
		if (Buffer.byteLength(JSON.stringify(Object.fromEntries(counted))) < MAX_TOOL_ANSWER) break;
		const entries = Object.entries(shown).map(([key, value]): [string, unknown] => [
			key,
			NOT_COUNTED.includes(key) ? value : cut(key, value),
		]);
		shown = withoutUndefined(Object.fromEntries(entries));
	}
	return shown;
}

const isShort = (entry: unknown): boolean => entry === null || ['boolean', 'number'].includes(typeof entry);

/** Returns an object's first fields that are kept; any other value unchanged. */
const onlyFields = (value: unknown, isKept: (entry: unknown, key: string) => boolean): unknown =>
	isRecord(value)
		? Object.fromEntries(
				Object.entries(value)
					.filter(([key, entry]) => key.length <= MAX_SHOWN_KEY_LENGTH && isKept(entry, key))
					.slice(0, MAX_FIELDS),
			)
		: value;

const MAX_SHOWN_KEY_LENGTH = 20;
const MAX_FIELDS = 8;

/**
 * Returns the output item, paired with its input. The result is alone at the top level: with Include Input the incoming fields go
 * under `input`, so that none can replace a field of the result. Files stay under their names. `isCombined`: files are in
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
	// A node may pass on an item without json.
	const { _files, ...fields } = asRecord(input.json);
	const json = isCombined
		? { ...result, _files: filesOnly(_files), input: fields }
		: { ...result, input: input.json ?? {} };
	return withoutUndefined({ json, binary: input.binary, pairedItem });
}

/**
 * Returns the item for a failed one under "continue". It must have these two keys only, or n8n treats it as a success
 * (n8n-core 1.122, handleNodeErrorOutput).
 */
export function errorItem(thrown: unknown, itemIndex: number): INodeExecutionData {
	return { json: errorTexts(thrown), pairedItem: pairedByNumber(itemIndex) };
}

/** Pairs an error item. It must be a number: n8n merges the incoming fields into an error item paired by an object (2.0 to 2.41). */
const pairedByNumber = (itemIndex: number): number => itemIndex;

/** A processed item; `decision` is absent for Submit and for errors. */
export interface ProcessedItem {
	item: INodeExecutionData;
	decision?: Decision;
	/** True for an error item. */
	failed?: boolean;
}

/** Returns the items by named output, worst decision first, in input order. Undecided items go to the first. */
export function routed(processed: readonly ProcessedItem[]): INodeExecutionData[][] {
	return DECISIONS.map((output) =>
		processed.filter(({ decision = 'fail' }) => decision === output).map(({ item }) => item),
	);
}

/** Returns the file objects of n8n's `_files` without anything else that the incoming item put there. */
function filesOnly(files: unknown): IDataObject {
	const entries = Object.entries(isRecord(files) ? files : {});
	return Object.fromEntries(
		entries.filter(([, file]) => isRecord(file) && typeof file.mimeType === 'string'),
	) as IDataObject;
}

/** Splits an object's fields after `last`. */
function splitAfter(value: object, last: string): [object, object] {
	const entries = Object.entries(value);
	const end = entries.findIndex(([key]) => key === last) + 1;
	return [Object.fromEntries(entries.slice(0, end)), Object.fromEntries(entries.slice(end))];
}
