import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemValues } from '../service';
import { asRecord } from '../util/values';

/** The parameters and options of one item. Throws what n8n throws where an expression of the options fails. */
export function openValues(context: IExecuteFunctions, itemIndex: number): ItemValues {
	const options = asRecord(context.getNodeParameter('options', itemIndex, {}));
	const rawOptions = asRecord(context.getNode().parameters.options);
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
