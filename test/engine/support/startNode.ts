import { NodeConnectionTypes, type INodeExecutionData, type INodeType } from 'n8n-workflow';

/** A node that starts a workflow and passes on the items it is given, as n8n's Manual Trigger does. */
export class Start implements INodeType {
	description = {
		displayName: 'Start',
		name: 'n8n-nodes-base.manualTrigger',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	} as unknown as INodeType['description'];

	async execute(this: { getInputData(): INodeExecutionData[] }): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}
