import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { timesOf } from './document/dates';
import { ProgenyError, type Hidden } from './errors/error';
import { messages } from './errors/messages';
import { nodeError } from './errors/n8nErrors';
import { causeHints, causesOf, photoHints } from './item/hints';
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
import { reviewReasonsOf, createReceipts, type Receipts } from './item/receipts';
import { ExecutionMemory, toolMemoryOf, type ToolMemory } from './item/submissionMemory';
import { recordTrace } from './item/trace';
import { RECENT_MS } from './limits';
import { isCombinedMode } from './photo/findFile';
import type { ImageFacts } from './photo/imageFacts';
import { contentHash } from './photo/photo';
import { CredentialSession } from './progeny/session';
import { createTransport, type Send } from './progeny/transport';
import { hasNoContent } from './result/contradictions';
import { timedOutDecision } from './result/decision';
import { fitToShow } from './result/fitToShow';
import type { DecisionResult, ItemValues, Service, ServiceCall } from './service';
import { awaitTask, type AwaitedTask } from './task/poll';
import { isTooOld } from './task/receipt';
import { submitTask, type SubmittedTask } from './task/submit';
import { historyOf, TaskHistory } from './task/taskHistory';
import { UploadGate, type Turn } from './task/uploadGate';
import { mapItems, type ItemSignals } from './util/mapItems';
import { withTimeout } from './util/pause';

/** The state shared by the items of one node run. */
interface NodeRun {
	readonly context: IExecuteFunctions;
	readonly service: Service;
	readonly operation: string;
	/** Aborts when the execution is stopped. */
	readonly cancel: AbortSignal;
	readonly session: CredentialSession;
	readonly send: Send;
	readonly gate: UploadGate;
	readonly receipts: Receipts;
	readonly memory: ExecutionMemory;
	readonly toolMemory: ToolMemory | undefined;
	/** The submitted photos, for hints. */
	readonly photos: ImageFacts[];
	/** Hashes of the photos of which the service creates a permanent record. */
	readonly recorded: string[];
	/** Settings that led to decisions, in words, for hints. */
	readonly causes: Set<string>;
	/** Timings of resumed tasks. Measured from this run's start, so not shared. */
	readonly resumed: TaskHistory;
}

/** One item with its request. */
interface Item {
	readonly index: number;
	readonly values: ItemValues;
	readonly parameters: ItemParameters;
	readonly call: ServiceCall;
	readonly signals: ItemSignals;
}

/** A task to wait for. */
type ItemTask = TaskOrigin & { isNew: boolean };

/**
 * Runs a service's node on its input: one item in, one item out, paired and in order. If an item cannot be processed, throws a
 * NodeOperationError or NodeApiError; under "continue" that item becomes an error item, and any other error makes all items error
 * items. Returns nothing for a stopped execution.
 */
export async function runService(
	context: IExecuteFunctions,
	service: Service,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const outputs = runItems(context, service);
	if (!continuesOnFail(context)) return await outputs;
	// Otherwise n8n forwards the input items as if they had been checked.
	return await outputs.catch((thrown: unknown) => [items.map((_, i) => errorItem(thrown, i))]);
}

async function runItems(context: IExecuteFunctions, service: Service): Promise<INodeExecutionData[][]> {
	const run = startRun(context, service);
	const { length } = context.getInputData();
	const processOne = (index: number, signals: ItemSignals) => processItem(run, index, signals);
	const processed = await mapItems(length, readConcurrency(context), run.cancel, processOne);
	// On Stop return nothing: an error would trigger Retry On Fail, items would pass unchecked.
	if (run.cancel.aborted) return [];
	if (!processed.some(({ failed }) => failed)) run.memory.clear();
	context.addExecutionHints?.(...photoHints(run.photos, run.recorded), ...causeHints(run.causes));
	recordTrace(context, processed);
	return readRouting(context, run.operation) ? routed(processed) : [processed.map(({ item }) => item)];
}

function startRun(context: IExecuteFunctions, service: Service): NodeRun {
	const cancel = context.getExecutionCancelSignal() ?? new AbortController().signal;
	const session = new CredentialSession(context, cancel);
	return {
		context,
		service,
		operation: context.getNodeParameter('operation', 0) as string,
		cancel,
		session,
		send: createTransport(context, session),
		gate: new UploadGate(),
		receipts: createReceipts(session),
		memory: new ExecutionMemory(context, leavesRecord(service)),
		toolMemory: toolMemoryOf(context, leavesRecord(service)),
		photos: [],
		recorded: [],
		causes: new Set(),
		resumed: new TaskHistory(),
	};
}

const leavesRecord = ({ permanentRecordWarning }: Service): boolean => permanentRecordWarning !== undefined;

/** Processes one item from its parameters to its output. */
async function processItem(run: NodeRun, index: number, signals: ItemSignals): Promise<ProcessedItem> {
	const { context, service } = run;
	let hidden: Hidden = { scores: false, words: false };
	try {
		const values = readItemValues(context, index);
		const parameters = readParameters(values, service);
		const call = service.call(values);
		hidden = hiddenOf(parameters, call);
		const item: Item = { index, values, parameters, call, signals };
		if (run.operation === 'submit')
			return { item: outputItem(run, item, submitOutput(await submit(run, item))) };
		const { task, ended } = await obtainResult(run, item);
		const decided = decideItem(run, item, task, ended);
		const result = resultOutput(service, decided, task, ended);
		return { item: outputItem(run, item, result), decision: decided.decision };
	} catch (thrown) {
		run.memory.release(thrown);
		const error =
			thrown instanceof ProgenyError ? thrown.forUser(service.permanentRecordWarning, hidden) : thrown;
		const isGivenUp = signals.halt.aborted && thrown instanceof ProgenyError && thrown.code === 'CANCELED';
		if (!continuesOnFail(context) && !isGivenUp && !run.cancel.aborted)
			throw nodeError(context.getNode(), error, index);
		return { item: errorItem(error, index), failed: true };
	}
}

/** Submits an item's photos and texts. If this execution did so before, the task is not new. */
async function submit(run: NodeRun, item: Item): Promise<ItemTask> {
	const { task, isNew } = await run.gate.inTurn(item.signals.halt, (turn) => upload(run, item, turn));
	return { ...(await run.receipts.sign(task, item.call, item.parameters.reference)), isNew };
}

/** Reads an item's photos and uploads them. Holds the photos in memory only until it returns. */
async function upload(
	{ context, service, send, memory, toolMemory, photos, recorded, cancel }: NodeRun,
	{ index, parameters, call, signals: { halt } }: Item,
	turn: Turn,
): Promise<{ task: SubmittedTask; isNew: boolean }> {
	const extendData = service.hasProviderData ? String(parameters.includeProviderData) : undefined;
	const reading = readSubmission(context, index, call, extendData);
	const read = await withTimeout(reading, parameters.timeoutMs, halt);
	if (read === 'aborted') throw messages.canceled();
	if (read === 'late') throw messages.photoTooLate(parameters.timeoutMs / 1000);
	const submission = { ...read.value, leavesRecord: leavesRecord(service) };
	const files = Object.values(submission.files);
	photos.push(...files.map(({ facts }) => facts));
	if (submission.leavesRecord) recorded.push(...files.map(contentHash));
	let isNew = false;
	const submitOnce = () =>
		memory.once(index, submission, (note) => {
			isNew = true;
			return submitTask(send, submission, turn, { cancel, halt }, note);
		});
	const task = await (toolMemory?.once(submission, parameters.reference, submitOnce) ?? submitOnce());
	return { task, isNew };
}

/**
 * Submits an item, or verifies the task that Get Task Result names, and waits for its end. In n8n's Retry, an item whose task
 * Progeny no longer knows is submitted again.
 */
async function obtainResult(run: NodeRun, item: Item): Promise<{ task: ItemTask; ended: AwaitedTask }> {
	for (;;) {
		const task = isFetching(run) ? await verify(run, item) : await submit(run, item);
		const ended = await awaitEnd(run, item, task);
		if (ended !== 'forgotten') return { task, ended };
	}
}

const isFetching = ({ operation }: NodeRun): boolean => operation === 'getResult';

async function verify({ receipts }: NodeRun, { values, call, parameters }: Item): Promise<ItemTask> {
	return { ...(await receipts.verify(readRequestedTask(values), call, parameters.reference)), isNew: false };
}

/**
 * Waits for a task. Returns a timeout only if it is to be reviewed, else throws it. Returns "forgotten" if Progeny no longer knows
 * the task and it may be submitted again. Errors carry the receipt.
 */
async function awaitEnd(
	run: NodeRun,
	{ parameters: { timeoutMs, reviewOnTimeout }, call, signals }: Item,
	{ taskId, submittedAt, receipt, isNew }: ItemTask,
): Promise<AwaitedTask | 'forgotten'> {
	const { service, send, gate, session, memory, resumed } = run;
	const isRecent =
		memory.isOwn(taskId) || (submittedAt !== undefined && !isTooOld(submittedAt, RECENT_MS, Date.now()));
	const wait = {
		timeoutMs,
		history: isNew ? historyOf(session.fingerprint(), call.path, performance.now()) : resumed,
		gate,
		isRecent,
		unwrappedField: service.unwrappedField,
		hasNoContent,
	};
	try {
		const ended = await awaitTask(send, taskId, wait, signals.item);
		if (ended.kind === 'finished') return ended;
		if (!reviewOnTimeout || memory.mayRepeat(ended.error)) throw ended.error;
		return ended;
	} catch (thrown) {
		if (!isFetching(run) && memory.mayRepeat(thrown)) {
			memory.release(thrown);
			return 'forgotten';
		}
		throw thrown instanceof ProgenyError ? thrown.withReceipt(receipt) : thrown;
	}
}

/** Decides on a task that ended, and notes the settings that led to the decision. */
function decideItem(run: NodeRun, { values, parameters, call }: Item, task: ItemTask, ended: AwaitedTask) {
	const now = timesOf(Date.now(), ended.kind === 'finished' ? ended.date : undefined);
	// A task of this run was dated by n8n's clock.
	const ageClocks = isFetching(run) ? now : now.slice(0, 1);
	const reviewReasons = [
		...new Set(ageClocks.flatMap((time) => reviewReasonsOf(task, parameters.maxAgeMs, time))),
	];
	const judging = { ...parameters, reviewReasons, now, taskId: task.taskId };
	const decided: DecisionResult =
		ended.kind === 'finished'
			? fitToShow(call.judge(ended.task, judging), parameters)
			: { ...timedOutDecision(), ...run.service.timedOutFields };
	for (const cause of causesOf(decided, judging, () => values.timeZone())) run.causes.add(cause);
	return decided;
}

/** Returns an item's output: `result`, shortened for an AI agent, with what Include Input adds. */
function outputItem(
	{ context }: NodeRun,
	{ index, parameters: { includeInput } }: Item,
	result: object,
): INodeExecutionData {
	const shown = isTool(context) ? shortForModel(result) : result;
	const input = context.getInputData()[index]!;
	return resultItem(shown, input, index, { includeInput, isCombined: isCombinedMode(context) });
}
