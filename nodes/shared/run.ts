import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Fault } from './faults';
import type { ImageFacts } from './image';
import { mapItems } from './items';
import { openMemory } from './memory';
import { nodeError } from './nodeError';
import { faultItem, resultItem, resultOutput, routed, type TaskOrigin, type WorkedItem } from './output';
import { photoHints } from './photoHints';
import { readRequest } from './request';
import type { Service } from './service';
import {
	continuesOnFail,
	readConcurrency,
	readRouting,
	readSettings,
	readTaskId,
	type ItemSettings,
} from './settings';
import { awaitTask, submitTask } from './task';
import type { LearnedTask } from './taskTimes';
import { openTransport } from './transport';

/**
 * Runs a node of a Progeny service over its input: one item in, one item out, paired and in order. What could not be processed
 * throws a NodeOperationError or NodeApiError, or becomes an item under "continue". A stopped execution gives nothing.
 */
export async function runService<Finding extends object>(
	context: IExecuteFunctions,
	service: Service<Finding>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const operation = context.getNodeParameter('operation', 0) as string;
	const cancel = context.getExecutionCancelSignal() ?? new AbortController().signal;
	const send = openTransport(context, cancel);
	const memory = openMemory(context);
	const photos: ImageFacts[] = [];
	const learned: LearnedTask[] | undefined = items.length === 1 ? undefined : [];
	let failed = false;

	const submit = async (i: number, settings: ItemSettings): Promise<TaskOrigin> => {
		const { submission, texts } = await readRequest(context, i, service, settings.includeProviderData);
		photos.push(...Object.values(submission.files).map(({ facts }) => facts));
		const { taskId, submittedAt } = await memory.once(i, submission, () =>
			submitTask(send, submission, cancel),
		);
		return { taskId, ...texts, submittedAt };
	};

	const check = async (i: number, settings: ItemSettings, signal: AbortSignal): Promise<Finding> => {
		const origin = operation === 'getResult' ? { taskId: readTaskId(context, i) } : await submit(i, settings);
		const ended = await awaitTask(send, origin.taskId, settings.timeoutMs, learned, signal);
		if (ended.kind === 'finished') return resultOutput(service.judge(ended.task, settings), origin, ended);
		if (settings.reviewOnTimeout) return resultOutput(service.timedOut(), origin, ended);
		throw ended.fault;
	};

	const work = async (i: number, signal: AbortSignal): Promise<WorkedItem<Finding>> => {
		let hideScores = false;
		try {
			const settings = readSettings(context, i, service.minimums);
			({ hideScores } = settings);
			const toItem = (result: object) => resultItem(result, items[i]!, i, settings.includeInput);
			if (operation === 'submit') return { item: toItem(await submit(i, settings)) };
			const finding = await check(i, settings, signal);
			return { item: toItem(finding), finding };
		} catch (thrown) {
			failed = true;
			if (service.mayHaveLeft === undefined) memory.release(thrown);
			const shown = thrown instanceof Fault ? worded(thrown, service, hideScores) : thrown;
			if (!continuesOnFail(context) && !cancel.aborted) throw nodeError(context.getNode(), shown, i);
			return { item: faultItem(shown, i) };
		}
	};

	const worked = await mapItems(items.length, readConcurrency(context), cancel, work);
	// An error would make n8n try again, or pass the items on unchecked; it ends a stopped execution by itself.
	if (cancel.aborted) return [];
	if (!failed) memory.clear();
	context.addExecutionHints?.(...photoHints(photos));
	const { routing } = service;
	return readRouting(context, operation, routing.parameter)
		? routed(worked, routing)
		: [worked.map(({ item }) => item)];
}

function worded(
	fault: Fault,
	{ mayHaveLeft }: Pick<Service<object>, 'mayHaveLeft'>,
	hideScores: boolean,
): Fault {
	const told = mayHaveLeft !== undefined && fault.isUncertain ? fault.adding(mayHaveLeft) : fault;
	return hideScores ? told.hidingScores() : told;
}
