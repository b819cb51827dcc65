import type { IExecuteFunctions } from 'n8n-workflow';
import type { Hidden } from '../errors/error';
import { givenText } from '../errors/givenText';
import { messages } from '../errors/messages';
import { isTaskId, PROBE_TASK_ID } from '../progeny/endpoints';
import type { ItemValues, JudgeParameters, Service, ServiceCall } from '../service';
import { isReceipt } from '../task/receipt';
import { quoteName } from '../util/quote';
import { asRecord, clamped, finiteNumber, isPlainObject, isUuid } from '../util/values';

/**
 * Returns the parameters and options of one item. Throws n8n's error if an expression of the options fails, and INVALID_OPTIONS if
 * a single expression for all of them did not return a plain object: it must not turn them all off.
 */
export function readItemValues(context: IExecuteFunctions, itemIndex: number): ItemValues {
	const given: unknown = context.getNodeParameter('options', itemIndex, {});
	const raw = context.getNode().parameters.options;
	if (typeof raw === 'string' && !isPlainObject(given)) throw messages.unusableOptions();
	const options = asRecord(given);
	const rawOptions = asRecord(raw);
	return {
		parameter: (name) => context.getNodeParameter(name, itemIndex, ''),
		// An expression that returned nothing must not turn an option off.
		option: (name) => options[name] ?? (name in options || name in rawOptions ? null : undefined),
		timeZone: () => context.getTimezone(),
	};
}

/** True if a safeguard is on: anything but `false` turns it on, so a broken expression cannot disable it. An unset option is off. */
export const isSafeguardOn = (value: unknown): boolean =>
	value !== undefined && value !== false && value !== 'false';

/** True if a switch is on. An expression may return a text instead of the editor's boolean. */
const isOn = (value: unknown): boolean => value === true || value === 'true';

/** The options of one item. */
export interface ItemParameters extends Omit<JudgeParameters, 'reviewReasons' | 'now' | 'taskId' | 'uuid'> {
	/** The maximum wait for the result, in ms. */
	timeoutMs: number;
	reviewOnTimeout: boolean;
	includeInput: boolean;
	/** Maximum time from submission to decision in ms; NaN, which no age meets, if the option is not a number. */
	maxAgeMs: number;
	/** The user's session, order or application ID; undefined if the option is not set. */
	reference: string | undefined;
}

/**
 * Returns what an item's errors must not show. Server text may repeat a personal text in any spelling (without accents, with another
 * order of day and month), so errors of a service that sends one show none.
 */
export function hiddenOf(
	{ hideScores, hidePersonalData }: ItemParameters,
	{ fields = {}, echoedFields = [] }: ServiceCall,
): Hidden {
	const isPersonal = Object.keys(fields).some((name) => !echoedFields.includes(name));
	return { scores: hideScores, words: hidePersonalData || isPersonal };
}

/** The task to fetch with Get Task Result. */
export type RequestedTask = { receipt: string } | { taskId: string };

/**
 * Returns how many items to process at a time, 1 to 200, by the first item's option. If its expression fails, returns the default:
 * reading that item's parameters fails it later. If the whole node failed, n8n could pass all items on unchecked.
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
 * Returns the item's options for a service. Numbers are clamped to their range; minimums are kept unchanged, to be judged with the
 * scores. Throws INVALID_RECEIPT for a Reference that would bind a receipt to nothing.
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
		hideScores: isSafeguardOn(option('hideScores')),
		hidePersonalData: isSafeguardOn(option('hidePersonalData')),
		minimums: Object.fromEntries(
			minimums.map((name) => [name, option(name)]).filter(([, value]) => value !== undefined),
		) as Record<string, unknown>,
		maxAgeMs: maxAge === undefined ? 3_600_000 : 60_000 * (finiteNumber(maxAge) ?? NaN),
		reference: reference === undefined ? undefined : checkedReference(reference),
	};
}

/** Texts for a missing value, anywhere in a reference or as a word: they would let two sessions share one receipt. */
const NO_VALUE =
	/undefined|\[object |Invalid Date|(?<![\p{L}\p{M}\p{N}])(?:null|NaN|nan|None)(?![\p{L}\p{M}\p{N}])/u;

/** Returns the Reference. An empty reference would let two sessions share one receipt. Throws INVALID_RECEIPT. */
function checkedReference(value: unknown): string {
	const reference = givenText(value, { label: 'Reference', code: 'INVALID_RECEIPT', maxLength: 1_000 });
	if (reference === '') throw messages.emptyReference();
	if (NO_VALUE.test(reference)) throw messages.unboundReference('what an expression returns for no value');
	// JSON.parse rounds larger integers, so two IDs may become one.
	const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
	if (isRounded || /\de\+/i.test(reference))
		throw messages.unboundReference('a number that lost its last digits');
	return reference;
}

/**
 * True if the named outputs are used. Reads the raw option, as the node's `outputs` expression does: both must always agree. False
 * for an AI tool, whose agent sees the first output only.
 */
export function readRouting(context: IExecuteFunctions, operation: string): boolean {
	const rawOptions = asRecord(context.getNode().parameters.options);
	return operation !== 'submit' && !isTool(context) && rawOptions.routeByDecision === true;
}

/**
 * True if an item that cannot be processed becomes an error item. Always true for an AI tool: n8n hides a tool's error from the
 * agent (agent 2.2 receives an empty answer), and the model may then invent a decision.
 */
export const continuesOnFail = (context: IExecuteFunctions): boolean =>
	context.continueOnFail() || isTool(context);

/** True if the node runs as an AI agent's tool. */
export const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/**
 * Returns the receipt or task ID to fetch. A text that starts like a receipt is never a task ID. Throws INVALID_RECEIPT if it is
 * empty, too long or an expression as plain text, TASK_NOT_FOUND if it is neither.
 */
export function readRequestedTask({ parameter }: ItemValues): RequestedTask {
	const text = givenText(parameter('receipt'), {
		label: 'Receipt or Task ID',
		code: 'INVALID_RECEIPT',
		maxLength: 2_100,
	});
	if (text === '') throw messages.noReceipt();
	if (isReceipt(text)) return { receipt: text };
	if (!isTaskId(text) || text === PROBE_TASK_ID) throw messages.badTaskId(quoteName(text));
	return { taskId: text };
}

/** In characters. */
const MAX_UUID_LENGTH = 100;

/**
 * Returns the UUID of a registered person, trimmed and in lower case: the one spelling to send, bind to a receipt and output. Throws
 * INVALID_UUID.
 */
export function checkedUuid(value: unknown): string {
	const uuid = givenText(value, { label: 'UUID', code: 'INVALID_UUID', maxLength: MAX_UUID_LENGTH });
	if (isUuid(uuid)) return uuid.toLowerCase();
	// Not its JSON: a caller may nest lists without end.
	const isObject = typeof value === 'object' && value !== null;
	const shown = isObject ? (Array.isArray(value) ? 'a list' : 'an object') : uuid || (value ?? '');
	throw messages.invalidUuid(quoteName(String(shown)));
}
