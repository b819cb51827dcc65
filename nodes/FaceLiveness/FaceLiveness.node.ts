import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runService } from '../shared/run';
import { outputsExpression } from '../shared/service';
import { CREDENTIAL } from '../shared/progeny/credential';
import { properties } from './properties';
import { faceLiveness } from './service';

/** Does this photo show a live person? One item in, one verdict out. */
export class FaceLiveness implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Face Liveness',
		name: 'faceLiveness',
		icon: { light: 'file:faceLiveness.svg', dark: 'file:faceLiveness.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ check: "Check", getResult: "Get Result", submit: "Submit" })[$parameter["operation"]] }}',
		description:
			'Check with Progeny whether a photo shows a live person, not a picture of one; it does not tell who it is',
		defaults: { name: 'Face Liveness' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(faceLiveness.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, faceLiveness);
	}
}
