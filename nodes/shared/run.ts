import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ProgenyError, type Hidden } from './errors/error';
import { messages } from './errors/messages';
import { nodeError } from './errors/n8nErrors';
import { causeHints, causesOf, timesOf } from './item/decisionHints';
import {
	errorItem,
	resultItem,
	resultOutput,
	routed,
	shortForModel,
	submitOutput,
	type ProcessedItem,
	type TaskOrigin,
} from './item/output';
import {
	continuesOnFail,
	hiddenOf,
	isTool,
	readConcurrency,
	readItemValues,
	readParameters,
	readRequestedTask,
	readRouting,
	type ItemParameters,
} from './item/parameters';
import { readSubmission } from './item/readSubmission';
import { doubtsAbout, createReceipts, type Receipts } from './item/receipts';
import { createSubmittedTasks, type SubmittedTasks } from './item/submittedTasks';
import { createToolMemory, type SubmitOnce } from './item/toolMemory';
import { recordTrace } from './item/trace';
import { RECENT_MS } from './limits';
import { isCombinedMode } from './photo/combinedMode';
import { photoHints } from './photo/hints';
import type { ImageFacts } from './photo/imageFacts';
import { contentHash } from './photo/photo';
import { openSession, type Session } from './progeny/session';
import { openTransport, type Send } from './progeny/transport';
import { saysNothingOfAnybody } from './result/contradictions';
import { fitToShow } from './result/fitToShow';
import type { DecisionResult, ItemValues, Service, ServiceCall } from './service';
import { isTooOld } from './task/receipt';
import { awaitTask, submitTask, type SubmittedTask } from './task/task';
import { historyOf, TaskHistory } from './task/taskHistory';
import { UploadGate, type Turn } from './task/uploadGate';
import { mapItems, type ItemSignals } from './util/mapItems';
import { withTimeout } from './util/pause';

/** What the items of one node run share. */
interface Run<Finding extends DecisionResult> {
	readonly context: IExecuteFunctions;
	readonly service: Service<Finding>;
	readonly operation: string;
	/** Aborts when the execution is stopped. */
	readonly cancel: AbortSignal;
	readonly session: Session;
	readonly send: Send;
	readonly gate: UploadGate;
	readonly receipts: Receipts;
	readonly submitted: SubmittedTasks;
	/** What an AI agent submitted by this node before. */
	readonly submitOnce: SubmitOnce;
	/** The photos that were sent, for hints. */
	readonly photos: ImageFacts[];
	/** A hash of each photo, where the service leaves a record of it. */
	readonly recorded: string[];
	/** What in the settings led to decisions, in words, for hints. */
	readonly causes: Set<string>;
	/** How long tasks took that were submitted before this run: counted from its start, so of no use to other runs. */
	readonly resumed: TaskHistory;
}

/** What one item asks for. */
interface Item<Finding extends DecisionResult> {
	readonly index: number;
	readonly values: ItemValues;
	readonly parameters: ItemParameters;
	readonly call: ServiceCall<Finding>;
	readonly signals: ItemSignals;
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
	const outputs = runItems(context, service);
	if (!continuesOnFail(context)) return await outputs;
	// n8n would pass the items on unchecked, with whatever they say of themselves.
	return await outputs.catch((thrown: unknown) => [items.map((_, i) => errorItem(thrown, i))]);
}

async function runItems<Finding extends DecisionResult>(
	context: IExecuteFunctions,
	service: Service<Finding>,
): Promise<INodeExecutionData[][]> {
	const run = openRun(context, service);
	const { length } = context.getInputData();
	const processOne = (index: number, signals: ItemSignals) => processItem(run, index, signals);
	const processed = await mapItems(length, readConcurrency(context), run.cancel, processOne);
	// n8n would retry after an error, or pass the items on unchecked. It ends a stopped execution by itself.
	if (run.cancel.aborted) return [];
	if (!processed.some(({ failed }) => failed)) run.submitted.clear();
	context.addExecutionHints?.(...photoHints(run.photos, run.recorded), ...causeHints(run.causes));
	recordTrace(context, processed);
	return readRouting(context, run.operation) ? routed(processed) : [processed.map(({ item }) => item)];
}

function openRun<Finding extends DecisionResult>(
	context: IExecuteFunctions,
	service: Service<Finding>,
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
		gate: new UploadGate(),
		receipts: createReceipts(session),
		submitted: createSubmittedTasks(context, service.permanentRecordWarning !== undefined),
		submitOnce: createToolMemory(context, service.permanentRecordWarning !== undefined),
		photos: [],
		recorded: [],
		causes: new Set(),
		resumed: new TaskHistory(),
	};
}

/** One item: its parameters, its task, the finding, the output. */
async function processItem<Finding extends DecisionResult>(
	run: Run<Finding>,
	index: number,
	signals: ItemSignals,
): Promise<ProcessedItem> {
	const { context, service } = run;
	let hidden: Hidden = { scores: false, words: false };
	try {
		const values = readItemValues(context, index);
		const parameters = readParameters(values, service);
		const call = service.call(values);
		hidden = hiddenOf(parameters, call);
		const item: Item<Finding> = { index, values, parameters, call, signals };
		const toItem = (result: object) =>
			resultItem(isTool(context) ? shortForModel(result) : result, context.getInputData()[index]!, index, {
				includeInput: parameters.includeInput,
				isCombined: isCombinedMode(context),
			});
		if (run.operation === 'submit') return { item: toItem(submitOutput(await submit(run, item))) };
		const { finding, output } = await check(run, item);
		return { item: toItem(output), decision: finding.decision };
	} catch (thrown) {
		run.submitted.release(thrown);
		const error =
			thrown instanceof ProgenyError ? thrown.forUser(service.permanentRecordWarning, hidden) : thrown;
		const isGivenUp = signals.halt.aborted && thrown instanceof ProgenyError && thrown.code === 'CANCELED';
		if (!continuesOnFail(context) && !isGivenUp && !run.cancel.aborted)
			throw nodeError(context.getNode(), error, index);
		return { item: errorItem(error, index), failed: true };
	}
}

/** Submits an item's photos and texts, unless this execution did so before: then the task is not new. */
async function submit(
	run: Run<DecisionResult>,
	item: Item<DecisionResult>,
): Promise<TaskOrigin & { isNew: boolean }> {
	const { task, isNew } = await run.gate.inTurn(item.signals.halt, (turn) => upload(run, item, turn));
	return { ...(await run.receipts.sign(task, item.call, item.parameters.reference)), isNew };
}

/** Reads an item's photos and uploads them. They are free again when it ends. */
async function upload(
	{ context, service, send, submitted, submitOnce, photos, recorded, cancel }: Run<DecisionResult>,
	{ index, parameters, call, signals: { halt } }: Item<DecisionResult>,
	turn: Turn,
): Promise<{ task: SubmittedTask; isNew: boolean }> {
	const extendData = service.hasProviderData ? String(parameters.includeProviderData) : undefined;
	const reading = readSubmission(context, index, call, extendData);
	const read = await withTimeout(reading, parameters.timeoutMs, halt);
	if (read === 'aborted') throw messages.canceled();
	if (read === 'late') throw messages.photoTooLate(parameters.timeoutMs / 1000);
	const submission = { ...read.value, leavesRecord: service.permanentRecordWarning !== undefined };
	const files = Object.values(submission.files);
	photos.push(...files.map(({ facts }) => facts));
	if (submission.leavesRecord) recorded.push(...files.map(contentHash));
	let isNew = false;
	const task = await submitOnce(submission, parameters.reference, () =>
		submitted.once(index, submission, (note) => {
			isNew = true;
			return submitTask(send, submission, turn, { cancel, halt }, note);
		}),
	);
	return { task, isNew };
}

/** Submits an item, or takes the task that Get Task Result is asked for, and waits for its finding. */
async function check<Finding extends DecisionResult>(
	run: Run<Finding>,
	item: Item<Finding>,
): Promise<{ finding: Finding; output: object }> {
	const { context, service, send, gate, session } = run;
	const { values, parameters, call, signals } = item;
	const isSubmitting = run.operation !== 'getResult';
	const origin = isSubmitting
		? await submit(run, item)
		: await run.receipts.verify(readRequestedTask(values), call, parameters.reference);
	const isNew = 'isNew' in origin && origin.isNew;
	const history = isNew ? historyOf(session.fingerprint(), call.path, performance.now()) : run.resumed;
	const { taskId, submittedAt } = origin;
	const isRecent =
		run.submitted.isOwn(taskId) ||
		(submittedAt !== undefined && !isTooOld(submittedAt, RECENT_MS, Date.now()));
	const isInBatch = context.getInputData().length > 1;
	const wait = {
		timeoutMs: parameters.timeoutMs,
		isInBatch,
		history,
		gate,
		isRecent,
		unwrappedField: service.unwrappedField,
		saysNothing: saysNothingOfAnybody,
	};
	try {
		const ended = await awaitTask(send, origin.taskId, wait, signals.item);
		const isStale = ended.kind === 'timedOut' && run.submitted.mayRepeat(ended.error);
		if (ended.kind === 'timedOut' && (isStale || !parameters.reviewOnTimeout)) throw ended.error;
		const now = timesOf(Date.now(), ended.kind === 'finished' ? ended.date : undefined);
		// What this run submitted, it dated by the same clock.
		const ages = isSubmitting ? now.slice(0, 1) : now;
		const doubts = [...new Set(ages.flatMap((time) => doubtsAbout(origin, parameters.maxAgeMs, time)))];
		const judged = { ...parameters, doubts, now, taskId: origin.taskId };
		const finding =
			ended.kind === 'timedOut' ? service.timedOut() : fitToShow(call.judge(ended.task, judged), parameters);
		for (const cause of causesOf(finding, judged, () => values.timeZone())) run.causes.add(cause);
		return { finding, output: resultOutput(finding, origin, ended) };
	} catch (thrown) {
		if (isSubmitting && run.submitted.mayRepeat(thrown)) {
			run.submitted.release(thrown);
			return await check(run, item);
		}
		throw thrown instanceof ProgenyError ? thrown.withReceipt(origin.receipt) : thrown;
	}
}
