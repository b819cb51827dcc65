import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemValues } from '../service';
import { messages } from '../errors/messages';
import { asRecord, isRecord } from '../util/values';

/**
 * The parameters and options of one item. Throws what n8n throws if an expression of the options fails, and INVALID_OPTIONS if one
 * expression stands for all of them and returned no object: it must not turn them all off.
 */
export function openValues(context: IExecuteFunctions, itemIndex: number): ItemValues {
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
export const isNotOff = (value: unknown): boolean =>
	value !== undefined && value !== false && value !== 'false';

/** Whether a switch is on. An expression may give a text where the editor gives a boolean. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';
