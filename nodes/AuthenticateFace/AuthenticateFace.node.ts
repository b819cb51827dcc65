import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { ImageFacts } from '../shared/image';
import { mapItems } from '../shared/items';
import { nodeError } from '../shared/nodeError';
import { readPhoto } from '../shared/photo';
import { awaitTask, submitTask, type SubmittedTask } from '../shared/task';
import { CREDENTIAL, openTransport } from '../shared/transport';
import { photoHints } from './hints';
import { faultItem, resultItem, routed, type AuthenticateFaceOutput, type RoutedItem } from './output';
import { properties } from './properties';
import { submission } from './service';
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
		const send = openTransport(this);
		const photos: ImageFacts[] = [];
		const learnedMs: number[] = [];

		const submit = async (i: number, settings: ItemSettings): Promise<SubmittedTask & { uuid: string }> => {
			const { uuid, photo: field } = readFaceRequest(this, i);
			const photo = await readPhoto(this, i, field);
			photos.push(photo.facts);
			return {
				...(await submitTask(send, submission(photo, uuid, settings.includeProviderData), cancel)),
				uuid,
			};
		};

		const check = async (
			i: number,
			settings: ItemSettings,
			signal: AbortSignal,
		): Promise<AuthenticateFaceOutput> => {
			const submitted =
				operation === 'getResult' ? { taskId: readTaskId(this, i) } : await submit(i, settings);
			const ended = await awaitTask(send, submitted.taskId, settings.timeoutMs, learnedMs, signal);
			const timing = { ...submitted, elapsedMs: Math.round(ended.elapsedMs), polls: ended.polls };
			if (ended.kind === 'finished')
				return { ...verdict(ended.task, settings), ...timing, completedAt: new Date().toISOString() };
			if (!settings.reviewOnTimeout) throw ended.fault;
			return { ...timedOutVerdict(), ...timing };
		};

		const work = async (i: number, signal: AbortSignal): Promise<RoutedItem> => {
			try {
				const settings = readSettings(this, i);
				const result = operation === 'submit' ? await submit(i, settings) : await check(i, settings, signal);
				const decision = 'decision' in result ? result.decision : 'fail';
				return { item: resultItem(result, items[i]!, i, settings.includeInput), decision };
			} catch (thrown) {
				if (!this.continueOnFail() || cancel.aborted) throw nodeError(this.getNode(), thrown, i);
				return { item: faultItem(thrown, i), decision: 'fail' };
			}
		};

		const done = await mapItems(items.length, readConcurrency(this), cancel, work);
		this.addExecutionHints(...photoHints(photos));
		return routed(done, readRouting(this, operation));
	}
}
