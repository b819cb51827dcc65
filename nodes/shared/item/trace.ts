import type { IExecuteFunctions, ITaskMetadata } from 'n8n-workflow';
import { DECISIONS } from '../service';
import { asRecord, finiteNumber, withoutUndefined } from '../util/values';
import type { ProcessedItem } from './output';

/** Maximum number of task IDs in a trace. */
const MAX_TASK_IDS = 20;

/**
 * Adds to the node's span in n8n's traces (n8n 2.x; n8n 1.x keeps it with the execution): the worst decision, the number of items,
 * all polls, the longest time in ms from submission to result, and the task IDs. The trace must not identify the person. The
 * decision is `error` if an item could not be processed, and absent if nothing was decided. Never throws.
 */
export function recordTrace(context: IExecuteFunctions, processed: readonly ProcessedItem[]): void {
	try {
		context.setMetadata({ tracing: traceOf(processed) });
	} catch {
		// A trace that n8n rejects must not lose the results.
	}
}

function traceOf(processed: readonly ProcessedItem[]): NonNullable<ITaskMetadata['tracing']> {
	const results = processed.filter(({ failed }) => failed !== true).map(({ item }) => item.json);
	const timings = results.map(({ timing }) => asRecord(timing));
	const decision = processed.some(({ failed }) => failed)
		? 'error'
		: DECISIONS.find((worst) => processed.some((one) => one.decision === worst));
	return withoutUndefined({
		'progeny.decision': decision,
		'progeny.items': processed.length,
		'progeny.polls': timings.reduce((sum, { polls }) => sum + (finiteNumber(polls) ?? 0), 0),
		'progeny.elapsed_ms': timings.reduce(
			(most, { elapsedMs }) => Math.max(most, finiteNumber(elapsedMs) ?? 0),
			0,
		),
		'progeny.task_ids': results
			.slice(0, MAX_TASK_IDS)
			.map(({ taskId }) => taskId)
			.join(' '),
	});
}
