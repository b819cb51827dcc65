import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ProgenyError } from './errors/error';
import { nodeError } from './errors/n8nErrors';
import {
	errorItem,
	resultItem,
	resultOutput,
	routed,
	submitOutput,
	type ProcessedItem,
	type TaskOrigin,
} from './item/output';
import {
	continuesOnFail,
	readConcurrency,
	readParameters,
	readRouting,
	type ItemParameters,
} from './item/parameters';
import { readSubmission } from './item/readSubmission';
import { openReceipts, type Receipts } from './item/receipts';
import { openSubmittedTasks, type SubmittedTasks } from './item/submittedTasks';
import { isCombinedMode } from './photo/combinedMode';
import { photoHints } from './photo/hints';
import type { ImageFacts } from './photo/imageFacts';
import { contentHash } from './photo/photo';
import { openSession, type Session } from './progeny/session';
import { openTransport, type Send } from './progeny/transport';
import type { DecisionResult, Service } from './service';
import { awaitTask, submitTask, type AwaitedTask } from './task/task';
import { isTooOld } from './task/receipt';
import { historyOf, TaskHistory } from './task/taskHistory';
import { mapItems, type ItemSignals } from './util/mapItems';

/** What the items of one node run share. */
interface Run<Finding extends DecisionResult> {
	readonly context: IExecuteFunctions;
	readonly service: Service<Finding>;
	readonly operation: string;
	/** Aborts when the execution is stopped. */
	readonly cancel: AbortSignal;
	readonly session: Session;
	readonly send: Send;
	readonly receipts: Receipts;
	readonly submitted: SubmittedTasks;
	/** The photos that were sent, for hints. */
	readonly photos: ImageFacts[];
	/** A hash of each photo, where the service leaves a record of it. */
	readonly recorded: string[];
	readonly isInBatch: boolean;
	/** How long tasks took that were submitted before this run: counted from its start, so of no use to other runs. */
	readonly resumed: TaskHistory;
}

/**
 * Runs a node of a Progeny service over its input: one item in, one item out, paired and in order. An item that cannot be
 * processed throws a NodeOperationError or NodeApiError, or becomes an error item under "continue"; so do all items where
 * something else throws. A stopped execution returns nothing.
 */
export async function runService<Finding extends DecisionResult>(
	context: IExecuteFunctions,
	service: Service<Finding>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const outputs = runItems(context, service, items.length);
	if (!continuesOnFail(context)) return await outputs;
	// n8n would pass the items on unchecked, with whatever they say of themselves.
	return await outputs.catch((thrown: unknown) => [items.map((_, i) => errorItem(thrown, i))]);
}

async function runItems<Finding extends DecisionResult>(
	context: IExecuteFunctions,
	service: Service<Finding>,
	itemCount: number,
): Promise<INodeExecutionData[][]> {
	const run = openRun(context, service, itemCount);
	const processed = await mapItems(itemCount, readConcurrency(context), run.cancel, (i, signals) =>
		processItem(run, i, signals),
	);
	// n8n would retry after an error, or pass the items on unchecked. It ends a stopped execution by itself.
	if (run.cancel.aborted) return [];
	if (!processed.some(({ failed }) => failed)) run.submitted.clear();
	context.addExecutionHints?.(...photoHints(run.photos, run.recorded));
	return readRouting(context, run.operation) ? routed(processed) : [processed.map(({ item }) => item)];
}

function openRun<Finding extends DecisionResult>(
	context: IExecuteFunctions,
	service: Service<Finding>,
	itemCount: number,
): Run<Finding> {
	const cancel = context.getExecutionCancelSignal() ?? new AbortController().signal;
	const session = openSession(context, cancel);
	return {
		context,
		service,
		operation: context.getNodeParameter('operation', 0) as string,
		cancel,
		session,
		send: openTransport(context, session),
		receipts: openReceipts(session, service.path),
		submitted: openSubmittedTasks(context, service.recordWarning !== undefined),
		photos: [],
		recorded: [],
		isInBatch: itemCount > 1,
		resumed: new TaskHistory(),
	};
}

/** One item: its parameters, its task, the finding, the output. */
async function processItem<Finding extends DecisionResult>(
	run: Run<Finding>,
	i: number,
	signals: ItemSignals,
): Promise<ProcessedItem> {
	const { context, service } = run;
	let hideScores = false;
	try {
		const parameters = readParameters(context, i, service.minimums);
		({ hideScores } = parameters);
		const toItem = (result: object) =>
			resultItem(result, context.getInputData()[i]!, i, {
				includeInput: parameters.includeInput,
				isCombined: isCombinedMode(context),
			});
		if (run.operation === 'submit') {
			return { item: toItem(submitOutput(await submit(run, i, parameters, signals))) };
		}
		const { finding, output } = await check(run, i, parameters, signals);
		return { item: toItem(output), decision: finding.decision };
	} catch (thrown) {
		run.submitted.release(thrown);
		const error = thrown instanceof ProgenyError ? thrown.forUser(service.recordWarning, hideScores) : thrown;
		const isGivenUp = signals.halt.aborted && thrown instanceof ProgenyError && thrown.code === 'CANCELED';
		if (!continuesOnFail(context) && !isGivenUp && !run.cancel.aborted)
			throw nodeError(context.getNode(), error, i);
		return { item: errorItem(error, i), failed: true };
	}
}

/** Submits an item's photo, unless this execution did so before: then the task is not new. */
async function submit(
	{ context, service, send, receipts, submitted, photos, recorded, cancel }: Run<DecisionResult>,
	i: number,
	{ includeProviderData, reference }: ItemParameters,
	{ halt }: ItemSignals,
): Promise<TaskOrigin & { isNew: boolean }> {
	const { submission, fields } = await readSubmission(context, i, service, includeProviderData);
	const files = Object.values(submission.files);
	photos.push(...files.map(({ facts }) => facts));
	if (service.recordWarning !== undefined) recorded.push(...files.map(contentHash));
	let isNew = false;
	const task = await submitted.once(i, submission, () => {
		isNew = true;
		return submitTask(send, submission, cancel, halt);
	});
	const receipt = await receipts.sign(task, fields, reference);
	return { ...task, fields, receipt, isNew, ...(reference === undefined ? {} : { reference }) };
}

/** Submits the photo, or takes the task that Get Task Result is asked for, and waits for its finding. */
async function check<Finding extends DecisionResult>(
	run: Run<Finding>,
	i: number,
	parameters: ItemParameters,
	signals: ItemSignals,
): Promise<{ finding: Finding; output: object }> {
	const isSubmitting = run.operation !== 'getResult';
	const origin = isSubmitting
		? await submit(run, i, parameters, signals)
		: await run.receipts.requested(run.context, i, run.service, parameters.reference);
	const { send, session, service } = run;
	const isNew = 'isNew' in origin && origin.isNew;
	const history = isNew ? historyOf(session.fingerprint(), service.path, performance.now()) : run.resumed;
	const wait = { timeoutMs: parameters.timeoutMs, isInBatch: run.isInBatch, history };
	try {
		const ended = await awaitTask(send, origin.taskId, wait, signals.item);
		const isStale = ended.kind === 'timedOut' && run.submitted.mayRepeat(ended.error);
		if (ended.kind === 'timedOut' && (isStale || !parameters.reviewOnTimeout)) throw ended.error;
		const finding = judge(run.service, ended, origin, parameters);
		return { finding, output: resultOutput(finding, origin, ended) };
	} catch (thrown) {
		if (isSubmitting && run.submitted.mayRepeat(thrown)) {
			run.submitted.release(thrown);
			return await check(run, i, parameters, signals);
		}
		throw thrown instanceof ProgenyError ? thrown.withReceipt(origin.receipt) : thrown;
	}
}

/** The finding on an awaited task. Without proof of what was asked, or too late, it is never a pass. */
function judge<Finding extends DecisionResult>(
	service: Service<Finding>,
	ended: AwaitedTask,
	{ submittedAt }: TaskOrigin,
	parameters: ItemParameters,
): Finding {
	if (ended.kind === 'timedOut') return service.timedOut();
	// Only this execution's own submission or a valid receipt tells when a task was submitted.
	const doubts =
		submittedAt === undefined
			? ['NO_RECEIPT']
			: isTooOld(submittedAt, parameters.maxAgeMs, Date.now())
				? ['TOO_OLD']
				: [];
	return service.judge(ended.task, { ...parameters, doubts });
}
