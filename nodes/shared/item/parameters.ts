import type { IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { isTaskId, PROBE_TASK_ID } from '../progeny/endpoints';
import type { JudgeParameters } from '../service';
import { isReceipt } from '../task/receipt';
import { quoteName } from '../util/quote';
import { trimmed } from '../util/trimmed';
import { asRecord, clamped, finiteNumber } from '../util/values';

/** What one item asks for. */
export interface ItemParameters extends Omit<JudgeParameters, 'doubts'> {
	/** How long to wait for the result, in ms. */
	timeoutMs: number;
	reviewOnTimeout: boolean;
	includeInput: boolean;
	/** How old a submission may be when it is decided on, in ms; NaN, which no age meets, where the option is not a number. */
	maxAgeMs: number;
	/** The user's own ID of the session, order or application; undefined where the option is not set. */
	reference: string | undefined;
}

/** What Get Task Result is asked to fetch. */
export type RequestedTask = { receipt: string } | { taskId: string };

/**
 * How many items to process at a time, 1 to 50, as the first item says. An expression that fails counts as the default: it
 * fails that item when its parameters are read, whereas n8n would pass all items on unchecked if it failed the whole node.
 */
export function readConcurrency(context: IExecuteFunctions): number {
	const bounds = { min: 1, max: 50, fallback: 5 };
	try {
		return Math.floor(clamped(readOptions(context, 0).concurrency, bounds));
	} catch {
		return bounds.fallback;
	}
}

/**
 * The item's options; `minimums` names those that hold a minimum score. Numbers out of range are brought into it; a minimum is
 * kept as it came, to be judged with the score. Throws INVALID_RECEIPT for a Reference that is set but empty.
 */
export function readParameters(
	context: IExecuteFunctions,
	itemIndex: number,
	minimums: readonly string[],
): ItemParameters {
	const options = readOptions(context, itemIndex);
	const rawOptions = asRecord(context.getNode().parameters.options);
	// An expression that gave nothing must not turn an option off.
	const isSet = (name: string) => name in options || name in rawOptions;
	const minimum = (name: string) => (isSet(name) ? [[name, options[name] ?? null]] : []);
	return {
		timeoutMs: 1000 * clamped(options.timeout, { min: 1, max: 3600, fallback: 120 }),
		reviewOnTimeout: options.onTimeout === 'review',
		includeInput: isOn(options.includeInput),
		includeProviderData: isOn(options.extendData),
		hideScores: isOn(options.hideScores),
		minimums: Object.fromEntries(minimums.flatMap(minimum)),
		maxAgeMs: isSet('maxAge') ? 60_000 * (finiteNumber(options.maxAge) ?? NaN) : 3_600_000,
		reference: isSet('reference') ? checkedReference(options.reference) : undefined,
	};
}

/** An empty reference would bind a receipt to nothing: two sessions without an ID would share it. */
function checkedReference(value: unknown): string {
	const reference = trimmed(value);
	if (reference === '') throw messages.emptyReference();
	return reference;
}

/**
 * Whether to use the named outputs. It reads the raw option, as the `outputs` expression of the node does, so that both
 * always agree. Not as an AI tool, whose agent would see the first output alone.
 */
export function readRouting(context: IExecuteFunctions, operation: string): boolean {
	const rawOptions = asRecord(context.getNode().parameters.options);
	return operation !== 'submit' && !isTool(context) && rawOptions.routeByDecision === true;
}

/**
 * Whether an item that cannot be processed becomes an item that says why. For an AI tool always: n8n tells an agent nothing of
 * a tool's error (agent 2.2 gets an empty answer), and a model that is told nothing may make a verdict up.
 */
export const continuesOnFail = (context: IExecuteFunctions): boolean =>
	context.continueOnFail() || isTool(context);

/** Whether the node runs as the variant for AI agents that n8n makes of it. */
export const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/**
 * The receipt or task ID to fetch. What starts as a receipt is never taken for a task ID. Throws INVALID_RECEIPT where it is
 * empty, TASK_NOT_FOUND where it can be neither.
 */
export function readRequestedTask(context: IExecuteFunctions, itemIndex: number): RequestedTask {
	const text = trimmed(context.getNodeParameter('receipt', itemIndex, ''));
	if (text === '') throw messages.noReceipt();
	if (isReceipt(text)) return { receipt: text };
	if (!isTaskId(text) || text === PROBE_TASK_ID) throw messages.badTaskId(quoteName(text));
	return { taskId: text };
}

/** An expression may give a text where the editor gives a boolean. */
const isOn = (value: unknown) => value === true || value === 'true';

function readOptions(context: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	return asRecord(context.getNodeParameter('options', itemIndex, {}));
}
