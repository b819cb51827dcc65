import type { IExecuteFunctions } from 'n8n-workflow';
import type { Hidden } from '../errors/error';
import { givenText } from '../errors/givenText';
import { messages } from '../errors/messages';
import { isTaskId, PROBE_TASK_ID } from '../progeny/endpoints';
import type { ItemValues, JudgeParameters, Service, ServiceCall } from '../service';
import { isReceipt } from '../task/receipt';
import { quoteName } from '../util/quote';
import { asRecord, clamped, finiteNumber, isRecord } from '../util/values';

/**
 * The parameters and options of one item. Throws what n8n throws if an expression of the options fails, and INVALID_OPTIONS if one
 * expression stands for all of them and returned no object: it must not turn them all off.
 */
export function readItemValues(context: IExecuteFunctions, itemIndex: number): ItemValues {
	const given: unknown = context.getNodeParameter('options', itemIndex, {});
	const raw = context.getNode().parameters.options;
	if (typeof raw === 'string' && !isRecord(given)) throw messages.unusableOptions();
	const options = asRecord(given);
	const rawOptions = asRecord(raw);
	return {
		parameter: (name) => context.getNodeParameter(name, itemIndex, ''),
		// An expression that gave nothing must not turn an option off.
		option: (name) => options[name] ?? (name in options || name in rawOptions ? null : undefined),
		timeZone: () => context.getTimezone(),
	};
}

/** Whether a switch is on that keeps somebody safe: unless it is off, so also where its expression gave anything else or nothing. */
export const isSafeguardOn = (value: unknown): boolean =>
	value !== undefined && value !== false && value !== 'false';

/** Whether a switch is on. An expression may give a text where the editor gives a boolean. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

/** What one item asks for. */
export interface ItemParameters extends Omit<JudgeParameters, 'doubts' | 'now' | 'taskId' | 'uuid'> {
	/** How long to wait for the result, in ms. */
	timeoutMs: number;
	reviewOnTimeout: boolean;
	includeInput: boolean;
	/** How old a submission may be when it is decided on, in ms; NaN, which no age meets, where the option is not a number. */
	maxAgeMs: number;
	/** The user's own ID of the session, order or application; undefined where the option is not set. */
	reference: string | undefined;
}

/**
 * What no error of an item may show. The server's words may repeat a personal text in any spelling (without accents, with the
 * parts of a date in another order), so a service that sends one shows none of them.
 */
export function hiddenOf(
	{ hideScores, hidePersonalData }: ItemParameters,
	{ fields = {}, echoedFields = [] }: ServiceCall,
): Hidden {
	const isPersonal = Object.keys(fields).some((name) => !echoedFields.includes(name));
	return { scores: hideScores, words: hidePersonalData || isPersonal };
}

/** What Get Task Result is asked to fetch. */
export type RequestedTask = { receipt: string } | { taskId: string };

/**
 * How many items to process at a time, 1 to 200, as the first item says. An expression that fails counts as the default: it
 * fails that item when its parameters are read, whereas n8n would pass all items on unchecked if it failed the whole node.
 */
export function readConcurrency(context: IExecuteFunctions): number {
	const bounds = { min: 1, max: 200, fallback: 5 };
	try {
		return Math.floor(clamped(readItemValues(context, 0).option('concurrency'), bounds));
	} catch {
		return bounds.fallback;
	}
}

/**
 * The item's options, as the service has them. Numbers out of range are brought into it; a minimum is
 * kept as it came, to be judged with the score. Throws INVALID_RECEIPT for a Reference that is set but binds nothing.
 */
export function readParameters(
	{ option }: ItemValues,
	{ minimums = [], hasProviderData }: Pick<Service, 'minimums' | 'hasProviderData'>,
): ItemParameters {
	const maxAge = option('maxAge');
	const reference = option('reference');
	return {
		timeoutMs: 1000 * clamped(option('timeout'), { min: 1, max: 3600, fallback: 120 }),
		reviewOnTimeout: option('onTimeout') === 'review',
		includeInput: isOn(option('includeInput')),
		includeProviderData: hasProviderData && isOn(option('extendData')),
		hideScores: isOn(option('hideScores')),
		hidePersonalData: isSafeguardOn(option('hidePersonalData')),
		minimums: Object.fromEntries(
			minimums.map((name) => [name, option(name)]).filter(([, value]) => value !== undefined),
		) as Record<string, unknown>,
		maxAgeMs: maxAge === undefined ? 3_600_000 : 60_000 * (finiteNumber(maxAge) ?? NaN),
		reference: reference === undefined ? undefined : checkedReference(reference),
	};
}

/** What stands for no value, anywhere in a reference or as a word of it: two sessions would share a receipt. */
const NO_VALUE =
	/undefined|\[object |Invalid Date|(?<![\p{L}\p{M}\p{N}])(?:null|NaN|nan|None)(?![\p{L}\p{M}\p{N}])/u;

/** Reference: an ID that is this session's alone. Throws INVALID_RECEIPT for one that binds a receipt to nothing. */
function checkedReference(value: unknown): string {
	const reference = givenText(value, { label: 'Reference', code: 'INVALID_RECEIPT', longest: 1_000 });
	if (reference === '') throw messages.emptyReference();
	if (NO_VALUE.test(reference)) throw messages.unboundReference('what an expression returns for no value');
	// JSON.parse rounds what is longer, so that two IDs become one.
	const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
	if (isRounded || /\de\+/i.test(reference))
		throw messages.unboundReference('a number that lost its last digits');
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
 * The receipt or task ID to fetch. What starts as a receipt is never taken for a task ID. Throws INVALID_RECEIPT if it is empty,
 * too long or an expression as plain text, TASK_NOT_FOUND if it can be neither.
 */
export function readRequestedTask({ parameter }: ItemValues): RequestedTask {
	const text = givenText(parameter('receipt'), {
		label: 'Receipt or Task ID',
		code: 'INVALID_RECEIPT',
		longest: 2_100,
	});
	if (text === '') throw messages.noReceipt();
	if (isReceipt(text)) return { receipt: text };
	if (!isTaskId(text) || text === PROBE_TASK_ID) throw messages.badTaskId(quoteName(text));
	return { taskId: text };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, of any version: those of Progeny's documentation are version 1. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/**
 * The UUID of a registered person in lower case, the one spelling that is sent, bound to a receipt and put out, without blanks and
 * invisible characters around it. Throws INVALID_UUID.
 */
export function checkedUuid(value: unknown): string {
	if (typeof value === 'string' && value.length > LONGEST) throw messages.invalidUuid(quoteName(value));
	const uuid = givenText(value, { label: 'UUID', code: 'INVALID_UUID', longest: LONGEST });
	if (isUuid(uuid)) return uuid.toLowerCase();
	const isOther = uuid === '' && value !== undefined && value !== null && typeof value !== 'string';
	throw messages.invalidUuid(quoteName(isOther ? String(JSON.stringify(value)) : uuid));
}

/** A longer text, in characters, is only quoted. */
const LONGEST = 100;
