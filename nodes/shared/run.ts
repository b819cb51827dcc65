import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ProgenyError } from './errors/error';
import { nodeError } from './errors/n8nErrors';
import {
	errorItem,
	resultItem,
	resultOutput,
	routed,
	type ProcessedItem,
	type TaskOrigin,
} from './item/output';
import {
	continuesOnFail,
	readConcurrency,
	readParameters,
	readRouting,
	readTaskId,
	type ItemParameters,
} from './item/parameters';
import { readSubmission } from './item/readSubmission';
import { openSubmittedTasks, type SubmittedTasks } from './item/submittedTasks';
import { photoHints } from './photo/hints';
import type { ImageFacts } from './photo/imageFacts';
import { openTransport, type Send } from './progeny/transport';
import type { Service } from './service';
import { awaitTask, submitTask } from './task/task';
import type { CompletionInterval } from './task/taskTimes';
import { mapItems } from './util/mapItems';

/** What the items of one node run share. */
interface Run<Finding extends object> {
	readonly context: IExecuteFunctions;
	readonly service: Service<Finding>;
	readonly operation: string;
	/** Aborts when the execution is stopped. */
	readonly cancel: AbortSignal;
	readonly send: Send;
	readonly submitted: SubmittedTasks;
	/** The photos that were sent, for hints. */
	readonly photos: ImageFacts[];
	/** How long tasks of this run took; undefined for a single item. */
	readonly completions: CompletionInterval[] | undefined;
}

/**
 * Runs a node of a Progeny service over its input: one item in, one item out, paired and in order. An item that cannot be
 * processed throws a NodeOperationError or NodeApiError, or becomes an error item under "continue". A stopped execution
 * returns nothing.
 */
export async function runService<Finding extends object>(
	context: IExecuteFunctions,
	service: Service<Finding>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const run = openRun(context, service, items.length);
	const processed = await mapItems(items.length, readConcurrency(context), run.cancel, (i, signal) =>
		processItem(run, i, signal),
	);
	// n8n would retry after an error, or pass the items on unchecked. It ends a stopped execution by itself.
	if (run.cancel.aborted) return [];
	if (!processed.some(({ failed }) => failed)) run.submitted.clear();
	context.addExecutionHints?.(...photoHints(run.photos));
	return readRouting(context, run.operation, service.routing.parameter)
		? routed(processed, service.routing)
		: [processed.map(({ item }) => item)];
}

function openRun<Finding extends object>(
	context: IExecuteFunctions,
	service: Service<Finding>,
	itemCount: number,
): Run<Finding> {
	const cancel = context.getExecutionCancelSignal() ?? new AbortController().signal;
	return {
		context,
		service,
		operation: context.getNodeParameter('operation', 0) as string,
		cancel,
		send: openTransport(context, cancel),
		submitted: openSubmittedTasks(context),
		photos: [],
		completions: itemCount === 1 ? undefined : [],
	};
}

/** One item: its parameters, its photo, the task, the finding, the output. */
async function processItem<Finding extends object>(
	run: Run<Finding>,
	i: number,
	signal: AbortSignal,
): Promise<ProcessedItem<Finding>> {
	const { context, service } = run;
	let hideScores = false;
	try {
		const parameters = readParameters(context, i, service.minimums);
		({ hideScores } = parameters);
		const toItem = (result: object) =>
			resultItem(result, context.getInputData()[i]!, i, parameters.includeInput);
		if (run.operation === 'submit') return { item: toItem(await submit(run, i, parameters)) };
		const finding = await check(run, i, parameters, signal);
		return { item: toItem(finding), finding };
	} catch (thrown) {
		if (service.recordWarning === undefined) run.submitted.release(thrown);
		const error = thrown instanceof ProgenyError ? forUser(thrown, service, hideScores) : thrown;
		if (!continuesOnFail(context) && !run.cancel.aborted) throw nodeError(context.getNode(), error, i);
		return { item: errorItem(error, i), failed: true };
	}
}

/** Submits an item's photo, unless this execution did so before. */
async function submit(
	{ context, service, send, submitted, photos, cancel }: Run<object>,
	i: number,
	parameters: ItemParameters,
): Promise<TaskOrigin> {
	const { submission, fields } = await readSubmission(context, i, service, parameters.includeProviderData);
	photos.push(...Object.values(submission.files).map(({ facts }) => facts));
	const { taskId, submittedAt } = await submitted.once(i, submission, () =>
		submitTask(send, submission, cancel),
	);
	return { taskId, ...fields, submittedAt };
}

/** Submits the photo, or takes the task that Get Result names, and waits for its finding. */
async function check<Finding extends object>(
	run: Run<Finding>,
	i: number,
	parameters: ItemParameters,
	signal: AbortSignal,
): Promise<Finding> {
	const { context, service, operation, send, completions } = run;
	const origin =
		operation === 'getResult' ? { taskId: readTaskId(context, i) } : await submit(run, i, parameters);
	const ended = await awaitTask(send, origin.taskId, parameters.timeoutMs, completions, signal);
	if (ended.kind === 'finished') return resultOutput(service.judge(ended.task, parameters), origin, ended);
	if (parameters.reviewOnTimeout) return resultOutput(service.timedOut(), origin, ended);
	throw ended.error;
}

/** The error as the user reads it: a record that may exist is named, and scores are hidden where asked for. */
function forUser(
	error: ProgenyError,
	{ recordWarning }: Pick<Service<object>, 'recordWarning'>,
	hideScores: boolean,
): ProgenyError {
	const warned = recordWarning !== undefined && error.isUncertain ? error.adding(recordWarning) : error;
	return hideScores ? warned.hidingScores() : warned;
}
