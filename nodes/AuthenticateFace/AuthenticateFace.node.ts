import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { Fault } from '../shared/faults';
import type { ImageFacts } from '../shared/image';
import { mapItems } from '../shared/items';
import { openMemory } from '../shared/memory';
import { nodeError } from '../shared/nodeError';
import { readPhoto } from '../shared/photo';
import type { LearnedTask } from '../shared/taskTimes';
import { awaitTask, submitTask } from '../shared/task';
import { CREDENTIAL, openTransport } from '../shared/transport';
import { photoHints } from './hints';
import {
	faultItem,
	resultItem,
	routed,
	verdictOutput,
	type AuthenticateFaceOutput,
	type RoutedItem,
	type SubmitOutput,
} from './output';
import { properties } from './properties';
import { faceSubmission } from './service';
import {
	readConcurrency,
	readFaceRequest,
	readRouting,
	readSettings,
	readTaskId,
	type ItemSettings,
} from './settings';
import { timedOutVerdict, verdict } from './verdict';

/** Shown in the editor before the node runs: one output, or three with Route by Decision. */
const OUTPUTS = `={{ $parameter.routeByDecision && $parameter.operation !== "submit"
	? [{ type: "main", displayName: "Pass" }, { type: "main", displayName: "Review" }, { type: "main", displayName: "Fail" }]
	: [{ type: "main" }] }}`;

/** Is this photo a live person, and the person registered under this UUID? One item in, one verdict out. */
export class AuthenticateFace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Authenticate Face',
		name: 'authenticateFace',
		icon: { light: 'file:authenticateFace.svg', dark: 'file:authenticateFace.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ authenticate: "Authenticate", getResult: "Get Result", submit: "Submit" })[$parameter["operation"]] }}',
		description:
			'Check with Progeny whether a photo shows a live person, and the person registered under a UUID',
		defaults: { name: 'Authenticate Face' },
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS as INodeTypeDescription['outputs'],
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		if (items.length === 0) return [[]];
		const operation = this.getNodeParameter('operation', 0) as string;
		const cancel = this.getExecutionCancelSignal() ?? new AbortController().signal;
		const send = openTransport(this, cancel);
		const memory = openMemory(this);
		const photos: ImageFacts[] = [];
		const learned: LearnedTask[] = [];
		let failed = false;

		const submit = async (i: number, settings: ItemSettings): Promise<SubmitOutput> => {
			const { uuid, photo: field } = readFaceRequest(this, i);
			const photo = await readPhoto(this, i, field);
			photos.push(photo.facts);
			const submission = faceSubmission(photo, uuid, settings.includeProviderData);
			const task = await memory.once(i, submission, () => submitTask(send, submission, cancel));
			return { taskId: task.taskId, uuid, submittedAt: task.submittedAt };
		};

		const check = async (
			i: number,
			settings: ItemSettings,
			signal: AbortSignal,
		): Promise<AuthenticateFaceOutput> => {
			const task = operation === 'getResult' ? { taskId: readTaskId(this, i) } : await submit(i, settings);
			const ended = await awaitTask(send, task.taskId, settings.timeoutMs, learned, signal);
			if (ended.kind === 'finished') return verdictOutput(verdict(ended.task, settings), task, ended);
			if (settings.reviewOnTimeout) return verdictOutput(timedOutVerdict(), task, ended);
			throw ended.fault;
		};

		const work = async (i: number, signal: AbortSignal): Promise<RoutedItem> => {
			let settings: ItemSettings | undefined;
			try {
				settings = readSettings(this, i);
				const result = operation === 'submit' ? await submit(i, settings) : await check(i, settings, signal);
				const decision = 'decision' in result ? result.decision : 'fail';
				return { item: resultItem(result, items[i]!, i, settings.includeInput), decision };
			} catch (thrown) {
				failed = true;
				memory.release(thrown);
				const shown = settings?.hideScores && thrown instanceof Fault ? thrown.hidingScores() : thrown;
				if (!this.continueOnFail() && !cancel.aborted) throw nodeError(this.getNode(), shown, i);
				return { item: faultItem(shown, i), decision: 'fail' };
			}
		};

		const done = await mapItems(items.length, readConcurrency(this), cancel, work);
		// An error would make n8n try again, or pass the items on unchecked; it ends a stopped execution by itself.
		if (cancel.aborted) return [];
		if (!failed) memory.clear();
		this.addExecutionHints?.(...photoHints(photos));
		return routed(done, readRouting(this, operation));
	}
}
