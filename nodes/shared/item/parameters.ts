import type { IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { isTaskId } from '../progeny/endpoints';
import { quote, shortened } from '../util/quote';
import { asRecord, clamped } from '../util/values';
import type { JudgeParameters } from '../service';

/** What one item asks for. */
export interface ItemParameters extends JudgeParameters {
	/** How long to wait for the result, in ms. */
	timeoutMs: number;
	reviewOnTimeout: boolean;
	includeInput: boolean;
}

/**
 * How many faces to work on at a time, 1 to 50, as the first item says. An expression that fails counts as the default: it
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
 * kept as it came, to be judged with the score.
 */
export function readParameters(
	context: IExecuteFunctions,
	itemIndex: number,
	minimums: readonly string[],
): ItemParameters {
	const options = readOptions(context, itemIndex);
	const set = asRecord(context.getNode().parameters.options);
	// An expression that gave nothing must not turn a minimum off: it becomes null, which no score reaches.
	const minimum = (name: string) => (name in options || name in set ? [[name, options[name] ?? null]] : []);
	return {
		timeoutMs: 1000 * clamped(options.timeout, { min: 1, max: 3600, fallback: 120 }),
		reviewOnTimeout: options.onTimeout === 'review',
		includeInput: isOn(options.includeInput),
		includeProviderData: isOn(options.extendData),
		hideScores: isOn(options.hideScores),
		minimums: Object.fromEntries(minimums.flatMap(minimum)),
	};
}

/** Whether to use the named outputs. Not as an AI tool, whose agent would see the first output alone. */
export function readRouting(context: IExecuteFunctions, operation: string, parameter: string): boolean {
	return operation !== 'submit' && !isTool(context) && context.getNodeParameter(parameter, 0, false) === true;
}

/**
 * Whether an item that cannot be processed becomes an item that says why. For an AI tool always: n8n tells an agent nothing of
 * a tool's error (agent 2.2 gets an empty answer), and a model that is told nothing may make a verdict up.
 */
export const continuesOnFail = (context: IExecuteFunctions): boolean =>
	context.continueOnFail() || isTool(context);

/** Whether the node runs as the variant for AI agents that n8n makes of it. */
const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/** The task ID to fetch. Throws TASK_NOT_FOUND where it is empty or cannot be one. */
export function readTaskId(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('taskId', itemIndex, '');
	const taskId = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (taskId === '') throw messages.noTaskId();
	if (!isTaskId(taskId)) throw messages.badTaskId(shortened(quote(taskId), 60));
	return taskId;
}

/** An expression may give a text where the editor gives a boolean. */
const isOn = (value: unknown) => value === true || value === 'true';

function readOptions(context: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	return asRecord(context.getNodeParameter('options', itemIndex, {}));
}
