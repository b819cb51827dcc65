import {
	NodeConnectionTypes,
	sleep,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

/** The pauses (ms) between the polls of comparable nodes, which wait for a job within one item. */
export const PEER_SCHEDULES: Record<string, number> = {
	'fixed 2 s': 2_000,
};

/** A node as most are written: it logs in once, processes one item after the other, and polls at fixed intervals. */
export class PeerNode implements INodeType {
	description = {
		displayName: 'Peer',
		name: 'bench.peer',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Peer' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Schedule', name: 'schedule', type: 'string', default: '' },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		],
	} as unknown as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const pause = PEER_SCHEDULES[this.getNodeParameter('schedule', 0) as string]!;
		const baseUrl = this.getNodeParameter('baseUrl', 0) as string;
		const { access } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${baseUrl}/accounts/token/obtain/`,
			body: { username: 'u', password: 'p' },
		})) as { access: string };
		const headers = { Authorization: `Bearer ${access}` };
		const done: INodeExecutionData[] = [];
		for (const [i, { json }] of this.getInputData().entries()) {
			const photo = await this.helpers.getBinaryDataBuffer(i, 'data');
			const form = new FormData();
			form.append('image', new Blob([photo], { type: 'image/jpeg' }), 'photo.jpg');
			form.append('uuid', String(json.uuid));
			form.append('extend_data', 'false');
			const { id } = (await this.helpers.httpRequest({
				method: 'POST',
				url: `${baseUrl}/services/authenticate_face/`,
				headers,
				body: form as never,
			})) as { id: string };
			for (;;) {
				await sleep(pause);
				const task = (await this.helpers.httpRequest({
					url: `${baseUrl}/services/task/`,
					qs: { id },
					headers,
				})) as { status: string };
				if (task.status !== 'SUCCESS') continue;
				done.push({ json: task as never, pairedItem: { item: i } });
				break;
			}
		}
		return [done];
	}
}
