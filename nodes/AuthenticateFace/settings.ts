import type { IExecuteFunctions } from 'n8n-workflow';
import { faults } from '../shared/faults';
import { isTaskId } from '../shared/paths';
import { quote, shortened } from '../shared/quote';
import { checkedUuid } from '../shared/uuid';
import { asRecord, clamped } from '../shared/values';
import type { VerdictSettings } from './verdict';

/** Which photo to check against whom. */
export interface FaceRequest {
	/** The binary field's name, or a binary object. */
	photo: unknown;
	uuid: string;
}

/** What one item asks for. */
export interface ItemSettings extends VerdictSettings {
	/** How long to wait for the verdict, in ms. */
	timeoutMs: number;
	reviewOnTimeout: boolean;
	includeInput: boolean;
}

/**
 * How many faces to work on at a time, 1 to 50, as the first item says. An expression that fails counts as the default: it
 * fails that item when its settings are read, whereas n8n would pass all items on unchecked if it failed the whole node.
 */
export function readConcurrency(context: IExecuteFunctions): number {
	const bounds = { min: 1, max: 50, fallback: 5 };
	try {
		return Math.floor(clamped(readOptions(context, 0).concurrency, bounds));
	} catch {
		return bounds.fallback;
	}
}

/** The item's options. Numbers out of range are brought into it; a minimum is kept as it came, for `verdict` to judge. */
export function readSettings(context: IExecuteFunctions, itemIndex: number): ItemSettings {
	const options = readOptions(context, itemIndex);
	return {
		timeoutMs: 1000 * clamped(options.timeout, { min: 1, max: 3600, fallback: 120 }),
		reviewOnTimeout: options.onTimeout === 'review',
		includeInput: isOn(options.includeInput),
		includeProviderData: isOn(options.extendData),
		hideScores: isOn(options.hideScores),
		minMatchPercent: minimum(context, options, 'minMatchPercent'),
		minLivenessProbability: minimum(context, options, 'minLivenessProbability'),
	};
}

/** Whether to send items to Pass, Review and Fail. Not as an AI tool, whose agent would see the first output alone. */
export function readRouting(context: IExecuteFunctions, operation: string): boolean {
	const isTool = context.getNode().type.endsWith('Tool');
	return operation !== 'submit' && !isTool && context.getNodeParameter('routeByDecision', 0, false) === true;
}

/** The item's photo and UUID. Throws INVALID_UUID. */
export function readFaceRequest(context: IExecuteFunctions, itemIndex: number): FaceRequest {
	return {
		uuid: checkedUuid(context.getNodeParameter('uuid', itemIndex, '')),
		photo: context.getNodeParameter('binaryPropertyName', itemIndex, 'data'),
	};
}

/** The task ID to fetch. Throws TASK_NOT_FOUND where it is empty or cannot be one. */
export function readTaskId(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('taskId', itemIndex, '');
	const taskId = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (taskId === '') throw faults.noTaskId();
	if (!isTaskId(taskId)) throw faults.badTaskId(shortened(quote(taskId), 60));
	return taskId;
}

/** Undefined where the user set no minimum; null where the expression for it gave nothing, which must not turn it off. */
function minimum(context: IExecuteFunctions, options: Record<string, unknown>, name: string): unknown {
	const isSet = name in options || name in asRecord(context.getNode().parameters.options);
	return isSet ? (options[name] ?? null) : undefined;
}

/** An expression may give a text where the editor gives a boolean. */
const isOn = (value: unknown) => value === true || value === 'true';

function readOptions(context: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	return asRecord(context.getNodeParameter('options', itemIndex, {}));
}
